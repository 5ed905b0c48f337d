-- name: make_due
-- Every delivery that waits may be tried now.
UPDATE webhook_deliveries SET due_at = now() - interval '1 second' WHERE tenant_id = :tenant_id AND state = 'waiting';

-- name: queues_due
-- Every endpoint may be served now.
UPDATE webhook_queues SET due_at = now() - interval '1 second' WHERE tenant_id = :tenant_id;

-- name: nearly_dead
-- What waits has one try left, at an endpoint that has taken nothing for two days.
WITH e AS (
    UPDATE webhook_endpoints SET failing_since = now() - interval '2 days' WHERE tenant_id = :tenant_id
)
UPDATE webhook_deliveries SET attempts = 8 WHERE tenant_id = :tenant_id AND state = 'waiting';

-- name: lease_over
-- Whoever served the endpoints has died a while ago.
UPDATE webhook_queues SET leased_until = now() - interval '1 second' WHERE tenant_id = :tenant_id;

-- name: lease_ends_in
-- For how many seconds endpoints are still somebody's.
SELECT count(*)::int FROM webhook_queues WHERE tenant_id = :tenant_id AND leased_until > now();

-- name: notices
-- How many were told of something.
SELECT count(*)::int FROM notifications WHERE tenant_id = :tenant_id AND kind = :kind;

-- name: age_log
-- The log is a month and a day old.
UPDATE webhook_deliveries SET settled_at = now() - interval '31 days' WHERE tenant_id = :tenant_id;

-- name: unpublished
-- How many events have not gone out yet.
SELECT count(*)::int FROM outbox_events WHERE tenant_id = :tenant_id AND published_at IS NULL;
