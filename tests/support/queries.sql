-- name: link_lead
-- A conversation, and the person in it, are this lead's.
WITH linked AS (
    UPDATE contacts SET lead_id = :lead_id WHERE tenant_id = :tenant_id AND id = :contact_id RETURNING tenant_id
)
INSERT INTO conversations (tenant_id, channel_id, contact_id, lead_id, language)
VALUES (:tenant_id, :channel_id, :contact_id, :lead_id, :language)
RETURNING id;

-- name: add_contact
-- Somebody who writes.
INSERT INTO contacts (tenant_id, name, reply_phone) VALUES (:tenant_id, :name, :phone) RETURNING id;

-- name: add_lead
-- Somebody who may buy.
INSERT INTO leads (tenant_id, full_name, phone, match_key, owner_user_id)
VALUES (:tenant_id, :name, :phone, :phone, :owner_user_id)
RETURNING id;

-- name: add_user
-- Somebody of the team; nobody can log in with that hash.
INSERT INTO users (tenant_id, email, name, role, status, password_hash)
VALUES (:tenant_id, :email, :name, :role, 'active', 'none')
RETURNING id;

-- name: add_event
-- Something in a seller's agenda.
INSERT INTO seller_agenda_events (tenant_id, seller_id, kind, status, during, lead_id)
VALUES (:tenant_id, :seller_id, :kind, :status, tstzrange(:starts_at, :ends_at, '[)'), :lead_id)
RETURNING id;
