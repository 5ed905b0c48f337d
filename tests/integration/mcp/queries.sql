-- name: lines
-- What assistants did, first to last.
SELECT detail ->> 'tool' AS tool, detail ->> 'outcome' AS outcome, subject, user_id, detail ->> 'api_key' AS api_key
FROM system_events WHERE tenant_id = :tenant_id AND action = 'mcp.tool' ORDER BY id;
