-- name: live_key
-- Whose name a key acts in, as long as key, user and company all count.
SELECT k.id AS key_id, u.id AS user_id, u.role, k.scopes,
    c.require_totp AND NOT EXISTS (
        SELECT 1 FROM user_totps AS f
        WHERE f.tenant_id = :tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
    ) AS owes_totp,
    COALESCE(k.last_used_at < :noted_since, true) AS unnoted
FROM api_keys AS k
JOIN users AS u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
JOIN tenants AS t ON t.id = k.tenant_id
JOIN tenant_settings AS c ON c.tenant_id = k.tenant_id
WHERE k.tenant_id = :tenant_id AND t.id = :tenant_id AND k.key_hash = :key_hash
    AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > :now)
    AND u.status = 'active' AND t.status = 'active';

-- name: note_use
-- That a key is in use; of many requests at once, one writes.
UPDATE api_keys SET last_used_at = :now
WHERE tenant_id = :tenant_id AND id = :key_id AND (last_used_at IS NULL OR last_used_at < :noted_since);
