-- name: totp_state
-- How an account's second factor stands; no row where it never had one.
SELECT f.confirmed_at,
    (SELECT count(*) FROM recovery_codes AS r
        WHERE r.tenant_id = :tenant_id AND r.user_id = :user_id AND r.used_at IS NULL) AS codes_left
FROM user_totps AS f
WHERE f.tenant_id = :tenant_id AND f.user_id = :user_id;

-- name: is_required
-- Whether the company wants a second factor of everybody.
SELECT require_totp FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: set_required
-- Want a second factor of everybody, or leave it to each.
UPDATE tenant_settings SET require_totp = :required WHERE tenant_id = :tenant_id AND require_totp <> :required;

-- name: start_totp
-- A new secret waits for its first code; one that is in use stays.
INSERT INTO user_totps AS f (tenant_id, user_id)
VALUES (:tenant_id, :user_id)
ON CONFLICT (tenant_id, user_id) DO UPDATE SET last_step = 0, created_at = now()
WHERE f.tenant_id = :tenant_id AND f.confirmed_at IS NULL;

-- name: is_active
-- Whether an account has a second factor in use.
SELECT EXISTS (
    SELECT 1 FROM user_totps AS f
    WHERE f.tenant_id = :tenant_id AND f.user_id = :user_id AND f.confirmed_at IS NOT NULL
);

-- name: lock_waiting
-- Whether a secret waits for its first code; locked, so that it is not exchanged meanwhile.
SELECT user_id FROM user_totps
WHERE tenant_id = :tenant_id AND user_id = :user_id AND confirmed_at IS NULL
FOR UPDATE;

-- name: confirm_totp
-- The app has shown that it has the secret; the code that showed it counts as used.
UPDATE user_totps SET confirmed_at = :now, last_step = :step
WHERE tenant_id = :tenant_id AND user_id = :user_id AND confirmed_at IS NULL;

-- name: spend_step
-- Use the code of a step, once: of two at the same time one finds the other's step there.
UPDATE user_totps SET last_step = :step
WHERE tenant_id = :tenant_id AND user_id = :user_id AND confirmed_at IS NOT NULL AND last_step < :step;

-- name: delete_totp
-- No second factor any more; its recovery codes go with it.
DELETE FROM user_totps WHERE tenant_id = :tenant_id AND user_id = :user_id;

-- name: delete_secret
-- Forget the sealed secret.
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: delete_recovery_codes
-- The codes of before are worth nothing.
DELETE FROM recovery_codes WHERE tenant_id = :tenant_id AND user_id = :user_id;

-- name: add_recovery_codes
-- New codes, as hashes.
INSERT INTO recovery_codes (tenant_id, user_id, code_hash)
SELECT :tenant_id, :user_id, c.code_hash FROM unnest(:hashes::bytea[]) AS c (code_hash);

-- name: spend_recovery_code
-- Use a recovery code, once.
UPDATE recovery_codes SET used_at = :now
WHERE tenant_id = :tenant_id AND user_id = :user_id AND code_hash = :code_hash AND used_at IS NULL;

-- name: end_other_sessions
-- End a user's sessions but one, and the logins that wait for a code.
WITH waiting AS (
    DELETE FROM login_challenges AS c WHERE c.tenant_id = :tenant_id AND c.user_id = :user_id
)
UPDATE sessions SET revoked_at = now()
WHERE tenant_id = :tenant_id AND user_id = :user_id AND id <> :kept AND revoked_at IS NULL;

-- name: create_challenge
-- The password was right; a code is awaited.
INSERT INTO login_challenges (tenant_id, id, user_id, expires_at)
VALUES (:tenant_id, :challenge_id, :user_id, :expires_at);

-- name: delete_stale_challenges
-- What nobody answered in time.
DELETE FROM login_challenges WHERE tenant_id = :tenant_id AND user_id = :user_id AND expires_at <= :now;

-- name: hold_account
-- That somebody may come in, held until the session that a code opens is stored: whoever shuts the account out, or changes
-- its password or role, waits meanwhile, and then ends that session too.
SELECT id FROM users WHERE tenant_id = :tenant_id AND id = :user_id AND status = 'active' FOR SHARE;

-- name: lock_account
-- Nobody logs in to an account until the transaction ends: what ends its sessions finds them all.
SELECT id FROM users WHERE tenant_id = :tenant_id AND id = :user_id FOR NO KEY UPDATE;

-- name: lock_challenge
-- A login that may still be answered, as long as account and company count; locked, so that answers come one by one.
SELECT c.id
FROM login_challenges AS c
JOIN users AS u ON u.tenant_id = c.tenant_id AND u.id = c.user_id
JOIN tenants AS t ON t.id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.id = :challenge_id AND c.user_id = :user_id
    AND c.expires_at > :now AND u.status = 'active' AND t.status = 'active'
FOR UPDATE OF c;

-- name: count_wrong_code
-- One more wrong answer; how many that makes.
UPDATE login_challenges SET wrong_codes = wrong_codes + 1
WHERE tenant_id = :tenant_id AND id = :challenge_id
RETURNING wrong_codes;

-- name: delete_challenge
-- Answered, or void: it cannot be answered again.
DELETE FROM login_challenges WHERE tenant_id = :tenant_id AND id = :challenge_id;
