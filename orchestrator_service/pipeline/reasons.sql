-- name: list_reasons
-- Every reason of the company in its order, archived ones last.
SELECT r.id, r.name, r.archived_at IS NOT NULL AS archived
FROM lost_reasons AS r
WHERE r.tenant_id = :tenant_id
ORDER BY r.archived_at IS NOT NULL, r.position, r.id;

-- name: lock_company
-- The company whose reasons are changed: two who do it at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: add_reason
-- A new reason at the end; nothing where the name is taken, however it was written.
INSERT INTO lost_reasons (tenant_id, name, position)
SELECT :tenant_id, :name, COALESCE(max(r.position), 0) + 1
FROM lost_reasons AS r
WHERE r.tenant_id = :tenant_id
ON CONFLICT (tenant_id, lower(name)) DO NOTHING
RETURNING id;

-- name: write_reason
-- Another name, out of use or back in it.
UPDATE lost_reasons
SET name = :name, archived_at = CASE WHEN :archived THEN COALESCE(archived_at, now()) END
WHERE tenant_id = :tenant_id AND id = :reason_id;

-- name: order_reasons
-- Places from 1 on in the order of the list.
UPDATE lost_reasons AS r SET position = n.position
FROM unnest(:ids::bigint[]) WITH ORDINALITY AS n (id, position)
WHERE r.tenant_id = :tenant_id AND r.id = n.id;
