-- name: applied_patches
-- What the pipeline has applied here.
-- cross-tenant: the pipeline's own record; it holds no tenant's data
SELECT number, checksum FROM schema_patches;

-- name: server_time
-- What time the database thinks it is.
-- cross-tenant: touches no table
SELECT clock_timestamp();

-- name: owner_role
-- Whether the connected role may evolve the schema, and nothing more than that.
-- cross-tenant: reads the catalog only
SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolbypassrls AS bypasses,
    NOT EXISTS (
        SELECT 1 FROM pg_tables AS t WHERE t.schemaname = 'public' AND t.tableowner <> r.rolname
    ) AS owns_all
FROM pg_roles AS r
WHERE r.rolname = current_user;
