-- name: inbox
-- What was accepted.
SELECT event_id, kind, conversation_id, wamid FROM webhook_inbox WHERE tenant_id = :tenant_id ORDER BY id;

-- name: quarantine
-- What was set aside.
SELECT event_id, reason FROM webhook_quarantine WHERE tenant_id = :tenant_id ORDER BY id;

-- name: mailboxes
-- What is pending.
SELECT conversation_id, intake_pending, turn_pending, due_at - first_at AS waits FROM conversation_mailboxes
WHERE tenant_id = :tenant_id ORDER BY conversation_id;

-- name: forged_events
-- How often a forgery was told.
SELECT count(*) FROM system_events WHERE tenant_id = :tenant_id AND action = 'webhook.forged';

-- name: jobs
-- Jobs that wait.
-- cross-tenant: the job tables know no tenants
SELECT task_name, args FROM procrastinate_jobs ORDER BY id;

-- name: delivery
-- How a delivery stands.
SELECT state, attempts, wamid, error_code FROM message_deliveries
WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: interrupt
-- A worker died after its claim.
UPDATE message_deliveries SET state = 'sending' WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: delivery_locks
-- Under how many locks deliveries wait; jobs without one count.
-- cross-tenant: the job tables know no tenants
SELECT count(DISTINCT COALESCE(lock, id::text)) FROM procrastinate_jobs WHERE task_name = 'whatsapp.deliver';

-- name: hold_message
-- Hold a message as its projection does.
SELECT id FROM chat_messages WHERE tenant_id = :tenant_id AND id = :message_id FOR NO KEY UPDATE;

-- name: show_delivered
-- What another worker makes of the message.
UPDATE chat_messages SET status = 'delivered' WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: last_status
-- The newest status webhook.
SELECT max(id) FROM webhook_inbox WHERE tenant_id = :tenant_id AND kind = 'status';

-- name: channel_of_last_event
-- Whose event was accepted last.
SELECT channel_id FROM webhook_inbox WHERE tenant_id = :tenant_id ORDER BY id DESC LIMIT 1;

-- name: news
-- What a provider told of the number.
SELECT shown_name, message_limit, provider_status FROM channels WHERE tenant_id = :tenant_id ORDER BY id LIMIT 1;

-- name: deliveries_ahead
-- Deliveries that were told to come back.
-- cross-tenant: the job tables know no tenants
SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'whatsapp.deliver' AND scheduled_at > now() + interval '20 s';

-- name: looks_ahead
-- Looks at uncertain deliveries that are due in ten minutes.
-- cross-tenant: the job tables know no tenants
SELECT count(*) FROM procrastinate_jobs
WHERE task_name = 'chat.delivery_uncertain' AND scheduled_at BETWEEN now() + interval '9 min' AND now() + interval '11 min';

-- name: acknowledgements
-- Courtesies that wait, oldest first.
-- cross-tenant: the job tables know no tenants
SELECT (args ->> 'message_id')::bigint AS message_id, (args ->> 'typing')::boolean AS typing
FROM procrastinate_jobs WHERE task_name = 'whatsapp.acknowledge' ORDER BY id;

-- name: lose_file
-- A message's file is gone from the books.
DELETE FROM media_files WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: unsay
-- Nothing has been answered yet.
UPDATE chat_messages SET direction = 'note' WHERE tenant_id = :tenant_id AND direction = 'out';

-- name: draft_mode
-- A person approves each reply.
UPDATE tenant_settings SET agent_mode = 'draft' WHERE tenant_id = :tenant_id;

-- name: nothing_waits
-- All that was written is answered.
UPDATE conversation_mailboxes SET intake_pending = false, turn_pending = false WHERE tenant_id = :tenant_id;

-- name: no_jobs
-- Nothing is to be done.
-- cross-tenant: the job tables know no tenants
DELETE FROM procrastinate_jobs;

-- name: hold_first_conversation
-- Hold a conversation as a turn does.
SELECT id FROM conversations
WHERE tenant_id = :tenant_id ORDER BY id LIMIT 1 FOR NO KEY UPDATE;

-- name: statuses_waiting
-- Statuses that are not filed, the jobs that will file and show them, and what is filed.
SELECT (
    SELECT count(*) FROM webhook_inbox AS w
    WHERE w.tenant_id = :tenant_id AND w.kind = 'status' AND w.processed_at IS NULL
) AS events, (
    SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'chat.status_received' AND status = 'todo'
) AS filings, (
    SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'chat.delivery_reported' AND status = 'todo'
) AS reports, (
    SELECT count(*) FROM message_status_history AS h WHERE h.tenant_id = :tenant_id
) AS filed;

-- name: take_filings
-- A worker takes the jobs that file statuses.
-- cross-tenant: the job tables know no tenants
DELETE FROM procrastinate_jobs WHERE task_name = 'chat.status_received';

-- name: copy_status
-- Another status of the same message is accepted.
INSERT INTO webhook_inbox (tenant_id, provider, event_id, event_type, kind, wamid, body, body_hash, channel_id)
SELECT w.tenant_id, w.provider, w.event_id || ':again', w.event_type, w.kind, w.wamid, w.body, w.body_hash, w.channel_id
FROM webhook_inbox AS w WHERE w.tenant_id = :tenant_id AND w.kind = 'status';

-- name: hold_filing
-- A job that files statuses holds its lock.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_advisory_xact_lock(hashtextextended('statuses:' || current_setting('app.tenant_id'), 0));

-- name: contacts_called
-- How many people have that name.
SELECT count(*) FROM contacts WHERE tenant_id = :tenant_id AND name = :name;

-- name: nobody_seen_lately
-- Nobody wrote within the hour.
UPDATE lead_identities SET seen_at = now() - interval '2 hours' WHERE tenant_id = :tenant_id;
