-- name: plant_offer
-- An offer made by hand.
INSERT INTO agenda_offers (tenant_id, id, conversation_id, seller_id, starts_at, ends_at, created_at, expires_at)
VALUES (:tenant_id, :offer_id, :conversation_id, :seller_id, :starts_at, :ends_at, :created_at, :expires_at);

-- name: set_notice
-- The tenant asks for another notice.
UPDATE tenant_settings SET minimum_notice_minutes = :minutes WHERE tenant_id = :tenant_id;

-- name: set_most_per_day
-- The tenant limits the meetings of a day.
UPDATE tenant_settings SET most_meetings_per_day = :most WHERE tenant_id = :tenant_id;

-- name: set_hours
-- A seller works other hours.
UPDATE sellers SET working_hours = :hours WHERE tenant_id = :tenant_id;

-- name: dismiss_sellers
-- Nobody can be booked any more.
UPDATE sellers SET active = false WHERE tenant_id = :tenant_id;

-- name: delete_leads
-- Every lead is in the bin.
UPDATE leads SET deleted_at = now() WHERE tenant_id = :tenant_id;

-- name: stages
-- The stages that leads are in, as one text.
SELECT string_agg(DISTINCT stage_key, ',') FROM leads WHERE tenant_id = :tenant_id;

-- name: meetings
-- How many confirmed meetings there are.
SELECT count(*) FROM seller_agenda_events WHERE tenant_id = :tenant_id AND status = 'confirmed' AND kind = 'meeting';

-- name: clashes
-- How many pairs of confirmed events of one seller overlap.
SELECT count(*) FROM seller_agenda_events AS a
JOIN seller_agenda_events AS b ON b.tenant_id = a.tenant_id AND b.seller_id = a.seller_id AND b.id > a.id
    AND b.during && a.during
WHERE a.tenant_id = :tenant_id AND a.status = 'confirmed' AND b.status = 'confirmed';

-- name: used_offers
-- How many offers were taken.
SELECT count(*) FROM agenda_offers WHERE tenant_id = :tenant_id AND used_at IS NOT NULL;

-- name: all_offers
-- How many offers the tenant has.
SELECT count(*) FROM agenda_offers WHERE tenant_id = :tenant_id;

-- name: events
-- What the outbox holds, in order.
SELECT name, payload, owner_user_id FROM outbox_events WHERE tenant_id = :tenant_id ORDER BY id;

-- name: shown_events
-- Every event of the agenda: how it stands, and what Google is still to be told.
SELECT status || COALESCE(' ' || google_pending, '') AS shown FROM seller_agenda_events
WHERE tenant_id = :tenant_id
ORDER BY id;

-- name: last_event
-- The event that was made last.
SELECT max(id) FROM seller_agenda_events WHERE tenant_id = :tenant_id;

-- name: meeting_url
-- Where the last meeting takes place.
SELECT meeting_url FROM seller_agenda_events WHERE tenant_id = :tenant_id ORDER BY id DESC LIMIT 1;

-- name: set_hold
-- Offers hold their time for so long.
UPDATE tenant_settings SET hold_minutes = :minutes WHERE tenant_id = :tenant_id;

-- name: said
-- What was written to the customers, in order.
SELECT COALESCE(string_agg(body, '|' ORDER BY id), '') FROM chat_messages
WHERE tenant_id = :tenant_id AND direction = 'out';

-- name: tasks
-- What a person is called for.
SELECT COALESCE(string_agg(kind || ' ' || reason, ',' ORDER BY id), '') FROM tasks WHERE tenant_id = :tenant_id;

-- name: thinking_turn
-- A turn in which the agent may call its tools.
INSERT INTO agent_turns (tenant_id, conversation_id, state) VALUES (:tenant_id, :conversation_id, 'thinking')
RETURNING id;

-- name: meetings_of_seller
-- How many confirmed meetings a seller has.
SELECT count(*) FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND status = 'confirmed';
-- name: set_assignment
-- Who gets a meeting.
UPDATE tenant_settings SET assignment = :rule WHERE tenant_id = :tenant_id;

-- name: set_skills
-- What a seller knows.
UPDATE sellers SET skills = :skills WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: set_need
-- What a lead needs.
UPDATE leads SET need = :need WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: someone_waits
-- cross-tenant: the server's own view of its sessions, no rows of anybody.
-- Whether another session waits for a lock that this one has. Not by pg_stat_activity: a transaction sees that as it was
-- when it first looked, so a session opened later would never be found.
SELECT EXISTS (
    SELECT 1 FROM pg_locks AS l WHERE NOT l.granted AND pg_backend_pid() = ANY (pg_blocking_pids(l.pid))
);

-- name: finish_turns
-- The turn is over.
UPDATE agent_turns SET state = 'done', finished_at = now() WHERE tenant_id = :tenant_id;
