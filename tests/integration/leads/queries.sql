-- name: events
-- What was announced, oldest first.
SELECT name, payload FROM outbox_events WHERE tenant_id = :tenant_id ORDER BY id;
