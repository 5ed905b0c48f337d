-- name: lock_turn
-- The turn that calls a tool: its calls run one at a time.
SELECT state FROM agent_turns WHERE tenant_id = :tenant_id AND id = :turn_id FOR UPDATE;

-- name: calls_of_turn
-- The tools that a turn has called, in order.
SELECT tool, arguments_hash, refused, result FROM tool_calls
WHERE tenant_id = :tenant_id AND turn_id = :turn_id
ORDER BY id;

-- name: store_call
-- A tool call with its effect's result, committed together with the effect.
INSERT INTO tool_calls (tenant_id, turn_id, tool, arguments, arguments_hash, refused, result)
VALUES (:tenant_id, :turn_id, :tool, :arguments, :arguments_hash, :refused, :result);

-- name: read_settings
-- How the company's agent works.
SELECT agent_name, agent_mode, takeover_hours FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: set_agent_mode
-- How the agent works wherever a conversation does not say otherwise; nothing where it does already.
UPDATE tenant_settings SET agent_mode = :agent_mode WHERE tenant_id = :tenant_id AND agent_mode <> :agent_mode;

-- name: brain_of
-- Who answers: a demo company's rules, or a model.
SELECT CASE WHEN t.mode = 'demo' THEN s.brain ELSE 'live' END
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;
