-- name: turn
-- A turn, and what it proposed where a person was to approve it.
SELECT t.id, t.conversation_id, t.state, t.verdict, t.brain, t.first_message_id, t.last_message_id, t.started_at,
    t.draft, c.language, c.lead_id, c.contact_id
FROM agent_turns AS t
JOIN conversations AS c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
WHERE t.tenant_id = :tenant_id AND c.tenant_id = :tenant_id AND t.id = :turn_id;

-- name: company
-- The company and its rules.
SELECT t.name, t.zone, t.country, t.language, t.currency, s.vocabulary, s.offer_summary AS offer, s.agent_name,
    s.ai_disclosure, s.model_input_price, s.model_output_price, s.meeting_minutes, s.slot_granularity_minutes,
    s.buffer_before_minutes, s.buffer_after_minutes, s.minimum_notice_minutes, s.horizon_days,
    s.most_meetings_per_day, s.offer_minutes, s.assignment, s.holiday_country
FROM tenants AS t
JOIN tenant_settings AS s ON s.tenant_id = t.id
WHERE t.id = :tenant_id AND s.tenant_id = :tenant_id;

-- name: sellers
-- Everybody who could be booked.
SELECT id, name, zone, working_hours, skills, turns FROM sellers WHERE tenant_id = :tenant_id AND active ORDER BY id;

-- name: busy
-- What stood in the agendas when a turn began: mirrored events of connected calendars as well.
SELECT e.seller_id, lower(e.during) AS starts_at, upper(e.during) AS ends_at, e.kind = 'meeting' AS is_meeting
FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.created_at < :at
    AND (e.status IN ('held', 'confirmed') OR e.updated_at > :at)
    AND e.during && tstzrange(:at, :until)
    AND (:lead_id::bigint IS NULL OR e.lead_id IS DISTINCT FROM :lead_id)
ORDER BY e.seller_id, lower(e.during)
LIMIT 2000;

-- name: meetings
-- The lead's meetings when a turn began; one that was cancelled later stood then.
SELECT s.name AS seller, lower(e.during) AS starts_at,
    CASE WHEN e.status <> 'confirmed' AND e.updated_at > :at THEN 'confirmed' ELSE e.status END AS status
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
WHERE e.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting'
    AND e.created_at < :at AND e.status IN ('confirmed', 'cancelled', 'done', 'no_show')
ORDER BY e.id;

-- name: days_off
-- Days on which a seller, or everybody, does not work, from a day on.
SELECT seller_id, first_day, last_day FROM agenda_days_off
WHERE tenant_id = :tenant_id AND NOT works AND last_day >= :day::date
ORDER BY first_day
LIMIT 200;

-- name: earlier
-- What was said before a message, newest first, as the agent was shown it.
SELECT m.author, m.body, m.created_at, f.words, m.verdict
FROM chat_messages AS m
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.id < :before_id
    AND m.direction IN ('in', 'out') AND m.status NOT IN ('failed', 'refused')
ORDER BY m.id DESC
LIMIT 40;

-- name: burst
-- The messages that a turn answered.
SELECT m.type, m.body, m.reply_id, f.words
FROM chat_messages AS m
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.direction = 'in'
    AND m.id BETWEEN :first_id AND :last_id
    AND m.type NOT IN ('reaction', 'system', 'request_welcome', 'unsupported')
ORDER BY m.id;

-- name: replies
-- What a turn said.
SELECT body FROM chat_messages WHERE tenant_id = :tenant_id AND turn_id = :turn_id AND direction = 'out' ORDER BY id;

-- name: offers
-- The offered times that a conversation knows: those that were live when a turn began, and all others.
SELECT o.id, s.name AS seller, o.starts_at, o.created_at < :at AND o.expires_at > :at
    AND (o.used_at IS NULL OR o.used_at > :at) AS live
FROM agenda_offers AS o
JOIN sellers AS s ON s.tenant_id = o.tenant_id AND s.id = o.seller_id
WHERE o.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND o.conversation_id = :conversation_id
ORDER BY o.created_at, o.starts_at;

