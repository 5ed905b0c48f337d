-- name: lines
-- The company's audit log.
SELECT action, user_id, subject, detail ->> 'api_key' AS api_key
FROM system_events WHERE tenant_id = :tenant_id ORDER BY id;

-- name: everything_stored
-- All that is kept of keys, and what was logged of them, as text.
SELECT (SELECT string_agg(k::text, ' ') FROM api_keys AS k WHERE k.tenant_id = :tenant_id)
    || (SELECT string_agg(e::text, ' ') FROM system_events AS e WHERE e.tenant_id = :tenant_id);
