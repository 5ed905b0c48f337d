-- name: lock_conversation
-- The person, then the conversation, before its mailbox: the order in which a webhook locks them. NO KEY: rows that only
-- refer to them do not wait.
WITH person AS MATERIALIZED (
    SELECT p.id
    FROM contacts AS p
    JOIN conversations AS k ON k.tenant_id = p.tenant_id AND k.contact_id = p.id
    WHERE p.tenant_id = :tenant_id AND k.tenant_id = :tenant_id AND k.id = :conversation_id
    FOR NO KEY UPDATE OF p
)
SELECT c.id
FROM conversations AS c
JOIN person ON person.id = c.contact_id
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id
FOR NO KEY UPDATE OF c;

-- name: claim_intake
-- Nothing waits to be mirrored any more; waits for a webhook that is just being accepted.
UPDATE conversation_mailboxes SET intake_pending = false
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id;

-- name: waiting_events
-- What was accepted and not yet mirrored, in the order in which it was accepted.
SELECT id, provider, body, received_at
FROM webhook_inbox
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND processed_at IS NULL
ORDER BY id
FOR UPDATE;

-- name: mark_mirrored
-- An accepted event is in the conversation.
UPDATE webhook_inbox SET processed_at = now() WHERE tenant_id = :tenant_id AND id = :inbox_id;

-- name: is_our_own
-- Whether we sent the message with that id ourselves; while the provider's answer is out, its words tell.
SELECT EXISTS (SELECT 1 FROM message_deliveries WHERE tenant_id = :tenant_id AND wamid = :wamid) OR EXISTS (
    SELECT 1 FROM message_deliveries AS d
    JOIN chat_messages AS m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
    WHERE d.tenant_id = :tenant_id AND m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id
        AND d.wamid IS NULL AND d.state IN ('sending', 'unknown') AND m.body = :body
);

-- name: pause_agent
-- A person has taken over: the agent is silent for the takeover time, and what was said is not its to answer.
UPDATE conversations AS c
SET agent_paused_until = now() + make_interval(hours => s.takeover_hours),
    answered_through_id = COALESCE(
        (SELECT max(m.id) FROM chat_messages AS m WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id),
        c.answered_through_id
    )
FROM tenant_settings AS s
WHERE c.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND c.id = :conversation_id;

-- name: reopen
-- Somebody has written again; nothing where it is open.
UPDATE conversations SET status = 'open'
WHERE tenant_id = :tenant_id AND id = :conversation_id AND status = 'closed';

-- name: lock_mailbox
-- Whether a turn is pending and when it is due, locked until commit.
SELECT turn_pending, first_at, due_at, due_at <= now() AS is_due FROM conversation_mailboxes
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id FOR UPDATE;

-- name: turns_waiting
-- How many other conversations of the company wait for an answer, counted up to a hundred.
SELECT count(*) FROM (
    SELECT 1 FROM conversation_mailboxes
    WHERE tenant_id = :tenant_id AND turn_pending AND conversation_id <> :conversation_id LIMIT 100
) AS others;

-- name: claim_turn
-- The pending turn is ours.
UPDATE conversation_mailboxes SET turn_pending = false
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id;

-- name: turn_context
-- All that a turn needs to know of its conversation and company; a deleted lead is none.
SELECT c.id AS conversation_id, l.id AS lead_id, c.agent_paused_until, c.answered_through_id, c.language,
    COALESCE(c.agent_mode, s.agent_mode) AS agent_mode, s.agent_name, s.offer_summary, s.brain, s.agent_hours,
    s.ai_disclosure, s.turns_per_day, t.status AS company_status, t.name AS company, t.zone, t.language AS tenant_language, t.mode
FROM conversations AS c
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
JOIN tenants AS t ON t.id = c.tenant_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.id = :conversation_id
FOR NO KEY UPDATE OF c;

