-- name: messages
-- Every message, and whether its conversation says that it is answered or left to people.
SELECT m.id, m.conversation_id, m.direction, m.wamid, m.turn_id, m.id <= c.answered_through_id AS settled
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.tenant_id = :tenant_id
ORDER BY m.id;

-- name: turns
-- Every turn.
SELECT id, conversation_id, state, first_message_id, last_message_id, reply_message_id
FROM agent_turns
WHERE tenant_id = :tenant_id
ORDER BY id;

-- name: deliveries
-- Every delivery, under the name that the provider knows it by, and whether it ever was uncertain.
SELECT message_id, 'nexus:' || tenant_id || ':' || message_id AS name, state,
    state = 'unknown' OR COALESCE(error_code IN ('unknown', 'interrupted'), false) AS doubt
FROM message_deliveries
WHERE tenant_id = :tenant_id
ORDER BY message_id;

-- name: waiting
-- How much is still to be done: events not worked off, mailboxes with something in them, open turns, unsent messages.
SELECT (
    SELECT count(*) FROM webhook_inbox AS w
    WHERE w.tenant_id = :tenant_id AND w.processed_at IS NULL AND w.kind IN ('inbound', 'status', 'echo')
) AS events, (
    SELECT count(*) FROM conversation_mailboxes AS b
    WHERE b.tenant_id = :tenant_id AND (b.intake_pending OR b.turn_pending)
) AS mailboxes, (
    SELECT count(*) FROM agent_turns AS t
    WHERE t.tenant_id = :tenant_id AND t.state NOT IN ('done', 'handed_over', 'failed', 'superseded', 'awaiting_approval')
) AS turns, (
    SELECT count(*) FROM message_deliveries AS d
    WHERE d.tenant_id = :tenant_id AND d.state IN ('queued', 'sending')
) AS deliveries;
