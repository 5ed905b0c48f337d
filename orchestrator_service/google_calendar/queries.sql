-- name: connections
-- How these sellers' calendars are connected.
SELECT c.seller_id, s.user_id, c.kind, c.calendar_id, c.state, c.last_error, c.checked_at, c.connected_at
FROM seller_calendars AS c
JOIN sellers AS s ON s.tenant_id = c.tenant_id AND s.id = c.seller_id
WHERE c.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND c.seller_id = ANY (:seller_ids::bigint[])
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
