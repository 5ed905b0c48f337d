-- name: list_endpoints
-- The company's endpoints with what waits and what failed for good, oldest first; one of them where an id is given.
SELECT p.id, p.name, p.url, p.event_types, p.state, p.failing_since, p.last_success_at, p.rotated_at, p.created_at,
    (
        SELECT count(*)::int FROM webhook_deliveries AS d
        WHERE d.tenant_id = :tenant_id AND d.endpoint_id = p.id AND d.state = 'waiting'
    ) AS waiting,
    (
        SELECT count(*)::int FROM webhook_deliveries AS d
        WHERE d.tenant_id = :tenant_id AND d.endpoint_id = p.id AND d.state = 'dead'
    ) AS dead
FROM webhook_endpoints AS p
WHERE p.tenant_id = :tenant_id AND (:endpoint_id::bigint IS NULL OR p.id = :endpoint_id)
ORDER BY p.id;

-- name: lock_company
-- The company whose endpoints are counted: two who add the last one at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: lock_endpoint
-- One endpoint's id, locked against other changes; deliveries may be written meanwhile.
SELECT p.id FROM webhook_endpoints AS p WHERE p.tenant_id = :tenant_id AND p.id = :endpoint_id FOR NO KEY UPDATE;

-- name: add_endpoint
-- A new endpoint, which hears of what is numbered from now on; its id.
WITH made AS (
    INSERT INTO webhook_endpoints (tenant_id, name, url, event_types, created_by, last_seq)
    VALUES (
        :tenant_id, :name, :url, :event_types::text[], :created_by,
        COALESCE((SELECT s.last_seq FROM event_sequences AS s WHERE s.tenant_id = :tenant_id), 0)
    )
    RETURNING tenant_id, id
), queue AS (
    INSERT INTO webhook_queues (tenant_id, endpoint_id) SELECT made.tenant_id, made.id FROM made
)
SELECT made.id FROM made;

-- name: change_endpoint
-- What it is called, where it is and what it is told; one that was off and is on again hears of what comes from now on.
WITH queue AS (
    UPDATE webhook_queues AS q SET due_at = now()
    WHERE q.tenant_id = :tenant_id AND q.endpoint_id = :endpoint_id AND :state = 'active'
)
UPDATE webhook_endpoints AS p
SET name = :name, url = :url, event_types = :event_types::text[], state = :state,
    failing_since = CASE WHEN p.state <> :state OR p.url <> :url THEN NULL ELSE p.failing_since END,
    last_seq = CASE WHEN p.state <> 'active' AND :state = 'active' THEN COALESCE(
        (SELECT s.last_seq FROM event_sequences AS s WHERE s.tenant_id = :tenant_id), p.last_seq
    ) ELSE p.last_seq END
WHERE p.tenant_id = :tenant_id AND p.id = :endpoint_id;

-- name: mark_rotated
-- Since when the newest secret is there.
UPDATE webhook_endpoints SET rotated_at = :now WHERE tenant_id = :tenant_id AND id = :endpoint_id;

-- name: delete_endpoint
-- Forget an endpoint, all that was for it, and its secrets.
WITH gone AS (
    DELETE FROM webhook_endpoints AS p WHERE p.tenant_id = :tenant_id AND p.id = :endpoint_id
)
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: fan_out
-- Every numbered event that an endpoint has not been given yet becomes a delivery; endpoints with something new are due.
WITH fresh AS (
    INSERT INTO webhook_deliveries (tenant_id, endpoint_id, message_id, seq, type, data, happened_at)
    SELECT :tenant_id, p.id, 'msg_' || p.tenant_id || '_' || p.id || '_' || e.seq, e.seq, e.name, e.payload, e.created_at
    FROM webhook_endpoints AS p
    JOIN outbox_events AS e ON e.tenant_id = p.tenant_id AND e.seq > p.last_seq AND e.name = ANY(p.event_types)
    WHERE p.tenant_id = :tenant_id AND p.state = 'active' AND e.audience IN ('owned', 'everyone')
    ORDER BY p.id, e.seq
    ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING
    RETURNING endpoint_id
), moved AS (
    UPDATE webhook_endpoints AS p SET last_seq = s.last_seq
    FROM event_sequences AS s
    WHERE p.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND p.state = 'active' AND p.last_seq < s.last_seq
)
INSERT INTO webhook_queues AS q (tenant_id, endpoint_id, due_at)
SELECT DISTINCT :tenant_id::int, fresh.endpoint_id, now() FROM fresh
ON CONFLICT (tenant_id, endpoint_id) DO UPDATE SET due_at = LEAST(q.due_at, excluded.due_at);

