-- name: add_invitation
-- Somebody is wanted; one open invitation an e-mail.
INSERT INTO invitations (tenant_id, email, name, role, invited_by, created_at)
VALUES (:tenant_id, :email, :name, :role, :invited_by, :now)
RETURNING id;

-- name: has_account
-- Whether an e-mail is known in this company.
SELECT EXISTS (SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.email = :email);

-- name: lock_invitation
-- An open invitation, locked: two who resend it take turns.
SELECT id FROM invitations
WHERE tenant_id = :tenant_id AND id = :invitation_id AND accepted_at IS NULL AND revoked_at IS NULL
FOR UPDATE;

-- name: list_invitations
-- Open invitations, newest first, each with its living link.
SELECT i.id, i.email, i.name, i.role, i.created_at, t.expires_at, t.mail
FROM invitations AS i
LEFT JOIN account_tokens AS t ON t.tenant_id = i.tenant_id AND t.invitation_id = i.id
    AND t.used_at IS NULL AND t.voided_at IS NULL
WHERE i.tenant_id = :tenant_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.id < :before_id
    AND (:only::bigint IS NULL OR i.id = :only)
ORDER BY i.id DESC
LIMIT :most;

-- name: revoke_invitation
-- Taken back.
UPDATE invitations SET revoked_at = :now
WHERE tenant_id = :tenant_id AND id = :invitation_id AND accepted_at IS NULL AND revoked_at IS NULL;

-- name: accept_invitation
-- Whom an open invitation was for, from now on accepted.
UPDATE invitations SET accepted_at = :now
WHERE tenant_id = :tenant_id AND id = :invitation_id AND accepted_at IS NULL AND revoked_at IS NULL
RETURNING email, name, role;

-- name: name_account
-- Which account an invitation became.
UPDATE invitations SET user_id = :user_id WHERE tenant_id = :tenant_id AND id = :invitation_id;

-- name: let_in_waiting
-- The invited had asked to join meanwhile: the invitation is the answer to that.
UPDATE users
SET name = :name, role = :role, password_hash = :password_hash, status = 'active', activated_at = :now
WHERE tenant_id = :tenant_id AND email = :email AND status = 'pending'
RETURNING id;

-- name: add_invitation_token
-- A link for an invitation.
INSERT INTO account_tokens
    (tenant_id, jti, purpose, invitation_id, origin, created_by, created_at, expires_at, mail, sealed)
VALUES (
    :tenant_id, :jti, 'invitation', :invitation_id, 'ceo', :created_by, :now, :expires_at,
    CASE WHEN :sealed::text IS NOT NULL THEN 'waiting' END, :sealed
)
RETURNING id;

-- name: add_reset_token
-- A link to a new password, for somebody who may come in; nothing for anybody else.
INSERT INTO account_tokens (tenant_id, jti, purpose, user_id, origin, created_by, created_at, expires_at, mail, sealed)
SELECT u.tenant_id, :jti::uuid, 'reset', u.id, :origin, :created_by::bigint, :now::timestamptz, :expires_at::timestamptz,
    CASE WHEN :sealed::text IS NOT NULL THEN 'waiting' END, :sealed
FROM users AS u
JOIN tenants AS t ON t.id = u.tenant_id
WHERE u.tenant_id = :tenant_id AND t.id = :tenant_id AND u.id = :user_id AND u.status = 'active' AND t.status = 'active'
RETURNING id;

-- name: note_forgotten
-- Somebody who may come in waits for a link; nothing for anybody else.
UPDATE users AS u SET reset_asked_at = :now
FROM tenants AS t
WHERE u.tenant_id = :tenant_id AND t.id = :tenant_id AND u.id = :user_id AND u.status = 'active' AND t.status = 'active'
RETURNING u.id;

-- name: forget_request
-- The request is answered, or was none.
UPDATE users SET reset_asked_at = NULL WHERE tenant_id = :tenant_id AND id = :user_id AND reset_asked_at IS NOT NULL;

-- name: still_asked
-- Whether somebody still waits for a link.
SELECT EXISTS (
    SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id AND u.reset_asked_at IS NOT NULL
);

-- name: status_of_user
-- How an account stands, locked.
SELECT status FROM users WHERE tenant_id = :tenant_id AND id = :user_id FOR UPDATE;

-- name: void_of_user
-- No link of that person counts any more.
UPDATE account_tokens SET voided_at = :now, sealed = NULL, mail = NULLIF(mail, 'waiting')
WHERE tenant_id = :tenant_id AND user_id = :user_id AND used_at IS NULL AND voided_at IS NULL;

-- name: void_of_invitation
-- No link of that invitation counts any more.
UPDATE account_tokens SET voided_at = :now, sealed = NULL, mail = NULLIF(mail, 'waiting')
WHERE tenant_id = :tenant_id AND invitation_id = :invitation_id AND used_at IS NULL AND voided_at IS NULL;

-- name: use_token
-- Use a link up: of any number who try at once, one finds it.
UPDATE account_tokens SET used_at = :now, sealed = NULL, mail = NULLIF(mail, 'waiting')
WHERE tenant_id = :tenant_id AND jti = :jti AND purpose = :purpose
    AND used_at IS NULL AND voided_at IS NULL AND expires_at > :now
RETURNING user_id, invitation_id, origin, created_by, created_at;

-- name: find_target
-- Whom a link is for, as long as it counts.
SELECT COALESCE(i.email, u.email) AS email, COALESCE(i.name, u.name) AS name, i.role, c.name AS company, t.expires_at
FROM account_tokens AS t
JOIN tenants AS c ON c.id = t.tenant_id
LEFT JOIN users AS u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN invitations AS i ON i.tenant_id = t.tenant_id AND i.id = t.invitation_id
WHERE t.tenant_id = :tenant_id AND c.id = :tenant_id AND t.jti = :jti AND t.purpose = :purpose
    AND t.used_at IS NULL AND t.voided_at IS NULL AND t.expires_at > :now AND c.status = 'active'
    AND (i.id IS NOT NULL OR u.status = 'active');

-- name: due_mail
-- A mail that still waits to be sent, and still has a point.
SELECT t.purpose, COALESCE(i.email, u.email) AS email, COALESCE(i.name, u.name) AS name, c.name AS company, c.language,
    b.name AS inviter, t.jti::text AS jti, t.sealed
FROM account_tokens AS t
JOIN tenants AS c ON c.id = t.tenant_id
LEFT JOIN users AS u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN invitations AS i ON i.tenant_id = t.tenant_id AND i.id = t.invitation_id
LEFT JOIN users AS b ON b.tenant_id = t.tenant_id AND b.id = t.created_by
WHERE t.tenant_id = :tenant_id AND c.id = :tenant_id AND t.id = :token_id AND t.mail = 'waiting'
    AND t.used_at IS NULL AND t.voided_at IS NULL AND t.expires_at > :now;

-- name: settle_mail
-- What became of a mail; its token is not kept.
UPDATE account_tokens SET mail = :outcome, sealed = NULL
WHERE tenant_id = :tenant_id AND id = :token_id AND mail = 'waiting';

-- name: password_of
-- The hash that a logged-in person has to know the password of, and who that is.
SELECT email, name, password_hash FROM users WHERE tenant_id = :tenant_id AND id = :user_id AND status = 'active';
