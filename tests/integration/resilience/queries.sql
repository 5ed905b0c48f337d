-- name: missing_modules
-- How often a missing module was told.
SELECT count(*) FROM system_events WHERE tenant_id = :tenant_id AND action = 'module.missing';

-- name: tenant_name
-- The company's name.
SELECT name FROM tenants WHERE tenants.id = :tenant_id;

-- name: needs
-- A column that may be missing.
SELECT need FROM leads WHERE tenant_id = :tenant_id;

-- name: duplicate_stage
-- A stage that is there already.
INSERT INTO pipeline_stages (tenant_id, key, name, position) VALUES (:tenant_id, 'new', 'New', 99);
