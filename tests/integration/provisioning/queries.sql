-- name: company
-- The company that the transaction is of.
SELECT name FROM tenants WHERE id = :tenant_id;

-- name: stages
-- The pipeline, in order, as one text.
SELECT string_agg(key || '=' || name, ' ' ORDER BY position) FROM pipeline_stages WHERE tenant_id = :tenant_id;

-- name: settings
-- What a company starts with, as one text.
SELECT agent_name || ' ' || brain || ' ' || quiet_seconds || ' ' || maximum_wait_seconds
FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: criteria
-- The criteria that are asked for, as one text.
SELECT string_agg(criterion, ' ' ORDER BY criterion) FROM conversion_criteria WHERE tenant_id = :tenant_id AND required;

-- name: last_seq
-- Where the events' numbers are.
SELECT last_seq FROM event_sequences WHERE tenant_id = :tenant_id;

-- name: sealed
-- Everything that is sealed, as one text.
SELECT string_agg(sealed, ' ') FROM credentials WHERE tenant_id = :tenant_id;
