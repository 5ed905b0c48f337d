-- name: templates
-- What is kept.
SELECT name, language, status, category, reason, removed_at IS NOT NULL AS removed, components
FROM message_templates WHERE tenant_id = :tenant_id ORDER BY name, language;

-- name: sync
-- How the asking went.
SELECT finished_at IS NOT NULL AS finished, error FROM template_syncs WHERE tenant_id = :tenant_id;

-- name: jobs_of_template
-- The inbox rows of templates.
SELECT id FROM webhook_inbox WHERE tenant_id = :tenant_id AND kind = 'template' ORDER BY id;

-- name: approve
-- An approved template.
INSERT INTO message_templates (tenant_id, channel_id, name, language, status, category, components)
VALUES (:tenant_id, :channel_id, :name, :language, 'APPROVED', :category, :components)
RETURNING id;

-- name: template_messages
-- The templates that were written, oldest first.
SELECT m.id, m.conversation_id, m.body, m.content, m.status, m.origin_key, m.author, m.type, c.lead_id
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.tenant_id = :tenant_id AND m.direction = 'out' ORDER BY m.id;

-- name: withdraw_marketing
-- Somebody wants no advertising.
UPDATE contacts SET marketing_opted_out_at = now() WHERE tenant_id = :tenant_id AND id = :contact_id;

-- name: opt_out
-- Somebody wants nothing.
UPDATE contacts SET opted_out_at = now() WHERE tenant_id = :tenant_id AND id = :contact_id;

-- name: set_template_status
-- The provider has changed its mind.
UPDATE message_templates SET status = :status WHERE tenant_id = :tenant_id AND id = :template_id;

-- name: type_lead
-- Somebody whom the team typed.
INSERT INTO leads (tenant_id, full_name, phone, match_key, source)
VALUES (:tenant_id, :name, :phone, :match_key, 'manual')
RETURNING id;

-- name: scheduled
-- What is planned, and became of it.
SELECT id, kind, step, lead_id, event_id, starts_at, due_at, status, reason, message_id
FROM scheduled_messages WHERE tenant_id = :tenant_id ORDER BY id;

-- name: set_event
-- A meeting stands otherwise.
UPDATE seller_agenda_events SET status = :status, during = tstzrange(:starts_at, :ends_at, '[)')
WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: silent_since
-- The conversation moved last, and the customer wrote last, at these times.
UPDATE conversations SET last_message_at = :moved_at, last_inbound_at = :wrote_at
WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: was_sent
-- The message arrived.
UPDATE chat_messages SET status = 'delivered' WHERE tenant_id = :tenant_id AND status = 'queued';

-- name: pause_sending
-- The company has paused everything, or goes on.
UPDATE tenant_settings SET sending_paused = :paused WHERE tenant_id = :tenant_id;

-- name: make_due
-- A broadcast's next batch is due.
UPDATE broadcasts SET next_batch_at = now() - interval '1 second' WHERE tenant_id = :tenant_id;

-- name: recipients
-- Whom a broadcast is for.
SELECT lead_id, status, reason, message_id FROM broadcast_recipients WHERE tenant_id = :tenant_id ORDER BY lead_id;

-- name: opted_out
-- Whether somebody wants nothing.
SELECT bool_or(opted_out_at IS NOT NULL) FROM contacts WHERE tenant_id = :tenant_id;

-- name: marketing_opted_out
-- Whether somebody wants no advertising.
SELECT bool_or(marketing_opted_out_at IS NOT NULL) FROM contacts WHERE tenant_id = :tenant_id;

-- name: force_reminder
-- A second reminder of one meeting, past every rule but the database's own.
INSERT INTO scheduled_messages (tenant_id, kind, lead_id, event_id, due_at)
VALUES (:tenant_id, 'reminder_24h', :lead_id, :event_id, now());

-- name: set_company
-- The operator suspends the company, or lets it work again.
UPDATE tenants SET status = :status WHERE id = :tenant_id;

-- name: told_of_advertising
-- What the inbox heard of consents, oldest first.
SELECT (payload ->> 'marketing_opted_out')::boolean AS withdrawn FROM outbox_events
WHERE tenant_id = :tenant_id AND name = 'CONVERSATION_UPDATED' ORDER BY id;
