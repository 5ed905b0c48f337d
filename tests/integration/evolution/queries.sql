-- name: many_leads
-- As many people as asked for.
INSERT INTO leads (tenant_id, full_name, phone, match_key)
SELECT :tenant_id, 'Lead ' || n, '+5491' || n, 'key-' || n FROM generate_series(1, :many::int) AS n;

-- name: count_leads
-- How many there are.
SELECT count(*) FROM leads WHERE tenant_id = :tenant_id;

-- name: newest_leads
-- The newest ones, as a list reads them.
SELECT id, full_name FROM leads WHERE tenant_id = :tenant_id AND deleted_at IS NULL ORDER BY id DESC LIMIT 50;

-- name: old_company
-- A company as the first foundation knew it.
INSERT INTO tenants (id, name) VALUES (:tenant_id, 'Old');

-- name: old_stage
-- A stage of it.
INSERT INTO pipeline_stages (tenant_id, key, name, position) VALUES (:tenant_id, 'new', 'New', 1);

-- name: old_settings
-- Its settings.
INSERT INTO tenant_settings (tenant_id) VALUES (:tenant_id);
