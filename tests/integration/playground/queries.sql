-- name: traces
-- How many rows there are of all that a conversation leaves behind.
SELECT (SELECT count(*) FROM leads WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM contacts WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM conversations WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM chat_messages WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM message_deliveries WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM qualifications WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM agenda_offers WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM seller_agenda_events WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM scheduled_messages WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM tasks WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM clients WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM notifications WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM agent_turns WHERE tenant_id = :tenant_id)
    + (SELECT count(*) FROM tool_calls WHERE tenant_id = :tenant_id) AS rows;

-- name: rotate
-- Meetings go round.
UPDATE tenant_settings SET assignment = 'round_robin', hold_minutes = 5 WHERE tenant_id = :tenant_id;

-- name: turns_of_sellers
-- How far the rotation has come.
SELECT sum(turns)::int FROM sellers WHERE tenant_id = :tenant_id;

-- name: told
-- Who heard of answers.
SELECT owner_user_id, audience FROM outbox_events WHERE tenant_id = :tenant_id AND name = 'PLAYGROUND_UPDATED';

-- name: use_model
-- The company answers by a model at an address, at a price for a million tokens.
UPDATE tenant_settings
SET brain = 'live', model_name = 'test', model_base_url = :url, model_input_price = 1, model_output_price = 2
WHERE tenant_id = :tenant_id;
