-- name: suspend_tenant
-- The operator shuts a company out.
UPDATE tenants SET status = 'suspended' WHERE id = :tenant_id AND :tenant_id = id;

-- name: set_hash
-- A hash that was made earlier.
UPDATE users SET password_hash = :password_hash WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: hash_of
-- The stored hash.
SELECT password_hash FROM users WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: status_of
-- How an e-mail's account stands.
SELECT status FROM users WHERE tenant_id = :tenant_id AND email = :email;

-- name: announced
-- What was announced, in order.
SELECT name, audience, payload FROM outbox_events WHERE tenant_id = :tenant_id ORDER BY id;
