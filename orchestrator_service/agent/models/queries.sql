-- name: model_settings
-- Which models answer, in which order, and what they may take.
SELECT t.mode, t.zone, s.brain, s.model_provider, s.model_name, s.model_base_url, s.model_input_price,
    s.model_output_price, s.model_output_tokens, s.fallback_models, s.day_cost_cap, s.day_token_cap,
    s.conversation_cost_cap, s.conversation_token_cap
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;
