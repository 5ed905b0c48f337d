-- name: next_tenant_id
-- The id that the next company gets; taken before its first row, whose transaction is already its own.
-- cross-tenant: a sequence holds no tenant's data
SELECT nextval(pg_get_serial_sequence('tenants', 'id'));

-- name: create_tenant
-- A company.
INSERT INTO tenants (id, name, mode, country, zone, language, currency)
VALUES (:tenant_id, :name, :mode, :country, :zone, :language, :currency);

-- name: create_settings
-- How a company's agent works; what is not given has the foundation's default.
INSERT INTO tenant_settings (
    tenant_id, agent_name, offer_summary, brain, quiet_seconds, maximum_wait_seconds, holiday_country
)
VALUES (
    :tenant_id, :agent_name, :offer_summary, :brain, :quiet_seconds, :maximum_wait_seconds, :holiday_country
);

-- name: create_stages
-- The pipeline, in order.
INSERT INTO pipeline_stages (tenant_id, key, name, kind, probability, position)
SELECT :tenant_id, s.key, s.name, s.kind, s.probability, s.position
FROM unnest(:keys::text[], :names::text[], :kinds::text[], :probabilities::int[])
    WITH ORDINALITY AS s (key, name, kind, probability, position);

-- name: create_reasons
-- Why leads are lost, in order.
INSERT INTO lost_reasons (tenant_id, name, position)
SELECT :tenant_id, r.name, r.position FROM unnest(:names::text[]) WITH ORDINALITY AS r (name, position);

-- name: create_criteria
-- What makes a lead a client: everything, until the company says otherwise.
INSERT INTO conversion_criteria (tenant_id, criterion)
SELECT :tenant_id, c.criterion FROM unnest(:criteria::text[]) AS c (criterion);

-- name: start_sequence
-- Where the numbers of the company's events start.
INSERT INTO event_sequences (tenant_id) VALUES (:tenant_id);

-- name: create_channel
-- A business number.
INSERT INTO channels (tenant_id, provider, name, business_number, waba_id, phone_number_id)
VALUES (:tenant_id, :provider, :name, :business_number, :waba_id, :phone_number_id)
RETURNING id;

-- name: find_tenant
-- One company as its operator sees it.
SELECT t.id, t.name, t.mode, t.status, t.created_at,
    (SELECT count(*) FROM users AS u WHERE u.tenant_id = :tenant_id AND u.status = 'active') AS people
FROM tenants AS t
WHERE t.id = :tenant_id;

-- name: set_tenant_status
-- Suspend a company, or let it work again.
UPDATE tenants SET status = :status WHERE id = :tenant_id AND status <> :status;
