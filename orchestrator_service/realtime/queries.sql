-- name: take_signals
-- The oldest signals that no other relay holds, held until the end of this transaction.
-- cross-tenant: the relay learns from the signals which tenant has events waiting; they hold ids only
SELECT id, tenant_id FROM outbox_signals ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED;

-- name: claim_tenants
-- Those of the tenants that no other relay is serving; ours until the end of this transaction.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT t.id AS tenant_id FROM unnest(:tenants::int[]) AS t (id) WHERE pg_try_advisory_xact_lock(:lock_class, t.id);

-- name: delete_signals
-- Signals whose events are out.
-- cross-tenant: removes the signals that this relay holds, of all the tenants it has just served; ids only
DELETE FROM outbox_signals WHERE id = ANY(:ids::bigint[]);

-- name: start_sequence
-- The tenant's counter, where it has none yet.
INSERT INTO event_sequences (tenant_id) VALUES (:tenant_id) ON CONFLICT (tenant_id) DO NOTHING;

-- name: lock_sequence
-- Serialise the numbering of one tenant; a statement of its own, so that the next one sees what was numbered before it.
SELECT last_seq FROM event_sequences WHERE tenant_id = :tenant_id FOR UPDATE;

-- name: number_events
-- Give the oldest committed events without a number the numbers that follow the last one.
WITH waiting AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place
    FROM outbox_events
    WHERE tenant_id = :tenant_id AND published_at IS NULL AND seq IS NULL
    ORDER BY id
    LIMIT :most
), numbered AS (
    UPDATE outbox_events AS e SET seq = :last_seq + w.place
    FROM waiting AS w
    WHERE e.tenant_id = :tenant_id AND e.id = w.id
    RETURNING e.seq
)
UPDATE event_sequences AS s SET last_seq = n.newest
FROM (SELECT max(seq) AS newest FROM numbered) AS n
WHERE s.tenant_id = :tenant_id AND n.newest IS NOT NULL;

-- name: unpublished_events
-- The first numbered events that are not known to be out.
SELECT seq, name, payload, audience, owner_user_id, created_at
FROM outbox_events
WHERE tenant_id = :tenant_id AND published_at IS NULL AND seq IS NOT NULL
ORDER BY seq
LIMIT :most;

-- name: mark_published
-- Everything up to a number is out.
UPDATE outbox_events SET published_at = now()
WHERE tenant_id = :tenant_id AND published_at IS NULL AND seq <= :last_seq;

-- name: prune_events
-- Forget events that went out before a moment.
DELETE FROM outbox_events WHERE tenant_id = :tenant_id AND published_at < :before;

-- name: last_seq
-- The number of the tenant's newest numbered event.
SELECT last_seq FROM event_sequences WHERE tenant_id = :tenant_id;

-- name: events_after
-- Numbered events from a number to another, whether or not they are out.
SELECT seq, name, payload, audience, owner_user_id, created_at
FROM outbox_events
WHERE tenant_id = :tenant_id AND seq > :since AND seq <= :until
ORDER BY seq
LIMIT :most;
