-- name: list_turns
-- The turns of a conversation, newest first.
SELECT t.id, t.conversation_id, t.state, t.verdict, t.brain, t.attempts, t.error, t.input_tokens, t.output_tokens, t.cost,
    t.reply_message_id, r.status AS reply_status, v.number AS agent_version, t.started_at, t.finished_at,
    (
        SELECT count(*) FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = t.conversation_id AND m.direction = 'in'
            AND m.id BETWEEN t.first_message_id AND t.last_message_id
    ) AS messages
FROM agent_turns AS t
LEFT JOIN chat_messages AS r ON r.tenant_id = t.tenant_id AND r.id = t.reply_message_id
LEFT JOIN agent_versions AS v ON v.tenant_id = t.tenant_id AND v.id = t.agent_version_id
WHERE t.tenant_id = :tenant_id AND t.conversation_id = :conversation_id AND t.id < :before_id
ORDER BY t.id DESC
LIMIT :most;

-- name: find_turn
-- One turn.
SELECT t.id, t.conversation_id, t.state, t.verdict, t.brain, t.attempts, t.error, t.input_tokens, t.output_tokens, t.cost,
    t.reply_message_id, r.status AS reply_status, v.number AS agent_version, t.started_at, t.finished_at,
    (
        SELECT count(*) FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = t.conversation_id AND m.direction = 'in'
            AND m.id BETWEEN t.first_message_id AND t.last_message_id
    ) AS messages
FROM agent_turns AS t
LEFT JOIN chat_messages AS r ON r.tenant_id = t.tenant_id AND r.id = t.reply_message_id
LEFT JOIN agent_versions AS v ON v.tenant_id = t.tenant_id AND v.id = t.agent_version_id
WHERE t.tenant_id = :tenant_id AND t.id = :turn_id;

-- name: steps_of_turn
-- What happened in a turn, in order.
SELECT name, attempt, outcome, detail, started_at, finished_at
FROM turn_steps
WHERE tenant_id = :tenant_id AND turn_id = :turn_id
ORDER BY attempt, started_at, finished_at, name;

-- name: tools_of_turn
-- Which tools a turn called, in order.
SELECT tool, arguments, refused, result, created_at
FROM tool_calls
WHERE tenant_id = :tenant_id AND turn_id = :turn_id
ORDER BY id;
