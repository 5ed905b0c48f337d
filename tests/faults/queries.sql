-- name: add_old_lead
-- A lead that nobody has touched for so many hours.
INSERT INTO leads (tenant_id, full_name, email, source, stage_key, updated_at)
VALUES (:tenant_id, :name, :email, 'manual', 'new', now() - :hours::int * interval '1 hour');

-- name: pairs
-- How many leads may be one person.
SELECT count(*)::int FROM lead_pairs WHERE tenant_id = :tenant_id;

-- name: waiting_lead
-- What has to be fetched, or was.
SELECT r.id FROM received_leads AS r WHERE r.tenant_id = :tenant_id;

-- name: meetings
-- The meetings of somebody, with what Google is yet to be told.
SELECT e.id, e.status, e.google_pending FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id
ORDER BY e.id;

-- name: seller_of
-- Whose meetings those are.
SELECT e.seller_id FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id
ORDER BY e.id LIMIT 1;

-- name: hold_first
-- The next meeting of somebody is being booked: Google is not asked yet.
UPDATE seller_agenda_events SET status = 'held', offer_id = NULL, title = :title
WHERE tenant_id = :tenant_id AND id = :event_id;
