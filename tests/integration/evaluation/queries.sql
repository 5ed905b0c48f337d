-- name: give_the_lead
-- A seller who is a user gets the lead.
WITH lead AS (
    UPDATE leads SET owner_user_id = :user_id WHERE tenant_id = :tenant_id
)
UPDATE sellers SET user_id = :user_id
WHERE tenant_id = :tenant_id AND id = (SELECT max(s.id) FROM sellers AS s WHERE s.tenant_id = :tenant_id)
RETURNING name;
