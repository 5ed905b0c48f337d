-- name: everything
-- All that a visit could change, as one word.
SELECT md5(
    COALESCE((SELECT string_agg(e::text, '|' ORDER BY e.id) FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id), '')
    || COALESCE((SELECT string_agg(k::text, '|' ORDER BY k.id) FROM meeting_links AS k WHERE k.tenant_id = :tenant_id), '')
    || COALESCE((SELECT string_agg(o::text, '|' ORDER BY o.id) FROM outbox_events AS o WHERE o.tenant_id = :tenant_id), '')
    || COALESCE((SELECT string_agg(s::text, '|' ORDER BY s.id) FROM system_events AS s WHERE s.tenant_id = :tenant_id), '')
);

-- name: age_event
-- The meeting was made a minute earlier.
UPDATE seller_agenda_events
SET created_at = created_at - interval '1 minute', updated_at = updated_at - interval '1 minute'
WHERE tenant_id = :tenant_id;

-- name: event
-- One meeting.
SELECT status, lower(during) AS starts_at FROM seller_agenda_events WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: speak
-- The person's language.
UPDATE leads SET language = :language WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: notices
-- What the bell says of changed meetings.
SELECT kind, user_id FROM notifications WHERE tenant_id = :tenant_id ORDER BY id;

-- name: suspend
-- The operator suspends the company.
UPDATE tenants SET status = 'suspended' WHERE id = :tenant_id;

-- name: said
-- What we wrote to the customer, oldest first.
SELECT concat_ws('|', author, status, body) AS said FROM chat_messages
WHERE tenant_id = :tenant_id AND direction = 'out' ORDER BY id;

-- name: confirm_always
-- The company confirms every new time by itself.
INSERT INTO message_triggers (tenant_id, kind, step, enabled, fills, delay_minutes)
VALUES (:tenant_id, 'confirmation', 0, TRUE, '{}', 0);

-- name: opt_out
-- The person wants no messages.
UPDATE contacts SET opted_out_at = now() WHERE tenant_id = :tenant_id AND lead_id = :lead_id;
