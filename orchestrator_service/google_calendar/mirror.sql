-- name: due_calendars
-- Calendars whose turn it is, each taken by one of all workers.
UPDATE seller_calendars
SET sync_due_at = :next
WHERE tenant_id = :tenant_id AND state = 'connected' AND sync_due_at <= :now
RETURNING seller_id;

-- name: sync_state
-- How far a calendar is mirrored.
SELECT seller_id, sync_token, synced_whole_at, watch_channel_id, watch_resource_id, watch_expires_at, connected_at
FROM seller_calendars
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND state = 'connected';

-- name: lock_sync
-- The same, locked until what was heard is written.
SELECT seller_id, sync_token, synced_whole_at, watch_channel_id, watch_resource_id, watch_expires_at, connected_at
FROM seller_calendars
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND state = 'connected'
FOR UPDATE;

-- name: begin_sync
-- The next one is due later; what Google tells from now on is news.
UPDATE seller_calendars SET sync_due_at = :next WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: forget_mirror
-- Begin anew.
DELETE FROM mirrored_events WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: drop_events
-- Events that are no more; the id of a series takes its instances along.
DELETE FROM mirrored_events
WHERE tenant_id = :tenant_id AND seller_id = :seller_id
    AND (google_event_id = ANY (:gone::text[]) OR recurring_event_id = ANY (:gone::text[]));

-- name: mirror_events
-- Events as Google has them now.
INSERT INTO mirrored_events AS m (
    tenant_id, seller_id, google_event_id, recurring_event_id, during, busy, all_day, title
)
SELECT :tenant_id, :seller_id, e.id, e.series, tstzrange(e.starts_at, e.ends_at, '[)'), e.busy, e.all_day, e.title
FROM unnest(
    :ids::text[], :series::text[], :starts::timestamptz[], :ends::timestamptz[], :busy::boolean[], :all_day::boolean[],
    :titles::text[]
) AS e (id, series, starts_at, ends_at, busy, all_day, title)
ON CONFLICT (tenant_id, seller_id, google_event_id) DO UPDATE
SET recurring_event_id = excluded.recurring_event_id, during = excluded.during, busy = excluded.busy,
    all_day = excluded.all_day, title = excluded.title, updated_at = now()
WHERE m.tenant_id = :tenant_id;

-- name: end_sync
-- What was heard is written: the next one continues here.
UPDATE seller_calendars
SET sync_token = :sync_token, synced_at = :now, checked_at = :now, last_error = NULL,
    synced_whole_at = CASE WHEN :whole THEN :now ELSE synced_whole_at END,
    calendar_zone = COALESCE(:zone::text, calendar_zone)
WHERE tenant_id = :tenant_id AND seller_id = :seller_id;

-- name: own_meetings
-- The seller's confirmed meetings to come that are in Google too.
SELECT id, google_calendar_event_id AS google_event_id, lower(during) AS starts_at, upper(during) AS ends_at
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND status = 'confirmed' AND upper(during) > :now
    AND google_calendar_event_id IS NOT NULL AND google_pending IS NULL;

-- name: find_meeting
-- One of them, with whom it is.
SELECT id, seller_id, google_calendar_event_id AS google_event_id, lower(during) AS starts_at, upper(during) AS ends_at,
    lead_id, conversation_id
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND id = :event_id AND status = 'confirmed' AND upper(during) > :now
    AND google_calendar_event_id IS NOT NULL AND google_pending IS NULL;

-- name: store_watch
-- Google tells changes by this channel from now on.
UPDATE seller_calendars
SET watch_channel_id = :channel_id, watch_resource_id = :resource_id, watch_token_hash = :token_hash,
    watch_expires_at = :expires_at
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND connected_at = :connected_at AND state = 'connected';

-- name: list_mirrored
-- What takes the sellers' time in Google in a window and is no meeting of ours standing there, earliest first.
SELECT m.seller_id, s.user_id, m.google_event_id, lower(m.during) AS starts_at, upper(m.during) AS ends_at, m.all_day,
    m.title
FROM mirrored_events AS m
JOIN sellers AS s ON s.tenant_id = m.tenant_id AND s.id = m.seller_id
WHERE m.tenant_id = :tenant_id AND m.busy AND m.during && tstzrange(:starts, :ends)
    AND (:user_id::bigint IS NULL OR s.user_id = :user_id)
    AND (:seller_id::bigint IS NULL OR m.seller_id = :seller_id)
    AND NOT EXISTS (
        SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.seller_id = m.seller_id
            AND e.google_calendar_event_id = m.google_event_id AND e.status IN ('held', 'confirmed', 'done', 'no_show')
            AND e.during @> m.during
    )
ORDER BY lower(m.during), m.seller_id, m.google_event_id
LIMIT :most;
