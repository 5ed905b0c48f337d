-- name: events
-- What was announced to those who read the record, oldest first.
SELECT name, payload, owner_user_id FROM outbox_events
WHERE tenant_id = :tenant_id AND audience <> 'agendas' ORDER BY id;

-- name: opt_out
-- The customer wants no messages.
UPDATE contacts SET opted_out_at = now() WHERE tenant_id = :tenant_id AND id = :contact_id;

-- name: messages
-- How much was said.
SELECT count(*) FROM chat_messages WHERE tenant_id = :tenant_id;

-- name: deliveries
-- How many messages wait to be sent.
SELECT count(*) FROM message_deliveries WHERE tenant_id = :tenant_id;

-- name: open_tasks
-- What waits for a person.
SELECT count(*) FROM tasks WHERE tenant_id = :tenant_id AND status = 'open';

-- name: wait_since
-- Since when a conversation waits for a person.
UPDATE conversations SET needs_person = true, needs_person_since = :since
WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: hold
-- Offers hold their time for so long.
UPDATE tenant_settings SET hold_minutes = :minutes WHERE tenant_id = :tenant_id;
