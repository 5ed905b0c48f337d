-- name: tenants_waiting
-- The tenants with events that the chain does not hold, found by hopping over the index.
-- cross-tenant: the chainer learns whose events wait; the list holds ids only
WITH RECURSIVE hop AS (
    SELECT min(w.tenant_id) AS tenant_id FROM system_events_waiting AS w
    UNION ALL
    SELECT (SELECT min(w.tenant_id) FROM system_events_waiting AS w WHERE w.tenant_id > hop.tenant_id) FROM hop
    WHERE hop.tenant_id IS NOT NULL
)
SELECT hop.tenant_id FROM hop WHERE hop.tenant_id IS NOT NULL;

-- name: claim_chain
-- Whether this transaction alone extends the tenant's chain.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_try_advisory_xact_lock(:lock_class, :of_tenant);

-- name: head
-- The newest link.
SELECT seq, mac FROM system_event_links WHERE tenant_id = :tenant_id ORDER BY seq DESC LIMIT 1;

-- name: older_rows
-- The rows from before the chain that are still to be linked.
SELECT after_id, event_id AS through_id FROM system_events_waiting
WHERE tenant_id = :tenant_id AND after_id IS NOT NULL;

-- name: older_events
-- The next of them.
SELECT id, occurred_at, action, severity, user_id, subject, request_id, address, detail, salt
FROM system_events
WHERE tenant_id = :tenant_id AND id > :after_id AND id <= :through_id
ORDER BY id
LIMIT :most;

-- name: waiting_events
-- The next events of the work list. A note whose event is gone stays: it is the proof. Looked up one by one (LIMIT 1
-- keeps the planner from it): a merge join would walk through the log from its first row at every batch.
SELECT e.id, e.occurred_at, e.action, e.severity, e.user_id, e.subject, e.request_id, e.address, e.detail, e.salt
FROM system_events_waiting AS w
CROSS JOIN LATERAL (
    SELECT id, occurred_at, action, severity, user_id, subject, request_id, address, detail, salt
    FROM system_events WHERE tenant_id = :tenant_id AND id = w.event_id LIMIT 1
) AS e
WHERE w.tenant_id = :tenant_id AND w.after_id IS NULL
ORDER BY w.event_id
LIMIT :most;

-- name: append_links
-- The links of a batch.
INSERT INTO system_event_links (tenant_id, seq, event_id, kid, payload_digest, digest, mac)
SELECT :tenant_id, n.seq, n.event_id, n.kid, n.payload_digest, n.digest, n.mac
FROM unnest(:seqs::bigint[], :event_ids::bigint[], :kids::text[], :payload_digests::bytea[], :digests::bytea[],
    :macs::bytea[]) AS n (seq, event_id, kid, payload_digest, digest, mac);

-- name: strike_off
-- Events that the chain holds now.
DELETE FROM system_events_waiting WHERE tenant_id = :tenant_id AND event_id = ANY(:event_ids::bigint[]);

-- name: strike_off_older
-- How far the rows from before the chain are linked.
UPDATE system_events_waiting SET after_id = :after_id WHERE tenant_id = :tenant_id AND after_id IS NOT NULL;

-- name: link_at
-- One link's own value.
SELECT mac FROM system_event_links WHERE tenant_id = :tenant_id AND seq = :seq;

-- name: chained_until
-- The moment before which every event is in the chain: the present where none waits.
SELECT COALESCE((
    SELECT e.occurred_at
    FROM (
        SELECT event_id, after_id FROM system_events_waiting WHERE tenant_id = :tenant_id ORDER BY event_id LIMIT 1
    ) AS w
    CROSS JOIN LATERAL (
        SELECT occurred_at FROM system_events
        WHERE tenant_id = :tenant_id AND id > COALESCE(w.after_id, w.event_id - 1) AND id <= w.event_id
        ORDER BY id
        LIMIT 1
    ) AS e
), now());

-- name: linked_events
-- Links after a place, each with its event where that is still there; looked up one by one, as above.
SELECT l.seq, l.event_id, l.kid, l.payload_digest, l.digest, l.mac, e.id, e.occurred_at, e.action, e.severity,
    e.user_id, e.subject, e.request_id, e.address, e.detail, e.salt
FROM system_event_links AS l
LEFT JOIN LATERAL (
    SELECT id, occurred_at, action, severity, user_id, subject, request_id, address, detail, salt
    FROM system_events WHERE tenant_id = :tenant_id AND id = l.event_id LIMIT 1
) AS e ON true
WHERE l.tenant_id = :tenant_id AND l.seq > :after_seq AND l.seq <= :through_seq
ORDER BY l.seq
LIMIT :most;

-- name: unlinked_events
-- A slice of the events by id: how many wait for the chain, and which neither wait nor are linked.
WITH slice AS (
    SELECT e.id FROM system_events AS e WHERE e.tenant_id = :tenant_id AND e.id > :after_id ORDER BY e.id LIMIT :most
), judged AS MATERIALIZED (
    SELECT s.id,
        EXISTS (SELECT 1 FROM system_event_links AS l WHERE l.tenant_id = :tenant_id AND l.event_id = s.id) AS linked,
        (s.id > :older_after AND s.id <= :older_through) OR EXISTS (
            SELECT 1 FROM system_events_waiting AS w WHERE w.tenant_id = :tenant_id AND w.event_id = s.id
        ) AS waits
    FROM slice AS s
)
SELECT count(*) AS events, max(j.id) AS last_id, count(*) FILTER (WHERE j.waits AND NOT j.linked) AS waiting,
    COALESCE((array_agg(j.id ORDER BY j.id) FILTER (WHERE NOT j.waits AND NOT j.linked))[1:1000], '{}') AS unannounced
FROM judged AS j;

-- name: vanished_events
-- Notes of the work list whose event is gone.
SELECT w.event_id
FROM system_events_waiting AS w
LEFT JOIN system_events AS e ON e.tenant_id = :tenant_id AND e.id = w.event_id
WHERE w.tenant_id = :tenant_id AND w.after_id IS NULL AND e.id IS NULL
ORDER BY w.event_id
LIMIT :most;

-- name: late_erasures
-- How many payloads were erased by events that are chained after a place, or not yet.
SELECT COALESCE(sum((e.detail ->> 'count')::bigint), 0)::bigint
FROM system_events AS e
LEFT JOIN system_event_links AS l ON l.tenant_id = :tenant_id AND l.event_id = e.id
WHERE e.tenant_id = :tenant_id AND e.action = 'audit.erased' AND (l.seq IS NULL OR l.seq > :through_seq);
