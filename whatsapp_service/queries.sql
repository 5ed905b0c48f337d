-- name: watched
-- Whose calendar a channel tells of.
SELECT seller_id, watch_token_hash AS token_hash
FROM seller_calendars
WHERE tenant_id = :tenant_id AND watch_channel_id = :channel_id AND watch_token_hash IS NOT NULL AND state = 'connected';

-- name: due_now
-- The calendar is to be mirrored, unless that was said already.
UPDATE seller_calendars SET sync_due_at = now()
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND sync_due_at > now();

-- name: store_notice
-- A lead that waits at Meta, for the page that it belongs to; nothing where it is known, or nobody added the page.
INSERT INTO received_leads (tenant_id, source_id, event_id)
SELECT s.tenant_id, s.id, :leadgen_id
FROM lead_sources AS s
WHERE s.tenant_id = :tenant_id AND s.kind = 'page' AND s.page_id = :page_id AND s.active
ON CONFLICT ON CONSTRAINT received_leads_once DO NOTHING
RETURNING id;
