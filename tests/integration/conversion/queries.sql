-- name: waive
-- The tenant does not ask for a criterion any more.
UPDATE conversion_criteria SET required = false WHERE tenant_id = :tenant_id AND criterion = :criterion;

-- name: set_stage
-- Somebody moves a lead.
UPDATE leads SET stage_key = :stage WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: set_name
-- A lead goes by another name.
UPDATE leads SET full_name = :name WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: delete_lead
-- A lead in the bin.
UPDATE leads SET deleted_at = now() WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: stage
-- Where a lead is.
SELECT stage_key FROM leads WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: clients
-- How many clients there are.
SELECT count(*) FROM clients WHERE tenant_id = :tenant_id;

-- name: count_events
-- How often an event was announced.
SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant_id AND name = :name;

-- name: count_audited
-- How often an action was audited.
SELECT count(*) FROM system_events WHERE tenant_id = :tenant_id AND action = :action;
