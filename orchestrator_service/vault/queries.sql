-- name: list_stored
-- What is stored, masked; the sealed values stay where they are.
SELECT name, masked, updated_at FROM credentials WHERE tenant_id = :tenant_id;

-- name: writers
-- Who wrote a key last, by its subject in the audit log; at that moment, since the command line may have written later.
SELECT DISTINCT ON (subject) subject, user_id, occurred_at
FROM system_events
WHERE tenant_id = :tenant_id AND action = 'credentials.set' AND subject IS NOT NULL AND user_id IS NOT NULL
ORDER BY subject, id DESC;

-- name: what_is_simulated
-- Whether the company is a demo, and which brain answers.
SELECT t.mode, s.brain
FROM tenants AS t
JOIN tenant_settings AS s ON s.tenant_id = t.id
WHERE t.id = :tenant_id AND s.tenant_id = :tenant_id;

-- name: list_numbers
-- The company's WhatsApp numbers, oldest first.
SELECT id, provider, name, business_number FROM channels WHERE tenant_id = :tenant_id ORDER BY id;

-- name: delete_credential
-- Forget one integration key.
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: count_stale
-- How many values are not sealed with the active key, whose envelopes start with the prefix.
SELECT count(*) FROM credentials WHERE tenant_id = :tenant_id AND NOT starts_with(sealed, :prefix);

-- name: stale_batch
-- The next such values by name.
SELECT name, sealed
FROM credentials
WHERE tenant_id = :tenant_id AND NOT starts_with(sealed, :prefix) AND name > :after
ORDER BY name
LIMIT :most;

-- name: replace_sealed
-- Put new envelopes in the place of the old ones; a value that somebody wrote meanwhile stays.
UPDATE credentials AS c
SET sealed = n.fresh
FROM unnest(:names::text[], :stale::text[], :fresh::text[]) AS n (name, stale, fresh)
WHERE c.tenant_id = :tenant_id AND c.name = n.name AND c.sealed = n.stale;
