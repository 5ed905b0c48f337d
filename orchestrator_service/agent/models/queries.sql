-- name: model_settings
-- Which models answer, in which order, and what they may take.
SELECT t.mode, t.zone, s.brain, s.model_provider, s.model_name, s.model_base_url, s.model_input_price,
    s.model_output_price, s.model_output_tokens, s.fallback_models, s.day_cost_cap, s.day_token_cap,
    s.conversation_cost_cap, s.conversation_token_cap
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;

-- name: lock_settings
-- Whoever changes the models changes them alone.
SELECT 1 FROM tenant_settings WHERE tenant_id = :tenant_id FOR NO KEY UPDATE;

-- name: change_models
-- Other models, prices and caps; a day whose cap was told may be told of again.
UPDATE tenant_settings
SET brain = :brain, model_provider = :provider, model_name = :model, model_base_url = :base_url,
    model_input_price = :input_price, model_output_price = :output_price, model_output_tokens = :output_tokens,
    fallback_models = :fallbacks, day_cost_cap = :day_cost_cap, day_token_cap = :day_token_cap,
    conversation_cost_cap = :conversation_cost_cap, conversation_token_cap = :conversation_token_cap,
    day_cap_reached_on = CASE
        WHEN (day_cost_cap, day_token_cap) IS NOT DISTINCT FROM (:day_cost_cap, :day_token_cap) THEN day_cap_reached_on
    END
WHERE tenant_id = :tenant_id;

-- name: keys_of_models
-- Which keys of models are set.
SELECT name FROM credentials WHERE tenant_id = :tenant_id AND name LIKE 'model:%';
