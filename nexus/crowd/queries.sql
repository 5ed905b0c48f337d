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
