-- name: whole_leads
-- Every lead with all of its columns.
SELECT to_jsonb(l) AS lead FROM leads AS l WHERE l.tenant_id = :tenant_id ORDER BY l.id;

-- name: events
-- Everything that was told.
SELECT e.name, e.payload FROM outbox_events AS e WHERE e.tenant_id = :tenant_id ORDER BY e.id;