-- name: unanswered_messages
-- What the customer has said since the last answer, oldest first.
SELECT m.id, m.type, m.body, m.reply_id, m.verdict, f.words, f.words_state, f.created_at AS file_at,
    f.words_at
FROM chat_messages AS m
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.id > :after_id
    AND m.direction = 'in' AND m.status = 'received'
    AND m.type NOT IN ('reaction', 'system', 'request_welcome', 'unsupported')
ORDER BY m.id;

-- name: earlier_messages
-- What was said before a message and after another one, newest first.
SELECT m.author, m.type, m.body, m.verdict, f.words
FROM chat_messages AS m
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.id < :before_id AND m.id > :after_id
    AND m.direction IN ('in', 'out') AND m.status NOT IN ('failed', 'refused')
ORDER BY m.id DESC
LIMIT :most;

-- name: open_turn
-- The conversation's turn that is not finished, locked.
SELECT id, state, attempts, started_at FROM agent_turns
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id
    AND state NOT IN ('done', 'handed_over', 'failed', 'superseded')
FOR UPDATE;

-- name: create_turn
-- A new turn.
INSERT INTO agent_turns (tenant_id, conversation_id, state, first_message_id, last_message_id, attempts, brain)
VALUES (:tenant_id, :conversation_id, :state, :first_message_id, :last_message_id, 1, :brain)
RETURNING id;

-- name: resume_turn
-- A turn that a dead worker left behind goes on, with all that is unanswered by now; to have listened is no attempt.
UPDATE agent_turns
SET state = 'screening', attempts = attempts + CASE WHEN state = 'transcribing' THEN 0 ELSE 1 END, first_message_id = :first_message_id,
    last_message_id = :last_message_id
WHERE tenant_id = :tenant_id AND id = :turn_id
RETURNING attempts;

-- name: set_turn_state
-- A turn moves on; a finished one stays as it is.
UPDATE agent_turns
SET state = :state, verdict = COALESCE(:verdict, verdict), error = COALESCE(:error, error),
    reply_message_id = COALESCE(:reply_message_id, reply_message_id),
    input_tokens = input_tokens + :input_tokens, output_tokens = output_tokens + :output_tokens, cost = cost + :cost,
    finished_at = CASE WHEN :state IN ('done', 'handed_over', 'failed', 'superseded') THEN now() END
WHERE tenant_id = :tenant_id AND id = :turn_id AND state NOT IN ('done', 'handed_over', 'failed', 'superseded');

-- name: note_version
-- By which version of the agent a turn speaks.
UPDATE agent_turns SET agent_version_id = :version_id WHERE tenant_id = :tenant_id AND id = :turn_id;

-- name: turns_since
-- How many turns the company's agent has begun since a moment, counted up to a limit.
SELECT count(*) FROM (
    SELECT 1 FROM agent_turns WHERE tenant_id = :tenant_id AND started_at >= :since LIMIT :most
) AS begun;

-- name: agent_has_spoken
-- Whether the agent has said something in a conversation that was not refused.
SELECT EXISTS (
    SELECT 1 FROM chat_messages
    WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND author = 'agent' AND direction = 'out'
        AND status NOT IN ('failed', 'refused')
);

-- name: lock_turn
-- The state and attempt of a turn, locked until commit.
SELECT id, state, attempts FROM agent_turns WHERE tenant_id = :tenant_id AND id = :turn_id FOR UPDATE;

-- name: superseded_in_a_row
-- How many turns before this one lost their reply to a newer message.
SELECT count(*) FROM agent_turns AS t
WHERE t.tenant_id = :tenant_id AND t.conversation_id = :conversation_id AND t.state = 'superseded'
    AND t.id > COALESCE((
        SELECT max(d.id) FROM agent_turns AS d
        WHERE d.tenant_id = :tenant_id AND d.conversation_id = :conversation_id AND d.state IN ('done', 'handed_over')
    ), 0);

