-- name: watched
-- Whose calendar a channel tells of.
SELECT seller_id, watch_token_hash AS token_hash
FROM seller_calendars
WHERE tenant_id = :tenant_id AND watch_channel_id = :channel_id AND watch_token_hash IS NOT NULL AND state = 'connected';

-- name: due_now
-- The calendar is to be mirrored, unless that was said already.
UPDATE seller_calendars SET sync_due_at = now()
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND sync_due_at > now();
