-- name: caps
-- What the company's models may cost, and where its day begins.
SELECT t.zone, s.day_cost_cap, s.day_token_cap, s.conversation_cost_cap, s.conversation_token_cap
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;

-- name: spent_since
-- What all calls since a moment took.
SELECT COALESCE(sum(cost), 0) AS cost, COALESCE(sum(input_tokens + output_tokens), 0)::bigint AS tokens
FROM model_calls WHERE tenant_id = :tenant_id AND at >= :since;

-- name: spent_on_conversation
-- What the calls for one conversation since a moment took.
SELECT COALESCE(sum(cost), 0) AS cost, COALESCE(sum(input_tokens + output_tokens), 0)::bigint AS tokens
FROM model_calls WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND at >= :since;

-- name: begin_call
-- A call that is about to be made.
INSERT INTO model_calls (tenant_id, turn_id, conversation_id, purpose, provider, model, input_tokens, cost, at)
VALUES (:tenant_id, :turn_id, :conversation_id, :purpose, :provider, :model, :input_tokens, :cost, :at)
RETURNING id;

-- name: end_call
-- How a call went.
UPDATE model_calls
SET input_tokens = :input_tokens, output_tokens = :output_tokens, cost = :cost, estimated = :estimated,
    seconds = :seconds, outcome = :outcome
WHERE tenant_id = :tenant_id AND id = :call_id;