-- name: add_ping
-- A delivery that tells of nothing, to see whether the other side takes it.
WITH made AS (
    INSERT INTO webhook_deliveries (tenant_id, endpoint_id, message_id, type, data, happened_at)
    VALUES (:tenant_id, :endpoint_id, :message_id, 'PING', :data, :now)
    RETURNING tenant_id, id, endpoint_id
), queue AS (
    UPDATE webhook_queues AS q SET due_at = LEAST(q.due_at, now())
    FROM made
    WHERE q.tenant_id = :tenant_id AND q.tenant_id = made.tenant_id AND q.endpoint_id = made.endpoint_id
)
SELECT made.id FROM made;

-- name: replay
-- What was sent or is dead waits again, from its first attempt: one delivery, or all that are dead since a moment.
WITH again AS (
    UPDATE webhook_deliveries AS d SET state = 'waiting', attempts = 0, due_at = now(), settled_at = NULL
    WHERE d.tenant_id = :tenant_id AND d.endpoint_id = :endpoint_id AND d.state <> 'waiting'
        AND (d.id = :delivery_id OR (:delivery_id::bigint IS NULL AND d.state = 'dead' AND d.happened_at >= :since))
    RETURNING d.tenant_id, d.endpoint_id, d.id
), queue AS (
    UPDATE webhook_queues AS q SET due_at = LEAST(q.due_at, now())
    WHERE q.tenant_id = :tenant_id AND q.endpoint_id = :endpoint_id AND EXISTS (SELECT 1 FROM again)
)
SELECT count(*)::int FROM again;

-- name: list_deliveries
-- One page of an endpoint's deliveries with their last attempt, newest first.
SELECT d.id, d.message_id, d.type, d.seq, d.state, d.attempts, d.happened_at, d.due_at, d.settled_at,
    a.status, a.ms, a.problem, a.answer
FROM webhook_deliveries AS d
LEFT JOIN LATERAL (
    SELECT t.status, t.ms, t.problem, t.answer
    FROM webhook_attempts AS t
    WHERE t.tenant_id = :tenant_id AND t.delivery_id = d.id
    ORDER BY t.number DESC
    LIMIT 1
) AS a ON true
WHERE d.tenant_id = :tenant_id AND d.endpoint_id = :endpoint_id AND d.id < :before_id
    AND (:state::text IS NULL OR d.state = :state)
ORDER BY d.id DESC
LIMIT :most;

-- name: claim_queues
-- Endpoints whose time has come and that nobody else serves, those waiting longest first; ours until the lease ends.
-- cross-tenant: a sender learns from the queues which endpoint waits; they hold ids and times only
WITH ranked AS (
    SELECT q.tenant_id, q.endpoint_id, q.due_at,
        row_number() OVER (PARTITION BY q.tenant_id ORDER BY q.due_at, q.endpoint_id) AS place
    FROM webhook_queues AS q
    WHERE q.due_at <= now() AND (q.leased_until IS NULL OR q.leased_until < now())
        AND NOT q.tenant_id = ANY(:busy::int[]) AND q.sick = :sick
), chosen AS (
    SELECT q.tenant_id, q.endpoint_id
    FROM webhook_queues AS q
    JOIN ranked AS r ON r.tenant_id = q.tenant_id AND r.endpoint_id = q.endpoint_id AND r.place <= :each
    WHERE q.due_at <= now() AND (q.leased_until IS NULL OR q.leased_until < now())
    ORDER BY q.due_at
    LIMIT :most
    FOR UPDATE OF q SKIP LOCKED
)
UPDATE webhook_queues AS q SET leased_until = now() + make_interval(secs => :lease)
FROM chosen
WHERE q.tenant_id = chosen.tenant_id AND q.endpoint_id = chosen.endpoint_id
RETURNING q.tenant_id, q.endpoint_id, q.sick;

-- name: renew_lease
-- The endpoint stays ours a while longer.
UPDATE webhook_queues SET leased_until = now() + make_interval(secs => :lease)
WHERE tenant_id = :tenant_id AND endpoint_id = :endpoint_id;

-- name: lock_queue
-- The endpoint's place in the queue, so that what is written next sees all that was added to it.
SELECT q.endpoint_id FROM webhook_queues AS q
WHERE q.tenant_id = :tenant_id AND q.endpoint_id = :endpoint_id
FOR UPDATE;

