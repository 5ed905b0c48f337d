-- name: first_channel
-- The number that the demonstration's customers write to.
SELECT c.id FROM channels AS c WHERE c.tenant_id = :tenant_id AND c.active ORDER BY c.id LIMIT 1;
