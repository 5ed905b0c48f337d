-- name: calls
-- Every call of a model, oldest first.
SELECT purpose, provider, model, input_tokens, output_tokens, estimated, cost, outcome, turn_id, conversation_id
FROM model_calls WHERE tenant_id = :tenant_id ORDER BY id;

-- name: cap_the_day
-- What the company's models may cost a day, in money and in tokens.
UPDATE tenant_settings SET day_cost_cap = :cost, day_token_cap = :tokens WHERE tenant_id = :tenant_id;

-- name: cap_conversations
-- How many tokens one conversation may take.
UPDATE tenant_settings SET conversation_token_cap = :tokens WHERE tenant_id = :tenant_id;

-- name: price
-- What a million tokens cost.
UPDATE tenant_settings SET model_input_price = :input, model_output_price = :output WHERE tenant_id = :tenant_id;

-- name: notices
-- How many have been told that the day's cap is reached.
SELECT count(*)::int FROM notifications WHERE tenant_id = :tenant_id AND kind = 'budget_reached';

-- name: errors
-- Why turns ended as they did.
SELECT COALESCE(string_agg(error, ', ' ORDER BY id), '') FROM agent_turns WHERE tenant_id = :tenant_id;

-- name: age_calls
-- All calls were made so long ago.
UPDATE model_calls SET at = at - :age::interval WHERE tenant_id = :tenant_id;

-- name: forget_the_told_day
-- Yesterday's cap was told yesterday.
UPDATE tenant_settings SET day_cap_reached_on = day_cap_reached_on - 1 WHERE tenant_id = :tenant_id;

-- name: total
-- What all calls cost.
SELECT sum(cost) FROM model_calls WHERE tenant_id = :tenant_id;
