-- name: tokens
-- Every link of the company, oldest first.
SELECT id, purpose, origin, mail, sealed, used_at IS NOT NULL AS used, voided_at IS NOT NULL AS voided
FROM account_tokens
WHERE tenant_id = :tenant_id
ORDER BY id;

-- name: notices
-- What a person was told.
SELECT kind, data FROM notifications WHERE tenant_id = :tenant_id AND user_id = :user_id ORDER BY id;

-- name: accounts_of
-- How an e-mail's account stands here.
SELECT id, name, role, status FROM users WHERE tenant_id = :tenant_id AND email = :email;

-- name: suspend_tenant
-- The operator shuts a company out.
UPDATE tenants SET status = 'suspended' WHERE id = :tenant_id AND :tenant_id = id;

-- name: jobs_waiting
-- What was put into the queue, oldest first, in whatever state.
-- cross-tenant: the queue knows no tenants
SELECT task_name AS name, args FROM jobs.procrastinate_jobs ORDER BY id;

-- name: everything_said
-- The whole audit log of the company, as one text.
SELECT COALESCE(string_agg(e::text, ' '), '') FROM system_events AS e WHERE e.tenant_id = :tenant_id;
