-- name: company_since
-- When a company was made: the moment at which its crowd stops.
SELECT t.created_at FROM tenants AS t WHERE t.id = :tenant_id;

-- name: members
-- Who works in a company, in the order in which they came.
SELECT u.id, u.role FROM users AS u WHERE u.tenant_id = :tenant_id ORDER BY u.id;

-- name: sellers
-- Who sells in a company, and whose account that is.
SELECT s.id, s.user_id FROM sellers AS s WHERE s.tenant_id = :tenant_id AND s.user_id IS NOT NULL ORDER BY s.id;

-- name: channel
-- The number that a company's customers write to.
SELECT c.id FROM channels AS c WHERE c.tenant_id = :tenant_id ORDER BY c.id LIMIT 1;

-- name: first_lead
-- From which id on the crowd of the first company was written, if it was.
SELECT min(l.id) FROM leads AS l WHERE l.tenant_id = :tenant_id;

-- name: has_lead
-- Whether the chunk that begins with a lead has been written.
SELECT EXISTS (SELECT 1 FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :lead_id);

-- name: reserve_ids
-- An id that no row of these tables has, and from it on as many that none will be given.
-- cross-tenant: a sequence holds no tenant's data
WITH named AS (
    SELECT pg_get_serial_sequence(n.name, 'id')::regclass AS sequence
    FROM unnest(:tables::text[]) AS n (name)
), start AS MATERIALIZED (
    SELECT max(nextval(named.sequence)) AS first FROM named
)
SELECT min(start.first) FROM start CROSS JOIN LATERAL (
    SELECT max(setval(named.sequence, start.first + :many::bigint)) AS last FROM named
) AS taken
WHERE taken.last IS NOT NULL;

-- name: leads_bytes
-- What the leads of all companies take on the disk.
-- cross-tenant: reads the catalog only
SELECT pg_relation_size('leads'::regclass);

-- name: set_aside
-- What every new row of these tables pays for, with the commands that take it away and bring it back as it was: indexes
-- that no constraint is made of, the most expensive ones first, and foreign keys.
-- cross-tenant: reads the catalog only
WITH named AS (
    SELECT c.oid, c.oid::regclass AS name, c.reloptions
    FROM pg_class AS c WHERE c.oid = ANY (:tables::text[]::regclass[])
), found AS (
    SELECT 1 AS place, format('DROP INDEX %s', i.indexrelid::regclass) AS away, pg_get_indexdef(i.indexrelid) AS back,
        a.amname::text AS method
    FROM named AS n
    JOIN pg_index AS i ON i.indrelid = n.oid
    JOIN pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_am AS a ON a.oid = c.relam
    WHERE NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
    UNION ALL
    SELECT 2, format('ALTER TABLE %s ALTER CONSTRAINT %I NOT ENFORCED', n.name, k.conname),
        format('ALTER TABLE %s ALTER CONSTRAINT %I ENFORCED', n.name, k.conname), NULL
    FROM named AS n
    JOIN pg_constraint AS k ON k.conrelid = n.oid AND k.contype = 'f' AND k.conenforced
    UNION ALL
    SELECT 3, format('ALTER TABLE %s SET (parallel_workers = 1)', n.name),
        format('ALTER TABLE %s RESET (parallel_workers)', n.name), NULL
    FROM named AS n
    WHERE n.reloptions IS NULL
)
SELECT f.away, f.back, f.method FROM found AS f ORDER BY f.place, f.method = 'gin' DESC, f.away;
