-- name: in_google
-- A meeting has an id in Google.
UPDATE seller_agenda_events SET google_calendar_event_id = :google_id WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: cancel
-- A meeting does not take place.
UPDATE seller_agenda_events SET status = 'cancelled' WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: of_conversation
-- A meeting was agreed in a conversation.
UPDATE seller_agenda_events SET conversation_id = :conversation_id, lead_id = :lead_id
WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: state
-- How the seller's calendar stands.
SELECT state || ' ' || COALESCE(last_error, '-') FROM seller_calendars
WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: mirrored
-- What is mirrored of a seller's calendar, earliest first.
SELECT COALESCE(string_agg(title || CASE WHEN busy THEN '' ELSE '?' END, ',' ORDER BY lower(during)), '')
FROM mirrored_events WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: channel
-- By which channel Google tells of a seller's calendar.
SELECT watch_channel_id FROM seller_calendars WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: notices
-- Who was told that a calendar is lost.
SELECT count(*)::int FROM notifications WHERE tenant_id = :tenant_id AND kind = 'calendar_lost';

-- name: alarms
-- Critical lines about a lost calendar.
SELECT count(*)::int FROM system_events
WHERE tenant_id = :tenant_id AND action = 'calendar.lost' AND severity = 'critical';

-- name: tasks
-- What a person has to do about meetings that differ.
SELECT COALESCE(string_agg(reason, ','), '') FROM tasks
WHERE tenant_id = :tenant_id AND kind = 'calendar_conflict' AND status = 'open';

-- name: outbox
-- How often pages were told to read calendars again.
SELECT count(*)::int FROM outbox_events WHERE tenant_id = :tenant_id AND name = 'CALENDAR_UPDATED';

-- name: forget_jobs
-- Nothing waits.
-- cross-tenant: the job tables know no tenants
DELETE FROM procrastinate_jobs WHERE (args ->> 'tenant_id')::int = :tenant;

-- name: jobs
-- What waits to be done.
-- cross-tenant: the job tables know no tenants
SELECT COALESCE(string_agg(task_name, ',' ORDER BY id), '') FROM procrastinate_jobs
WHERE (args ->> 'tenant_id')::int = :tenant AND status = 'todo';

-- name: spoil_grant
-- Somebody moved a sealed value here from elsewhere.
UPDATE credentials SET sealed = 'v2.test.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
WHERE tenant_id = :tenant_id AND name LIKE 'google:seller:%';

-- name: verifiers
-- What is kept of consents that were begun.
SELECT COALESCE(string_agg(sealed_verifier, ','), '') FROM calendar_consents WHERE tenant_id = :tenant_id;

-- name: grants
-- The grants in the vault.
SELECT COALESCE(string_agg(name, ','), '') FROM credentials WHERE tenant_id = :tenant_id AND name LIKE 'google:seller:%';

-- name: make_demo
-- The company is a demo.
UPDATE tenants SET mode = 'demo' WHERE id = :tenant_id;

-- name: forget_client
-- The company has no OAuth client any more.
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = 'google:client_secret';
