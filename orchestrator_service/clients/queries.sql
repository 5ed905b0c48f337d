-- name: find_client
-- One client.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at
FROM clients
WHERE tenant_id = :tenant_id AND id = :client_id;

-- name: client_of_lead
-- The client that a lead has become.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at
FROM clients
WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: create_client
-- A client; nothing where the lead is one already.
INSERT INTO clients (tenant_id, lead_id, full_name, phone, email, owner_user_id, created_at)
VALUES (:tenant_id, :lead_id, :full_name, :phone, :email, :owner_user_id, :created_at)
ON CONFLICT (tenant_id, lead_id) DO NOTHING
RETURNING id;
