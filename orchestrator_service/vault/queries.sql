-- name: list_stored
-- What is stored, masked; the sealed values stay where they are.
SELECT name, masked, updated_at FROM credentials WHERE tenant_id = :tenant_id;

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