-- name: lead_meetings
-- Every meeting of a lead, under its id.
SELECT e.id, s.name AS seller, lower(e.during) AS starts_at
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
WHERE e.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting';

-- name: qualification
-- The record of interest that a turn found.
SELECT interest, score, need, budget, timeline, decision_maker, evidence FROM qualifications
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND turn_id IS DISTINCT FROM :turn_id
    AND created_at < :at
ORDER BY id DESC LIMIT 1;

-- name: lead
-- Who wrote; whether they were a client when a turn began, and which seller owns the lead.
SELECT l.full_name, l.email, p.name AS profile, EXISTS (
    SELECT 1 FROM clients AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = l.id AND k.created_at < :at
) AS is_client, s.name AS owner
FROM leads AS l
LEFT JOIN contacts AS p ON p.tenant_id = l.tenant_id AND p.id = :contact_id
LEFT JOIN sellers AS s ON s.tenant_id = l.tenant_id AND s.user_id = l.owner_user_id AND s.active
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id;

-- name: calls
-- The tools that a turn called, in order.
SELECT tool, arguments, refused, result FROM tool_calls
WHERE tenant_id = :tenant_id AND turn_id = :turn_id
ORDER BY id;

-- name: thoughts
-- What a turn's brain answered, attempt by attempt.
SELECT outcome, detail FROM turn_steps
WHERE tenant_id = :tenant_id AND turn_id = :turn_id AND name LIKE 'think:%'
ORDER BY attempt, name;

-- name: keep
-- A turn becomes a scenario, once.
INSERT INTO evaluation_scenarios (tenant_id, turn_id, title, brain, body, created_by)
VALUES (:tenant_id, :turn_id, :title, :brain, :body, :created_by)
ON CONFLICT (tenant_id, turn_id) DO UPDATE SET title = evaluation_scenarios.title
RETURNING id, turn_id, title, brain, created_at;

-- name: list_scenarios
-- Saved scenarios without their bodies, newest first.
SELECT id, turn_id, title, brain, created_at FROM evaluation_scenarios
WHERE tenant_id = :tenant_id AND id < :before_id
ORDER BY id DESC
LIMIT :most;

-- name: find_scenario
-- One saved scenario.
SELECT id, turn_id, title, brain, created_at, body FROM evaluation_scenarios
WHERE tenant_id = :tenant_id AND id = :scenario_id;

-- name: all_scenarios
-- Every saved scenario, oldest first.
SELECT id, body FROM evaluation_scenarios WHERE tenant_id = :tenant_id ORDER BY id LIMIT 500;

-- name: drop_scenario
-- A scenario is wanted no more.
DELETE FROM evaluation_scenarios WHERE tenant_id = :tenant_id AND id = :scenario_id;

-- name: begin_run
-- The company's scenarios are to be played; nothing where they are about to be.
INSERT INTO evaluation_runs (tenant_id, asked_by, scenarios)
SELECT :tenant_id, :asked_by, (SELECT count(*) FROM evaluation_scenarios AS s WHERE s.tenant_id = :tenant_id)
ON CONFLICT (tenant_id) WHERE state = 'waiting' DO NOTHING
RETURNING id;

-- name: list_runs
-- How playing them went, newest first.
SELECT id, state, scenarios, passed, seconds, problem, created_at, finished_at FROM evaluation_runs
WHERE tenant_id = :tenant_id AND id < :before_id
ORDER BY id DESC
LIMIT :most;

-- name: find_run
-- One run with every scenario as it went.
SELECT id, state, scenarios, passed, seconds, problem, created_at, finished_at, results FROM evaluation_runs
WHERE tenant_id = :tenant_id AND id = :run_id;

-- name: end_run
-- A run is over; one that is over stays as it is.
UPDATE evaluation_runs
SET state = :state, scenarios = :scenarios, passed = :passed, seconds = :seconds, results = :results,
    problem = :problem, finished_at = now()
WHERE tenant_id = :tenant_id AND id = :run_id AND state = 'waiting';
