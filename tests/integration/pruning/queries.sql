-- name: reset_link
-- A link to a new password.
INSERT INTO account_tokens (tenant_id, jti, purpose, user_id, origin, created_at, expires_at)
VALUES (:tenant_id, gen_random_uuid(), 'reset', :user_id, 'person', :now, :ends);

-- name: open_invitation
-- Somebody who was invited, and has not come yet.
WITH made AS (
    INSERT INTO invitations (tenant_id, email, name, role, created_at, invited_by)
    VALUES (:tenant_id, 'invited.' || :email, 'Nora', 'closer', :now, :user_id)
    RETURNING id
)
INSERT INTO account_tokens (tenant_id, jti, purpose, invitation_id, origin, created_at, expires_at)
SELECT :tenant_id, gen_random_uuid(), 'invitation', made.id, 'ceo', :now, :ends FROM made;

-- name: consent
-- Somebody who went to Google's consent page.
INSERT INTO calendar_consents (tenant_id, state_hash, seller_id, session_id, sealed_verifier, expires_at)
VALUES (:tenant_id, sha256(:email::text::bytea), :seller_id, :session_id::uuid, 'sealed', :ends);

-- name: meeting_link
-- A customer's link to a meeting.
INSERT INTO meeting_links (tenant_id, id, event_id, created_at) VALUES (:tenant_id, gen_random_uuid(), :event_id, :now);

-- name: count_login_challenges
-- How many there are.
SELECT count(*) FROM login_challenges WHERE tenant_id = :tenant_id;

-- name: count_account_tokens
-- How many there are.
SELECT count(*) FROM account_tokens WHERE tenant_id = :tenant_id;

-- name: count_calendar_consents
-- How many there are.
SELECT count(*) FROM calendar_consents WHERE tenant_id = :tenant_id;

-- name: count_meeting_links
-- How many there are.
SELECT count(*) FROM meeting_links WHERE tenant_id = :tenant_id;

-- name: answer
-- A request that was answered under an `Idempotency-Key` so long ago.
INSERT INTO idempotency_keys (tenant_id, user_id, route, key_hash, fingerprint, status, headers, body, created_at)
VALUES (:tenant_id, :user_id, 'POST /x', sha256(:email::text::bytea), 'x', 201, '{}', 'x', :ends);

-- name: import_draft
-- A file that nobody has taken in for so long.
INSERT INTO imports (
    tenant_id, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, created_by, created_at
)
VALUES (:tenant_id, 'utf-8', ',', '[]', true, 2, 0, 0, :user_id, :ends::timestamptz - interval '6 days');

-- name: import_row
-- What an import wrote so long ago.
WITH done AS (
    INSERT INTO imports (
        tenant_id, state, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, created_by,
        finished_at
    )
    VALUES (
        :tenant_id, 'done', 'utf-8', ',', '[]', true, 2, 1, 0, :user_id, :ends::timestamptz - interval '29 days'
    )
    RETURNING id
)
INSERT INTO import_rows (tenant_id, import_id, number, verdict) SELECT :tenant_id, done.id, 2, 'create' FROM done;

-- name: count_idempotency_keys
-- How many there are.
SELECT count(*) FROM idempotency_keys WHERE tenant_id = :tenant_id;

-- name: count_imports
-- How many wait to be taken in.
SELECT count(*) FROM imports WHERE tenant_id = :tenant_id AND state = 'draft';

-- name: count_import_rows
-- How many there are.
SELECT count(*) FROM import_rows WHERE tenant_id = :tenant_id;
