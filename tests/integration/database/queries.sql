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

-- name: whose
-- Whose transaction it is.
-- cross-tenant: touches no table
SELECT COALESCE(current_setting('app.tenant_id', true), '');

-- name: enter_other
-- Enter a company by its number, whatever the transaction is.
-- cross-tenant: touches no table
SELECT enter_tenant(:other)::text;

-- name: any_stages
-- Stages of whoever may be seen.
-- cross-tenant: row level security alone is asked
SELECT key FROM pipeline_stages ORDER BY key;
