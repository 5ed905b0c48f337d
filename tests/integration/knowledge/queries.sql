-- name: calls
-- What the agent called, in order.
SELECT tool, arguments, result FROM tool_calls WHERE tenant_id = :tenant_id ORDER BY id;

-- name: citations
-- What replies rest on.
SELECT detail FROM turn_steps WHERE tenant_id = :tenant_id AND name = 'cite';

-- name: learned_notices
-- How often somebody was told of an answer to approve.
SELECT count(*) FROM notifications WHERE tenant_id = :tenant_id AND kind = 'learned_answer';

-- name: resume
-- The agent answers again.
UPDATE conversations SET agent_paused_until = NULL WHERE tenant_id = :tenant_id;
