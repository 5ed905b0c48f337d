-- name: add_run
-- A new conversation with the agent.
INSERT INTO playground_runs (tenant_id, user_id, state, exchanges)
VALUES (:tenant_id, :user_id, 'thinking', :exchanges)
RETURNING id, user_id, state, exchanges, sandbox, created_at, updated_at;

-- name: forget_old_runs
-- Only somebody's newest conversations are kept.
DELETE FROM playground_runs AS r
WHERE r.tenant_id = :tenant_id AND r.user_id = :user_id AND r.id NOT IN (
    SELECT k.id FROM playground_runs AS k
    WHERE k.tenant_id = :tenant_id AND k.user_id = :user_id
    ORDER BY k.id DESC LIMIT :most
);

-- name: find_run
-- One conversation of somebody's.
SELECT id, user_id, state, exchanges, sandbox, created_at, updated_at
FROM playground_runs
WHERE tenant_id = :tenant_id AND id = :run_id AND user_id = :user_id;

-- name: lock_run
-- One conversation, locked until commit.
SELECT id, user_id, state, exchanges, sandbox, created_at, updated_at
FROM playground_runs
WHERE tenant_id = :tenant_id AND id = :run_id
FOR UPDATE;

-- name: save_run
-- How a conversation stands.
UPDATE playground_runs
SET state = :state, exchanges = :exchanges, sandbox = :sandbox, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :run_id
RETURNING id, user_id, state, exchanges, sandbox, created_at, updated_at;

-- name: company_context
-- What a company set for its agent, without any conversation.
SELECT 0::bigint AS conversation_id, NULL::bigint AS lead_id, NULL::timestamptz AS agent_paused_until,
    0::bigint AS answered_through_id, NULL::text AS language, s.agent_mode, s.agent_name, s.offer_summary, s.brain, s.agent_hours,
    s.ai_disclosure, s.turns_per_day, t.status AS company_status, t.name AS company, t.zone,
    t.language AS tenant_language, t.mode
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;
