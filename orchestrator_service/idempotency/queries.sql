-- name: claim_key
-- Whether nobody else is at work under that key; ours until the end of this transaction.
-- cross-tenant: an advisory lock touches no table; its number is made from the tenant and the key
SELECT pg_try_advisory_xact_lock(:lock);

-- name: find_answer
-- What was answered under a key.
SELECT fingerprint, status, headers, body, subject FROM idempotency_keys
WHERE tenant_id = :tenant_id AND user_id = :user_id AND route = :route AND key_hash = :key_hash;

-- name: keep_answer
-- What a key's request is answered, with what the request changed.
INSERT INTO idempotency_keys (tenant_id, user_id, route, key_hash, fingerprint, status, headers, body, subject)
VALUES (:tenant_id, :user_id, :route, :key_hash, :fingerprint, :status, :headers, :body, :subject);

-- name: forget_answers
-- Every kept answer of the company, before its day is over.
DELETE FROM idempotency_keys WHERE tenant_id = :tenant_id;
