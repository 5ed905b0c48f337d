-- name: connections
-- How these sellers' calendars are connected.
SELECT c.seller_id, s.user_id, c.kind, c.calendar_id, c.state, c.last_error, c.checked_at, c.connected_at,
    t.mode = 'demo' AS demo
FROM seller_calendars AS c
JOIN sellers AS s ON s.tenant_id = c.tenant_id AND s.id = c.seller_id
JOIN tenants AS t ON t.id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.seller_id = ANY (:seller_ids::bigint[])
ORDER BY c.seller_id;

-- name: own_events
-- When our meetings that stand are, of those that these ids name in Google.
SELECT google_calendar_event_id AS google_event_id, seller_id, lower(during) AS starts_at, upper(during) AS ends_at
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = ANY (:seller_ids::bigint[]) AND status IN ('held', 'confirmed')
    AND google_calendar_event_id = ANY (:event_ids::text[]);

-- name: note_health
-- How asking went, unless the calendar was connected anew meanwhile.
UPDATE seller_calendars
SET last_error = :last_error, checked_at = :now
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND connected_at = :connected_at AND state = 'connected';

-- name: note_lost
-- The right is gone: nothing more is asked until somebody connects anew.
UPDATE seller_calendars
SET state = 'lost', last_error = :last_error, checked_at = :now, watch_channel_id = NULL, watch_resource_id = NULL,
    watch_token_hash = NULL, watch_expires_at = NULL
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND connected_at = :connected_at AND state = 'connected';

-- name: find_seller
-- Whose calendar somebody wants to connect.
SELECT id, user_id, name FROM sellers WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: list_calendars
-- Every active seller whose agenda somebody may see, with the calendar where one is connected; by name.
SELECT s.id AS seller_id, s.user_id, s.name AS seller_name, c.kind, c.state, c.calendar_id, c.calendar_name,
    c.calendar_zone, c.last_error, c.checked_at, c.synced_at, c.connected_at, c.watch_expires_at
FROM sellers AS s
LEFT JOIN seller_calendars AS c ON c.tenant_id = s.tenant_id AND c.seller_id = s.id
WHERE s.tenant_id = :tenant_id AND (s.active OR c.seller_id IS NOT NULL)
    AND (:user_id::bigint IS NULL OR s.user_id = :user_id)
ORDER BY s.name, s.id
LIMIT :most;

-- name: store_consent
-- Somebody goes to Google's consent page.
INSERT INTO calendar_consents (tenant_id, state_hash, seller_id, session_id, sealed_verifier, expires_at)
VALUES (:tenant_id, :state_hash, :seller_id, :session_id, :sealed_verifier, :expires_at);

-- name: forget_stale_consents
-- Who did not come back in time begins anew.
DELETE FROM calendar_consents WHERE tenant_id = :tenant_id AND expires_at <= :now;

-- name: take_consent
-- Come back from Google: once, in time, in the same session.
DELETE FROM calendar_consents
WHERE tenant_id = :tenant_id AND state_hash = :state_hash AND session_id = :session_id AND expires_at > :now
RETURNING seller_id, sealed_verifier;

-- name: connect
-- A calendar is connected, whatever was before.
INSERT INTO seller_calendars AS c (
    tenant_id, seller_id, kind, calendar_id, calendar_name, calendar_zone, connected_by, connected_at, checked_at,
    sync_due_at
)
VALUES (
    :tenant_id, :seller_id, :kind, :calendar_id, :calendar_name, :calendar_zone, :connected_by, :now, :now, :due
)
ON CONFLICT (tenant_id, seller_id) DO UPDATE
SET kind = excluded.kind, calendar_id = excluded.calendar_id, calendar_name = excluded.calendar_name,
    calendar_zone = excluded.calendar_zone, state = 'connected', last_error = NULL, checked_at = excluded.checked_at,
    sync_token = NULL, synced_at = NULL, synced_whole_at = NULL, sync_due_at = excluded.sync_due_at,
    watch_channel_id = NULL, watch_resource_id = NULL, watch_token_hash = NULL, watch_expires_at = NULL,
    connected_by = excluded.connected_by, connected_at = excluded.connected_at
WHERE c.tenant_id = :tenant_id;

-- name: disconnect
-- The calendar is none of ours any more; what is mirrored goes with it.
DELETE FROM seller_calendars WHERE tenant_id = :tenant_id AND seller_id = :seller_id RETURNING kind;

-- name: delete_grant
-- What the seller granted is forgotten.
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: revive_shared
-- A new key file: the calendars that the old one lost are asked again.
UPDATE seller_calendars
SET state = 'connected', last_error = NULL, sync_due_at = :now, connected_at = :now
WHERE tenant_id = :tenant_id AND kind = 'service_account' AND state = 'lost';

-- name: sellers_to_match
-- The active sellers, with what a calendar of theirs may be called by.
SELECT s.id AS seller_id, s.name, s.google_calendar_id, u.email, c.calendar_id
FROM sellers AS s
LEFT JOIN users AS u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
LEFT JOIN seller_calendars AS c ON c.tenant_id = s.tenant_id AND c.seller_id = s.id
WHERE s.tenant_id = :tenant_id AND s.active
ORDER BY s.id;