-- name: record_step
-- One row of a turn's timeline; done again in the same attempt it is the same row.
INSERT INTO turn_steps (tenant_id, turn_id, name, attempt, started_at, finished_at, outcome, detail)
VALUES (:tenant_id, :turn_id, :name, :attempt, :started_at, clock_timestamp(), :outcome, :detail)
ON CONFLICT (tenant_id, turn_id, name, attempt) DO UPDATE
SET finished_at = clock_timestamp(), outcome = excluded.outcome, detail = excluded.detail;

-- name: set_verdict
-- What the screen said of a message.
UPDATE chat_messages SET verdict = :verdict WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: answer_through
-- Everything up to a message is answered.
UPDATE conversations
SET answered_through_id = GREATEST(answered_through_id, :message_id), language = COALESCE(:language, language)
WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: unanswered_effects
-- Effects that superseded turns have committed since the last answer, oldest first.
SELECT k.tool, k.result
FROM tool_calls AS k
JOIN agent_turns AS t ON t.tenant_id = k.tenant_id AND t.id = k.turn_id
WHERE k.tenant_id = :tenant_id AND t.conversation_id = :conversation_id AND NOT k.refused
    AND t.state = 'superseded' AND t.last_message_id > :after_id
ORDER BY k.id;

-- name: lock_message
-- One message, locked until commit; a statement of its own, so that what is read next is what was true under the lock.
SELECT id FROM chat_messages WHERE tenant_id = :tenant_id AND id = :message_id FOR NO KEY UPDATE;

-- name: delivery_projection
-- All that decides what is shown as a message's status.
SELECT m.conversation_id, m.status, c.lead_id, d.state, d.wamid, d.error_code,
    COALESCE((
        SELECT array_agg(h.status ORDER BY h.id) FROM message_status_history AS h
        WHERE h.tenant_id = :tenant_id AND h.message_id = m.id
    ), '{}') AS history,
    (
        SELECT h.error_code FROM message_status_history AS h
        WHERE h.tenant_id = :tenant_id AND h.message_id = m.id AND h.status = 'failed'
        ORDER BY h.id DESC LIMIT 1
    ) AS history_error
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
JOIN message_deliveries AS d ON d.tenant_id = m.tenant_id AND d.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.id = :message_id;

-- name: set_message_status
-- The status that the conversation shows.
UPDATE chat_messages
SET status = :status, wamid = COALESCE(:wamid, wamid), error_code = :error_code, status_at = now()
WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: effects_of_turn
-- What a turn's tools have done or found so far, in order.
SELECT tool, result FROM tool_calls WHERE tenant_id = :tenant_id AND turn_id = :turn_id AND NOT refused ORDER BY id;

-- name: drop_draft
-- A draft that waits is nobody's any more; a turn that is at work is not touched, so nobody waits for it.
UPDATE agent_turns SET state = 'handed_over', finished_at = now()
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND state = 'awaiting_approval'
RETURNING id;

-- name: store_draft
-- The reply that a turn proposes: it waits for a person.
UPDATE agent_turns
SET state = 'awaiting_approval', draft = :draft, input_tokens = input_tokens + :input_tokens,
    output_tokens = output_tokens + :output_tokens, cost = cost + :cost
WHERE tenant_id = :tenant_id AND id = :turn_id;

-- name: find_draft
-- The reply that waits in a conversation.
SELECT id AS turn_id, attempts, draft, last_message_id, started_at
FROM agent_turns
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND state = 'awaiting_approval';

-- name: set_marketing_consent
-- The person of a conversation has said that they want no advertising, or want it again.
UPDATE contacts AS p
SET marketing_opted_out_at = CASE WHEN :allowed THEN NULL ELSE COALESCE(p.marketing_opted_out_at, now()) END
FROM conversations AS c
WHERE p.tenant_id = :tenant_id AND c.tenant_id = :tenant_id AND c.id = :conversation_id AND p.id = c.contact_id;
