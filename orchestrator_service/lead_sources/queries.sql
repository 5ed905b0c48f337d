-- name: list_sources
-- The company's sources, those in use first, then by age; one of them where an id is given.
SELECT s.id, s.kind, s.name, s.key, s.active, s.settings, s.page_id, s.owner_ids, s.received, s.last_received_at,
    s.reconciled_until, s.problem, s.created_at
FROM lead_sources AS s
WHERE s.tenant_id = :tenant_id AND (:source_id::bigint IS NULL OR s.id = :source_id)
ORDER BY s.active DESC, s.id;

-- name: lock_company
-- The company whose sources are counted: two who add the last one at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: lock_source
-- One source's id, locked against other changes.
SELECT s.id FROM lead_sources AS s WHERE s.tenant_id = :tenant_id AND s.id = :source_id FOR NO KEY UPDATE;

-- name: add_source
-- A new source; nothing where its page is another source's.
INSERT INTO lead_sources (tenant_id, kind, name, key, settings, page_id, owner_ids, reconcile_at)
VALUES (
    :tenant_id, :kind, :name, :key, :settings, :page_id, :owner_ids::bigint[],
    CASE WHEN :kind = 'page' THEN now() END
)
ON CONFLICT ON CONSTRAINT lead_sources_by_page DO NOTHING
RETURNING id;

-- name: change_source
-- What it is called, asks and does, and whether it takes anything.
UPDATE lead_sources SET name = :name, active = :active, settings = :settings, owner_ids = :owner_ids::bigint[]
WHERE tenant_id = :tenant_id AND id = :source_id;

-- name: count_members
-- How many of these people work in the company.
SELECT count(*)::int FROM users AS u
WHERE u.tenant_id = :tenant_id AND u.id = ANY(:user_ids::bigint[]) AND u.status = 'active';

-- name: list_received
-- One page of what a source received, newest first.
SELECT r.id, r.event_id, r.state, r.problem, r.lead_id, l.full_name AS lead_name, r.made_lead, r.answers, r.consent,
    r.received_at
FROM received_leads AS r
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = r.lead_id AND l.deleted_at IS NULL
WHERE r.tenant_id = :tenant_id AND r.source_id = :source_id AND r.id < :before_id
ORDER BY r.id DESC
LIMIT :most;

-- name: list_questions
-- What the newest leads of a source were asked, each with its newest answer.
SELECT DISTINCT ON (a.question) a.question, left(a.example, 200) AS example
FROM (
    SELECT r.id, r.answers FROM received_leads AS r
    WHERE r.tenant_id = :tenant_id AND r.source_id = :source_id AND r.answers <> '{}'
    ORDER BY r.id DESC
    LIMIT 200
) AS n
CROSS JOIN LATERAL jsonb_each_text(n.answers) AS a (question, example)
ORDER BY a.question, n.id DESC;

-- name: store_received
-- What came, once; nothing where it came before.
INSERT INTO received_leads (tenant_id, source_id, event_id, answers, consent)
VALUES (:tenant_id, :source_id, :event_id, :answers, :consent)
ON CONFLICT ON CONSTRAINT received_leads_once DO NOTHING
RETURNING id;

-- name: await_lead
-- A lead that is known by its id alone and has to be fetched; nothing where it came before.
INSERT INTO received_leads (tenant_id, source_id, event_id)
VALUES (:tenant_id, :source_id, :event_id)
ON CONFLICT ON CONSTRAINT received_leads_once DO NOTHING
RETURNING id;

-- name: lock_waiting
-- What has to be fetched still, and for which source; locked.
SELECT r.id, r.source_id, r.event_id, r.attempts
FROM received_leads AS r
WHERE r.tenant_id = :tenant_id AND r.id = :received_id AND r.state = 'waiting'
FOR UPDATE OF r;

-- name: keep_answers
-- What was fetched of it.
UPDATE received_leads SET answers = :answers WHERE tenant_id = :tenant_id AND id = :received_id;

-- name: settle
-- Which lead it became.
UPDATE received_leads SET state = 'done', problem = NULL, lead_id = :lead_id, made_lead = :made
WHERE tenant_id = :tenant_id AND id = :received_id;

-- name: give_up
-- It became none.
UPDATE received_leads SET state = 'failed', problem = :problem WHERE tenant_id = :tenant_id AND id = :received_id;

-- name: put_off
-- It is fetched later.
UPDATE received_leads SET attempts = attempts + 1, problem = :problem
WHERE tenant_id = :tenant_id AND id = :received_id AND state = 'waiting'
RETURNING attempts;

-- name: count_one
-- One more has come; how many came before.
UPDATE lead_sources SET received = received + 1, last_received_at = now()
WHERE tenant_id = :tenant_id AND id = :source_id
RETURNING received - 1;

-- name: note_problem
-- How fetching for a source goes.
UPDATE lead_sources SET problem = :problem
WHERE tenant_id = :tenant_id AND id = :source_id AND problem IS DISTINCT FROM :problem;

-- name: take_due
-- Pages that are compared with Meta's list now; their next turn is set.
UPDATE lead_sources SET reconcile_at = :next
WHERE tenant_id = :tenant_id AND kind = 'page' AND active AND reconcile_at <= :now
RETURNING id;

-- name: note_reconciled
-- All that Meta had until then is here or on its way.
UPDATE lead_sources SET reconciled_until = :until, problem = NULL
WHERE tenant_id = :tenant_id AND id = :source_id;

-- name: is_demo
-- Whether the company is one that reaches no provider.
SELECT t.mode = 'demo' FROM tenants AS t WHERE t.id = :tenant_id;

-- name: company_of_form
-- What a form's page says of the company, and the number that its thanks lead to.
SELECT t.name, t.country::text AS country, (
    SELECT c.business_number FROM channels AS c WHERE c.tenant_id = :tenant_id AND c.active ORDER BY c.id LIMIT 1
) AS business_number
FROM tenants AS t
WHERE t.id = :tenant_id AND t.status = 'active';
