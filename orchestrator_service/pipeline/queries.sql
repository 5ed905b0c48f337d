-- name: list_stages
-- The company's stages, in order.
SELECT id, key, name, kind, position FROM pipeline_stages WHERE tenant_id = :tenant_id ORDER BY position, id;
