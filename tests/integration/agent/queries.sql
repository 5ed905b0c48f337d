-- name: rewrite
-- A published version would be changed.
UPDATE agent_versions SET body = '{}' WHERE tenant_id = :tenant_id;

-- name: shown
-- What others show of the agent.
SELECT agent_name || ': ' || offer_summary FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: published
-- What the audit log says of publications.
SELECT subject, detail FROM system_events WHERE tenant_id = :tenant_id AND action = 'agent.published' ORDER BY id;