-- name: give_back
-- The lease ends; the endpoint is due again when its next delivery is, never while it is off.
UPDATE webhook_queues AS q
SET leased_until = NULL, sick = :sick, due_at = CASE WHEN EXISTS (
    SELECT 1 FROM webhook_endpoints AS p
    WHERE p.tenant_id = :tenant_id AND p.id = :endpoint_id AND p.state = 'active'
) THEN LEAST(
    (
        SELECT d.due_at FROM webhook_deliveries AS d
        WHERE d.tenant_id = :tenant_id AND d.endpoint_id = :endpoint_id AND d.state = 'waiting'
            AND d.attempts < :in_line AND d.type <> 'PING'
        ORDER BY d.id
        LIMIT 1
    ),
    (
        SELECT min(d.due_at) FROM webhook_deliveries AS d
        WHERE d.tenant_id = :tenant_id AND d.endpoint_id = :endpoint_id AND d.state = 'waiting'
            AND (d.attempts >= :in_line OR d.type = 'PING')
    )
) END
WHERE q.tenant_id = :tenant_id AND q.endpoint_id = :endpoint_id;

-- name: target
-- Where an endpoint's deliveries go, and whether any may.
SELECT p.url, p.state = 'active' AS active, p.rotated_at, p.failing_since, t.mode = 'demo' AS demo
FROM webhook_endpoints AS p
JOIN tenants AS t ON t.id = p.tenant_id
WHERE p.tenant_id = :tenant_id AND t.id = :tenant_id AND p.id = :endpoint_id;

-- name: next_due
-- The next delivery: the first in line once its time has come, or one that has stepped aside. A trial waits for nobody.
SELECT d.id, d.message_id, d.type, d.seq, d.data, d.happened_at, d.attempts, d.created_at
FROM webhook_deliveries AS d
WHERE d.tenant_id = :tenant_id AND d.endpoint_id = :endpoint_id AND d.state = 'waiting' AND d.due_at <= now()
    AND (d.attempts >= :in_line OR d.type = 'PING' OR d.id = (
        SELECT min(f.id) FROM webhook_deliveries AS f
        WHERE f.tenant_id = :tenant_id AND f.endpoint_id = :endpoint_id AND f.state = 'waiting'
            AND f.attempts < :in_line AND f.type <> 'PING'
    ))
ORDER BY d.id
LIMIT 1;

-- name: record_attempt
-- What came of asking once: the delivery's state, when it is tried again, and a line of its log.
WITH settled AS (
    UPDATE webhook_deliveries AS d
    SET attempts = d.attempts + 1, state = :state, due_at = COALESCE(:due_at, d.due_at),
        settled_at = CASE WHEN :state = 'waiting' THEN NULL ELSE :at::timestamptz END
    WHERE d.tenant_id = :tenant_id AND d.id = :delivery_id AND d.state = 'waiting'
    RETURNING d.tenant_id, d.id
)
INSERT INTO webhook_attempts (tenant_id, delivery_id, number, at, status, ms, problem, answer)
SELECT s.tenant_id, s.id,
    1 + COALESCE((
        SELECT max(t.number) FROM webhook_attempts AS t
        WHERE t.tenant_id = :tenant_id AND t.delivery_id = :delivery_id
    ), 0),
    :at, :status, :ms, :problem, :answer
FROM settled AS s;

-- name: note_success
-- The endpoint takes what it is given.
UPDATE webhook_endpoints SET failing_since = NULL, last_success_at = :now
WHERE tenant_id = :tenant_id AND id = :endpoint_id;

-- name: note_failure
-- Since when the endpoint takes nothing.
UPDATE webhook_endpoints SET failing_since = COALESCE(failing_since, :now)
WHERE tenant_id = :tenant_id AND id = :endpoint_id;

-- name: switch_off
-- The endpoint is told nothing more, and what waited for it is kept as dead letters; nothing where it was off already.
WITH off AS (
    UPDATE webhook_endpoints AS p SET state = :state
    WHERE p.tenant_id = :tenant_id AND p.id = :endpoint_id AND p.state = 'active'
    RETURNING p.tenant_id, p.id
), dead AS (
    UPDATE webhook_deliveries AS d SET state = 'dead', settled_at = :now
    FROM off
    WHERE d.tenant_id = :tenant_id AND d.tenant_id = off.tenant_id AND d.endpoint_id = off.id AND d.state = 'waiting'
)
SELECT count(*)::int FROM off;

-- name: prune_deliveries
-- Forget what was sent a week ago or died a month ago, with its attempts.
DELETE FROM webhook_deliveries
WHERE tenant_id = :tenant_id AND ((state = 'sent' AND settled_at < :sent_before)
    OR (state = 'dead' AND settled_at < :dead_before));
