-- name: add_stage
-- Something to undo.
INSERT INTO pipeline_stages (tenant_id, key, name, position) VALUES (:tenant_id, :key, :key, 99);

-- name: stages
-- What stayed.
SELECT key FROM pipeline_stages WHERE tenant_id = :tenant_id AND position = 99 ORDER BY key;

-- name: sleep
-- Take a minute.
-- cross-tenant: touches no table
SELECT pg_sleep(60)::text;
