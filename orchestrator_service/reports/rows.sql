-- name: lead_rows
-- The leads of a cohort, by falling id: all, or those that came as far, are in a stage of a kind, came from a source.
SELECT l.id, l.created_at AS at, l.id AS lead_id, COALESCE(l.full_name, l.phone, l.email) AS name,
    NULL::bigint AS conversation_id, NULL::text AS seller, l.value AS amount, l.currency::text AS currency,
    NULL::float8 AS seconds, CASE WHEN here.kind = 'lost' THEN l.lost_reason ELSE l.source END AS detail
FROM leads AS l
JOIN pipeline_stages AS here ON here.tenant_id = :tenant_id AND here.key = l.stage_key
WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND l.created_at >= :since AND l.created_at < :until
    AND l.id < :before_id
    AND (:source::text IS NULL OR l.source = :source)
    AND (:kind::text IS NULL OR here.kind = :kind)
    AND (:reason::text IS NULL OR COALESCE(l.lost_reason, '') = :reason)
    AND (:stage::text IS NULL OR (
        SELECT COALESCE(max(s.position), 1)
        FROM pipeline_stages AS s
        WHERE s.tenant_id = :tenant_id AND s.kind <> 'lost' AND (s.key = l.stage_key OR EXISTS (
            SELECT 1 FROM lead_changes AS h
            WHERE h.tenant_id = :tenant_id AND h.lead_id = l.id AND h.field = 'stage_key' AND s.key IN (h.was, h.became)
        ))
    ) >= (SELECT w.position FROM pipeline_stages AS w WHERE w.tenant_id = :tenant_id AND w.key = :stage))
ORDER BY l.id DESC
LIMIT :most;

