-- name: give_the_lead
-- A seller who is a user gets the lead.
WITH lead AS (
    UPDATE leads SET owner_user_id = :user_id WHERE tenant_id = :tenant_id
)
UPDATE sellers SET user_id = :user_id
WHERE tenant_id = :tenant_id AND id = (SELECT max(s.id) FROM sellers AS s WHERE s.tenant_id = :tenant_id)
RETURNING name;

-- name: use_model
-- The company's own model.
UPDATE tenant_settings SET brain = 'live', model_name = 'test', model_base_url = :url WHERE tenant_id = :tenant_id;
