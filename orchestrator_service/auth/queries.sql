-- name: find_account
-- An account by its e-mail, with whether its company may work.
SELECT u.id, u.email, u.name, u.role, u.status, u.password_hash, t.status = 'active' AS tenant_active
FROM users AS u
JOIN tenants AS t ON t.id = u.tenant_id
WHERE u.tenant_id = :tenant_id AND t.id = :tenant_id AND u.email = :email;

-- name: hold_account
-- That a password which was right still is, held until the session that it opens is stored: whoever changes it meanwhile
-- waits, and then ends that session too.
SELECT id FROM users
WHERE tenant_id = :tenant_id AND id = :user_id AND status = 'active' AND password_hash = :password_hash
FOR SHARE;

-- name: find_own_password
-- What the password of somebody logged in is compared with.
SELECT email, password_hash FROM users WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: tenant_active
-- Whether the company may work.
SELECT status = 'active' FROM tenants WHERE id = :tenant_id;

-- name: create_user
-- A new account; one e-mail is one account.
INSERT INTO users (tenant_id, email, name, role, status, password_hash, activated_at)
VALUES (
    :tenant_id, :email, :name, :role, :status, :password_hash, CASE WHEN :status = 'active' THEN now() END
)
RETURNING id;

-- name: update_password_hash
-- The same password, hashed with today's parameters.
UPDATE users SET password_hash = :password_hash
WHERE tenant_id = :tenant_id AND id = :user_id AND password_hash = :old_hash;

-- name: set_password
-- Another password, for somebody who may come in; whoever waited for a link waits no more.
UPDATE users SET password_hash = :password_hash, reset_asked_at = NULL
WHERE tenant_id = :tenant_id AND id = :user_id AND status = 'active'
    AND (:instead_of::text IS NULL OR password_hash = :instead_of);

-- name: revoke_other_sessions
-- End all sessions of a user but the one that is kept, and the logins that wait for a code.
WITH waiting AS (
    DELETE FROM login_challenges AS c WHERE c.tenant_id = :tenant_id AND c.user_id = :user_id
)
UPDATE sessions SET revoked_at = now()
WHERE tenant_id = :tenant_id AND user_id = :user_id AND revoked_at IS NULL AND (:kept::uuid IS NULL OR id <> :kept);

-- name: create_session
-- Somebody has logged in.
INSERT INTO sessions (tenant_id, id, user_id, created_at, expires_at, address, user_agent)
VALUES (:tenant_id, :session_id, :user_id, :now, :expires_at, :address, :user_agent);

-- name: live_session
-- Who a session is, as long as session, user and company all count. It enters the tenant by itself.
SELECT s.user_id, s.role, s.owes_totp
FROM session_of(:tenant_id, :session_id, :user_id, :now) AS s
WHERE s.tenant_id = :tenant_id;

-- name: live_session_in_steps
-- The same without the function, on a database that patch 171 has not reached.
SELECT u.id AS user_id, u.role,
    c.require_totp AND NOT EXISTS (
        SELECT 1 FROM user_totps AS f
        WHERE f.tenant_id = :tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
    ) AS owes_totp
FROM sessions AS s
JOIN users AS u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
JOIN tenants AS t ON t.id = s.tenant_id
JOIN tenant_settings AS c ON c.tenant_id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id AND s.id = :session_id AND s.user_id = :user_id
    AND s.revoked_at IS NULL AND s.expires_at > :now AND u.status = 'active' AND t.status = 'active';

-- name: list_sessions
-- A user's living sessions, newest first.
SELECT id, created_at, expires_at, address, user_agent
FROM sessions
WHERE tenant_id = :tenant_id AND user_id = :user_id AND revoked_at IS NULL AND expires_at > :now
ORDER BY created_at DESC, id
LIMIT :most;

-- name: revoke_session
-- End one session of a user.
UPDATE sessions SET revoked_at = :now
WHERE tenant_id = :tenant_id AND id = :session_id AND user_id = :user_id AND revoked_at IS NULL;

-- name: revoke_sessions_of_user
-- End all sessions of a user, and the logins that wait for a code.
WITH waiting AS (
    DELETE FROM login_challenges AS c WHERE c.tenant_id = :tenant_id AND c.user_id = :user_id
)
UPDATE sessions SET revoked_at = now()
WHERE tenant_id = :tenant_id AND user_id = :user_id AND revoked_at IS NULL;

-- name: revoke_sessions_of_company
-- End every session of the company, and the logins that wait for a code.
WITH waiting AS (
    DELETE FROM login_challenges AS c WHERE c.tenant_id = :tenant_id
)
UPDATE sessions SET revoked_at = now() WHERE tenant_id = :tenant_id AND revoked_at IS NULL;

-- name: find_profile
-- Who is logged in and where, for the web app.
SELECT u.id, u.email, u.name, u.role, t.id AS tenant_id, t.name AS tenant_name, t.mode, t.language, t.zone,
    t.currency::text AS currency, s.vocabulary, s.vocabulary_words, s.agent_name, s.agent_mode, s.takeover_hours
FROM users AS u
JOIN tenants AS t ON t.id = u.tenant_id
JOIN tenant_settings AS s ON s.tenant_id = u.tenant_id
WHERE u.tenant_id = :tenant_id AND t.id = :tenant_id AND u.id = :user_id;

-- name: list_users
-- The company's accounts, newest first.
SELECT u.id, u.email, u.name, u.role, u.status, u.created_at, u.activated_at, u.reset_asked_at,
    EXISTS (
        SELECT 1 FROM user_totps AS f
        WHERE f.tenant_id = :tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
    ) AS totp
FROM users AS u
WHERE u.tenant_id = :tenant_id AND u.id < :before_id AND (:status::text IS NULL OR u.status = :status)
ORDER BY u.id DESC
LIMIT :most;

-- name: list_members
-- Who is or was let in, by id: the names behind owners, authors and mentions.
SELECT id, name, role, status = 'active' AS active
FROM users
WHERE tenant_id = :tenant_id AND id > :after_id AND status <> 'pending'
ORDER BY id
LIMIT :most;

-- name: find_user
-- One account of the company, locked.
SELECT u.id, u.email, u.name, u.role, u.status, u.created_at, u.activated_at, u.reset_asked_at,
    EXISTS (
        SELECT 1 FROM user_totps AS f
        WHERE f.tenant_id = :tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
    ) AS totp
FROM users AS u
WHERE u.tenant_id = :tenant_id AND u.id = :user_id
FOR UPDATE OF u;

-- name: lock_accounts
-- Who decides and whom it is about, locked in the order of their numbers; what they are once nobody else changes them.
SELECT id, role, status FROM users
WHERE tenant_id = :tenant_id AND id = ANY(:user_ids::bigint[])
ORDER BY id
FOR UPDATE;

-- name: set_user_status
-- Let an account in, or shut it out.
UPDATE users
SET status = :status, activated_at = CASE WHEN :status = 'active' THEN COALESCE(activated_at, now()) ELSE activated_at END
WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: hold_user
-- Make an account wait again, as if it had never been let in.
UPDATE users SET status = 'pending', activated_at = NULL WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: set_user_role
-- Give an account another role.
UPDATE users SET role = :role WHERE tenant_id = :tenant_id AND id = :user_id;