-- name: reply_rows
-- The conversations that began in a period and were answered by the agent, or by a person; how long the customer waited.
WITH said AS (
    SELECT m.conversation_id, m.author, m.direction, m.created_at,
        count(*) FILTER (WHERE m.direction = 'out') OVER (
            PARTITION BY m.conversation_id ORDER BY m.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS wait
    FROM conversations AS c
    JOIN chat_messages AS m ON m.tenant_id = :tenant_id AND m.conversation_id = c.id
    WHERE c.tenant_id = :tenant_id AND c.created_at >= :since AND c.created_at < :until AND c.id < :before_id
        AND m.author <> 'system' AND m.direction <> 'note' AND m.status <> 'imported'
), waited AS (
    SELECT s.conversation_id, s.wait, min(s.created_at) FILTER (WHERE s.direction = 'in') AS asked_at,
        min(s.created_at) FILTER (WHERE s.direction = 'out') AS answered_at,
        min(s.author) FILTER (WHERE s.direction = 'out') AS author
    FROM said AS s
    GROUP BY s.conversation_id, s.wait
), answered AS (
    SELECT DISTINCT ON (w.conversation_id) w.conversation_id, w.answered_at,
        extract(EPOCH FROM w.answered_at - w.asked_at)::float8 AS seconds
    FROM waited AS w
    WHERE w.asked_at IS NOT NULL AND w.answered_at IS NOT NULL AND w.author = :author
    ORDER BY w.conversation_id, w.wait
)
SELECT a.conversation_id AS id, a.answered_at AS at, l.id AS lead_id,
    COALESCE(l.full_name, p.name, p.reply_phone) AS name, a.conversation_id, NULL::text AS seller,
    NULL::numeric AS amount, NULL::text AS currency, a.seconds, NULL::text AS detail
FROM answered AS a
JOIN conversations AS c ON c.tenant_id = :tenant_id AND c.id = a.conversation_id
JOIN contacts AS p ON p.tenant_id = :tenant_id AND p.id = c.contact_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
ORDER BY a.conversation_id DESC
LIMIT :most;

-- name: meeting_rows
-- Meetings by falling id: those booked in a period, or (`status` given) those that began in it and went so.
SELECT e.id, lower(e.during) AS at, l.id AS lead_id, COALESCE(l.full_name, l.phone, NULLIF(e.title, '')) AS name,
    e.conversation_id, s.name AS seller, NULL::numeric AS amount, NULL::text AS currency, NULL::float8 AS seconds,
    e.status AS detail
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = :tenant_id AND s.id = e.seller_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = e.lead_id AND l.deleted_at IS NULL
WHERE e.tenant_id = :tenant_id AND e.kind = 'meeting' AND e.status <> 'held' AND e.id < :before_id
    AND (:seller_id::bigint IS NULL OR e.seller_id = :seller_id)
    AND CASE WHEN :status::text IS NULL THEN e.created_at >= :since AND e.created_at < :until
        ELSE e.status = :status AND lower(e.during) >= :since AND lower(e.during) < :until END
ORDER BY e.id DESC
LIMIT :most;

-- name: met_rows
-- The leads that were met in a period, each once: all, or those in a stage of a kind.
SELECT l.id, l.created_at AS at, l.id AS lead_id, COALESCE(l.full_name, l.phone, l.email) AS name,
    NULL::bigint AS conversation_id, NULL::text AS seller, l.value AS amount, l.currency::text AS currency,
    NULL::float8 AS seconds, l.source AS detail
FROM leads AS l
JOIN pipeline_stages AS g ON g.tenant_id = :tenant_id AND g.key = l.stage_key
WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND l.id < :before_id
    AND (:kind::text IS NULL OR g.kind = :kind)
    AND EXISTS (
        SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = l.id AND e.kind = 'meeting' AND e.status = 'done'
            AND lower(e.during) >= :since AND lower(e.during) < :until
            AND (:seller_id::bigint IS NULL OR e.seller_id = :seller_id)
    )
ORDER BY l.id DESC
LIMIT :most;

-- name: revenue_rows
-- The income and the refunds of a period in one currency, refunds below zero.
SELECT a.id, a.occurred_at AS at, c.lead_id, c.full_name AS name, NULL::bigint AS conversation_id, s.name AS seller,
    CASE WHEN a.kind = 'income' THEN a.amount ELSE -a.amount END AS amount, a.currency::text AS currency,
    NULL::float8 AS seconds, a.kind AS detail
FROM accounting_transactions AS a
LEFT JOIN clients AS c ON c.tenant_id = :tenant_id AND c.id = a.client_id
LEFT JOIN sellers AS s ON s.tenant_id = :tenant_id AND s.id = a.seller_id
WHERE a.tenant_id = :tenant_id AND a.occurred_at >= :since AND a.occurred_at < :until AND a.id < :before_id
    AND a.kind IN ('income', 'refund') AND a.reverses_id IS NULL
    AND (:currency::text IS NULL OR a.currency = :currency)
    AND (:seller_id::bigint IS NULL OR a.seller_id = :seller_id)
    AND NOT EXISTS (
        SELECT 1 FROM accounting_transactions AS r WHERE r.tenant_id = :tenant_id AND r.reverses_id = a.id
    )
ORDER BY a.id DESC
LIMIT :most;

-- name: call_rows
-- The calls of models in a period for customers, and what each cost.
SELECT m.id, m.at, l.id AS lead_id, l.full_name AS name, m.conversation_id, NULL::text AS seller, m.cost AS amount,
    m.currency::text AS currency, NULL::float8 AS seconds, m.model AS detail
FROM model_calls AS m
LEFT JOIN conversations AS c ON c.tenant_id = :tenant_id AND c.id = m.conversation_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
WHERE m.tenant_id = :tenant_id AND m.at >= :since AND m.at < :until AND m.id < :before_id
    AND m.purpose IN ('think', 'summary', 'vision')
ORDER BY m.id DESC
LIMIT :most;

-- name: stay_rows
-- The stays in a stage that ended in a period, and how long each was.
SELECT h.id, h.created_at AS at, l.id AS lead_id, COALESCE(l.full_name, l.phone, l.email) AS name,
    NULL::bigint AS conversation_id, NULL::text AS seller, NULL::numeric AS amount, NULL::text AS currency,
    extract(EPOCH FROM h.created_at - COALESCE(p.created_at, l.created_at))::float8 AS seconds, h.became AS detail
FROM lead_changes AS h
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = h.lead_id AND l.deleted_at IS NULL
LEFT JOIN LATERAL (
    SELECT b.created_at
    FROM lead_changes AS b
    WHERE b.tenant_id = :tenant_id AND b.lead_id = h.lead_id AND b.id < h.id AND b.field = 'stage_key'
    ORDER BY b.id DESC
    LIMIT 1
) AS p ON true
WHERE h.tenant_id = :tenant_id AND h.field = 'stage_key' AND h.created_at >= :since AND h.created_at < :until
    AND h.id < :before_id AND (:stage::text IS NULL OR h.was = :stage)
ORDER BY h.id DESC
LIMIT :most;
