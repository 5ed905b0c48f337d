-- name: stage_names
-- What the company calls its stages.
SELECT p.key, p.name FROM pipeline_stages AS p WHERE p.tenant_id = :tenant_id;

-- name: owner_addresses
-- Who owns leads, as an import knows them again.
SELECT u.id, u.email FROM users AS u WHERE u.tenant_id = :tenant_id;
