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

-- name: own_events
-- What was written down of an account, oldest first.
SELECT action, severity, user_id, subject, detail FROM system_events
WHERE tenant_id = :tenant_id AND subject = 'user:' || :user_id::text
ORDER BY id;

-- name: stored_secrets
-- All that is kept of second factors, as text.
SELECT c.sealed || ' ' || c.masked AS kept FROM credentials AS c WHERE c.tenant_id = :tenant_id
UNION ALL
SELECT encode(r.code_hash, 'escape') FROM recovery_codes AS r WHERE r.tenant_id = :tenant_id;

-- name: move_secret
-- Somebody with the database in hand gives an account the secret of another.
UPDATE credentials SET name = 'auth:totp:' || :receiver::text
WHERE tenant_id = :tenant_id AND name = 'auth:totp:' || :giver::text;

-- name: drop_secret
-- As above.
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = 'auth:totp:' || :user_id::text;

-- name: challenges_of
-- How many logins wait for a code.
SELECT count(*) FROM login_challenges WHERE tenant_id = :tenant_id AND user_id = :user_id;

-- name: notices_of
-- What somebody was told.
SELECT kind FROM notifications WHERE tenant_id = :tenant_id AND user_id = :user_id ORDER BY id;

-- name: forged
-- How many forged challenges were written down.
SELECT count(*) FROM system_events WHERE tenant_id = :tenant_id AND action = 'auth.challenge_refused';

-- name: notices_waiting
-- What owners of accounts are to be told.
-- cross-tenant: the queue knows no tenants
SELECT args FROM procrastinate_jobs WHERE task_name = 'notifications.account_notice' ORDER BY id;
