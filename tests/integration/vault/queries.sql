-- name: sealed
-- What lies in the table.
SELECT name, sealed FROM credentials WHERE tenant_id = :tenant_id ORDER BY name;

-- name: events
-- What was told of the vault.
SELECT action, severity, user_id, subject, detail
FROM system_events WHERE tenant_id = :tenant_id AND (action LIKE 'credentials.%' OR action LIKE 'vault.%') ORDER BY id;

-- name: put_sealed
-- An envelope as somebody else wrote it.
INSERT INTO credentials (tenant_id, name, sealed, masked) VALUES (:tenant_id, :name, :sealed, '')
ON CONFLICT (tenant_id, name) DO UPDATE SET sealed = excluded.sealed;

-- name: put_many
-- Many of them.
INSERT INTO credentials (tenant_id, name, sealed, masked)
SELECT :tenant_id, n.name, n.sealed, '' FROM unnest(:names::text[], :sealed::text[]) AS n (name, sealed);

-- name: left_over
-- How many are not sealed with that key.
SELECT count(*) FROM credentials WHERE tenant_id = :tenant_id AND NOT starts_with(sealed, :prefix);

-- name: endpoints
-- How many webhook addresses lead to the company.
SELECT count(*) FROM directory WHERE tenant_id = :tenant_id AND kind = 'endpoint';

-- name: channel_events
-- What was written of its numbers.
SELECT action AS name, detail AS payload FROM system_events
WHERE tenant_id = :tenant_id AND action IN ('channel.added', 'channel.address_renewed', 'channel.changed') ORDER BY id;
