-- name: first_channel
-- The number that the demonstration's customers write to.
SELECT c.id FROM channels AS c WHERE c.tenant_id = :tenant_id AND c.active ORDER BY c.id LIMIT 1;

-- name: show_status
-- What became of a message that nobody really sent.
UPDATE chat_messages SET status = :status, error_code = :error_code, status_at = :at
WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: show_verdict
-- What the screen says of a message.
UPDATE chat_messages SET verdict = :verdict WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: settle_conversation
-- How a conversation stands since its last line: who answers, who waits and since when.
UPDATE conversations
SET language = :language, created_at = :began, status = :status, agent_paused_until = :paused_until,
    agent_mode = :agent_mode, needs_person_since = CASE WHEN needs_person THEN :ended::timestamptz END
WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: read_by_team
-- Everybody of the company has read a conversation up to a message.
INSERT INTO conversation_reads (tenant_id, conversation_id, user_id, read_through_id)
SELECT :tenant_id, :conversation_id, u.id, :through_id
FROM users AS u
WHERE u.tenant_id = :tenant_id AND u.status = 'active'
ON CONFLICT (tenant_id, conversation_id, user_id) DO NOTHING;

-- name: propose_reply
-- A reply of the agent that waits for a person's word.
INSERT INTO agent_turns (
    tenant_id, conversation_id, state, first_message_id, last_message_id, attempts, brain, verdict, draft, started_at
)
VALUES (
    :tenant_id, :conversation_id, 'awaiting_approval', :message_id, :message_id, 1, 'demo', 'allow', :draft, :at
);

-- name: settle_meeting
-- A meeting as the agent made it in its conversation, and what became of it.
UPDATE seller_agenda_events
SET status = :status, conversation_id = :conversation_id, created_by = NULL, created_at = :at, updated_at = :at
WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: date_lead
-- A lead is as old as its first message, and last changed with the newest.
UPDATE leads SET created_at = :began, updated_at = :ended WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: date_contact
-- The person wrote first when the conversation began; whoever opted out did so with the last line.
UPDATE contacts
SET created_at = :began, opted_out_at = CASE WHEN opted_out_at IS NOT NULL THEN :ended::timestamptz END
WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: date_changes
-- Who moved the lead did so before the last line, one change a few minutes after the other.
UPDATE lead_changes AS c
SET created_at = GREATEST(:began::timestamptz, :ended::timestamptz - make_interval(mins => 4 * n.later))
FROM (
    SELECT h.id, (row_number() OVER (ORDER BY h.id DESC))::int AS later
    FROM lead_changes AS h
    WHERE h.tenant_id = :tenant_id AND h.lead_id = :lead_id
) AS n
WHERE c.tenant_id = :tenant_id AND c.id = n.id;

-- name: date_qualifications
-- The lead was judged when it last wrote.
UPDATE qualifications SET created_at = :ended WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: date_tasks
-- The call for a person came with the last line.
UPDATE tasks SET created_at = :ended WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: date_notices
-- The team was told then, and has looked at what is old and waits for nobody.
UPDATE notifications SET created_at = :ended, read_at = CASE WHEN :looked THEN :ended::timestamptz END
WHERE tenant_id = :tenant_id AND lead_id = :lead_id;
