-- name: list_stages
-- The company's stages, in order.
SELECT id, key, name, kind, position, day_limit
FROM pipeline_stages
WHERE tenant_id = :tenant_id
ORDER BY position, id;

-- name: lock_stages
-- Nobody else names or orders the stages until the end of the transaction.
SELECT id FROM pipeline_stages WHERE tenant_id = :tenant_id ORDER BY id FOR NO KEY UPDATE;

-- name: write_stages
-- Names, limits, and places from 1 on in the order of the list.
UPDATE pipeline_stages AS s
SET name = n.name, day_limit = n.day_limit, position = n.position
FROM unnest(:ids::bigint[], :names::text[], :limits::int[]) WITH ORDINALITY AS n (id, name, day_limit, position)
WHERE s.tenant_id = :tenant_id AND s.id = n.id;
