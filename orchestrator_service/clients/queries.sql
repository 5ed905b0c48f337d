-- name: find_client
-- One client, a deleted one too; one that was merged is the client that it is now.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at, company, notes, updated_at, deleted_at
FROM clients
WHERE tenant_id = :tenant_id AND id = :client_id AND merged_into IS NULL AND erased_at IS NULL;

-- name: lock_client
-- One client, which nobody else changes meanwhile.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at, company, notes, updated_at, deleted_at
FROM clients
WHERE tenant_id = :tenant_id AND id = :client_id AND merged_into IS NULL AND erased_at IS NULL
FOR NO KEY UPDATE;

-- name: client_of_lead
-- The client that a lead has become.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at, company, notes, updated_at, deleted_at
FROM clients
WHERE tenant_id = :tenant_id AND lead_id = :lead_id AND merged_into IS NULL AND erased_at IS NULL;

-- name: create_client
-- A client; nothing where the lead is one already.
INSERT INTO clients (tenant_id, lead_id, full_name, phone, email, owner_user_id, created_at, company, notes)
VALUES (:tenant_id, :lead_id, :full_name, :phone, :email, :owner_user_id, :created_at, :company, :notes)
ON CONFLICT (tenant_id, lead_id) DO NOTHING
RETURNING id;

-- name: write_client
-- An edit by the team: every editable column, as it shall be.
UPDATE clients
SET full_name = :full_name, phone = :phone, email = :email, company = :company, notes = :notes,
    owner_user_id = :owner_user_id, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :client_id;

-- name: set_deleted
-- Put a client away, or take it out again.
UPDATE clients
SET deleted_at = CASE WHEN :deleted::boolean THEN COALESCE(deleted_at, now()) END, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :client_id;

-- name: contacts_of
-- The persons of a client, in their order.
SELECT name, role, phone, email FROM client_contacts
WHERE tenant_id = :tenant_id AND client_id = :client_id
ORDER BY position, id;

-- name: forget_contacts
-- The persons of a client, to be written anew.
DELETE FROM client_contacts WHERE tenant_id = :tenant_id AND client_id = :client_id;

-- name: add_contact
-- One person of a client.
INSERT INTO client_contacts (tenant_id, client_id, name, role, phone, email, position)
VALUES (:tenant_id, :client_id, :name, :role, :phone, :email, :position);

-- name: tenant_country
-- In which country's form people write phone numbers.
SELECT country::text FROM tenants WHERE id = :tenant_id;

-- name: active_member
-- Whether somebody works in the company and may own a record.
SELECT EXISTS (SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id AND u.status = 'active');
