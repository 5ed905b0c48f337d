-- name: list_keys
-- The company's keys, newest first, the revoked ones too.
SELECT k.id, k.name, k.hint, k.user_id, u.name AS user_name, u.role, u.status = 'active' AS user_active, k.scopes,
    k.created_at, k.expires_at, k.rotated_at, k.revoked_at, k.last_used_at
FROM api_keys AS k
JOIN users AS u ON u.tenant_id = :tenant_id AND u.id = k.user_id
WHERE k.tenant_id = :tenant_id AND k.id < :before_id
ORDER BY k.id DESC
LIMIT :most;

-- name: find_key
-- One key.
SELECT k.id, k.name, k.hint, k.user_id, u.name AS user_name, u.role, u.status = 'active' AS user_active, k.scopes,
    k.created_at, k.expires_at, k.rotated_at, k.revoked_at, k.last_used_at
FROM api_keys AS k
JOIN users AS u ON u.tenant_id = :tenant_id AND u.id = k.user_id
WHERE k.tenant_id = :tenant_id AND k.id = :key_id;

-- name: find_owner
-- In whose name a key may act.
SELECT role, status = 'active' AS active FROM users WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: lock_keys
-- Of two who add a key at once, one waits.
SELECT id FROM tenants WHERE id = :tenant_id FOR UPDATE;

-- name: count_keys
-- How many keys are not revoked.
SELECT count(*) FROM api_keys WHERE tenant_id = :tenant_id AND revoked_at IS NULL;

-- name: add_key
-- A new key.
INSERT INTO api_keys (tenant_id, user_id, name, key_hash, hint, scopes, created_by, created_at, expires_at)
VALUES (:tenant_id, :user_id, :name, :key_hash, :hint, :scopes, :created_by, :now, :expires_at)
RETURNING id;

-- name: renew_key
-- Another secret for the same key; the old one opens nothing from the commit on.
UPDATE api_keys SET key_hash = :key_hash, hint = :hint, rotated_at = :now, last_used_at = NULL
WHERE tenant_id = :tenant_id AND id = :key_id AND revoked_at IS NULL
RETURNING id;

-- name: revoke_key
-- A key that opens nothing from the commit on; one that is revoked already stays as it is.
UPDATE api_keys SET revoked_at = COALESCE(revoked_at, :now) WHERE tenant_id = :tenant_id AND id = :key_id;
