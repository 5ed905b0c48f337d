-- name: leads
-- Every lead of the company, as text.
SELECT l.id, l.full_name, l.phone, l.email, l.source, l.owner_user_id, l.referral ->> 'headline' AS campaign
FROM leads AS l
WHERE l.tenant_id = :tenant_id
ORDER BY l.id;

-- name: announced
-- How often a lead was told of under a name.
SELECT count(*)::int FROM outbox_events WHERE tenant_id = :tenant_id AND name = :name;

-- name: notices
-- How many were told of something.
SELECT count(*)::int FROM notifications WHERE tenant_id = :tenant_id AND kind = :kind;

-- name: jobs
-- How many leads are to be fetched.
SELECT count(*)::int FROM received_leads WHERE tenant_id = :tenant_id AND state = 'waiting';

-- name: waiting_ids
-- Which ones those are.
SELECT r.id FROM received_leads AS r WHERE r.tenant_id = :tenant_id AND r.state = 'waiting' ORDER BY r.id;
