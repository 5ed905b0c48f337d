-- name: list_fields
-- Every field of the company in its order, archived ones last.
SELECT f.id, f.key, f.label, f.type, f.choices, f.required, f.position, f.archived_at IS NOT NULL AS archived
FROM custom_fields AS f
WHERE f.tenant_id = :tenant_id
ORDER BY f.archived_at IS NOT NULL, f.position, f.id;

-- name: lock_company
-- The company whose fields are changed: two who do it at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: add_field
-- A new field at the end; nothing where the key is taken.
INSERT INTO custom_fields (tenant_id, key, label, type, choices, required, position)
SELECT :tenant_id, :key, :label, :type, :choices, :required, COALESCE(max(f.position), 0) + 1
FROM custom_fields AS f
WHERE f.tenant_id = :tenant_id
ON CONFLICT (tenant_id, key) DO NOTHING
RETURNING id;

-- name: change_field
-- How a field is called and what it takes; its key and type are its values' and stay.
UPDATE custom_fields
SET label = :label, choices = :choices, required = :required,
    archived_at = CASE WHEN :archived THEN COALESCE(archived_at, now()) END
WHERE tenant_id = :tenant_id AND id = :field_id;

-- name: order_fields
-- Places from 1 on in the order of the list.
UPDATE custom_fields AS f SET position = n.position
FROM unnest(:ids::bigint[]) WITH ORDINALITY AS n (id, position)
WHERE f.tenant_id = :tenant_id AND f.id = n.id;
