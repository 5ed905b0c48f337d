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
