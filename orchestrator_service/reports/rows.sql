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
        ) OR EXISTS (
            SELECT 1 FROM leads AS m WHERE m.tenant_id = :tenant_id AND m.merged_into = l.id AND m.stage_key = s.key
        ))
    ) >= (SELECT w.position FROM pipeline_stages AS w WHERE w.tenant_id = :tenant_id AND w.key = :stage))
ORDER BY l.id DESC
LIMIT :most;

-- name: reply_rows
-- The conversations that began in a period and were answered by the agent, or by a person; how long the customer waited.
-- Each is judged by itself, newest first, until the page is full.
SELECT c.id, a.answered_at AS at, l.id AS lead_id, COALESCE(l.full_name, p.name, p.reply_phone) AS name,
    c.id AS conversation_id, NULL::text AS seller, NULL::numeric AS amount, NULL::text AS currency,
    extract(EPOCH FROM a.answered_at - a.asked_at)::float8 AS seconds, NULL::text AS detail
FROM (
    SELECT v.id, v.contact_id, v.lead_id FROM conversations AS v
    WHERE v.tenant_id = :tenant_id AND v.created_at >= :since AND v.created_at < :until AND v.id < :before_id
    ORDER BY v.id DESC
) AS c
JOIN LATERAL (
    SELECT min(s.created_at) FILTER (WHERE s.direction = 'in') AS asked_at,
        min(s.created_at) FILTER (WHERE s.direction = 'out') AS answered_at
    FROM (
        SELECT m.author, m.direction, m.created_at, count(*) FILTER (WHERE m.direction = 'out') OVER (
            ORDER BY m.id DESC ROWS UNBOUNDED PRECEDING
        ) AS ahead
        FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id
            AND m.author <> 'system' AND m.direction <> 'note' AND NOT m.imported
    ) AS s
    GROUP BY s.ahead
    HAVING min(s.author) FILTER (WHERE s.direction = 'out') = :author AND count(*) FILTER (WHERE s.direction = 'in') > 0
    ORDER BY s.ahead DESC
    LIMIT 1
) AS a ON true
JOIN contacts AS p ON p.tenant_id = :tenant_id AND p.id = c.contact_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
ORDER BY c.id DESC
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
-- The income and the refunds of a period in one currency, refunds below zero, with the client, or the lead, whose each
-- one is now.
SELECT a.id, a.occurred_at AS at, l.id AS lead_id, COALESCE(k.full_name, l.full_name, l.phone) AS name,
    NULL::bigint AS conversation_id, s.name AS seller,
    CASE WHEN a.kind = 'income' THEN a.amount ELSE -a.amount END AS amount, a.currency::text AS currency,
    NULL::float8 AS seconds, a.kind AS detail
FROM (
    SELECT t.id, t.occurred_at, t.kind, t.amount, t.currency, t.client_id, t.lead_id, t.seller_id
    FROM accounting_transactions AS t
    WHERE t.tenant_id = :tenant_id AND t.occurred_at >= :since AND t.occurred_at < :until AND t.id < :before_id
        AND t.kind IN ('income', 'refund') AND t.reverses_id IS NULL
        AND (:currency::text IS NULL OR t.currency = :currency)
        AND (:seller_id::bigint IS NULL OR t.seller_id = :seller_id)
        AND NOT EXISTS (
            SELECT 1 FROM accounting_transactions AS r WHERE r.tenant_id = :tenant_id AND r.reverses_id = t.id
        )
    ORDER BY t.id DESC
    LIMIT :most
) AS a
LEFT JOIN clients AS c ON c.tenant_id = :tenant_id AND c.id = a.client_id
LEFT JOIN clients AS k ON k.tenant_id = :tenant_id AND k.id = COALESCE(c.merged_into, c.id)
LEFT JOIN leads AS o ON o.tenant_id = :tenant_id AND o.id = a.lead_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = COALESCE(k.lead_id, o.merged_into, o.id)
    AND l.deleted_at IS NULL
LEFT JOIN sellers AS s ON s.tenant_id = :tenant_id AND s.id = a.seller_id
ORDER BY a.id DESC;

-- name: call_rows
-- The calls of models in a period for customers, and what each cost.
SELECT m.id, m.at, l.id AS lead_id, l.full_name AS name, m.conversation_id, NULL::text AS seller, m.cost AS amount,
    m.currency::text AS currency, NULL::float8 AS seconds, m.model AS detail
FROM (
    SELECT k.id, k.at, k.conversation_id, k.cost, k.currency, k.model
    FROM model_calls AS k
    WHERE k.tenant_id = :tenant_id AND k.at >= :since AND k.at < :until AND k.id < :before_id
        AND k.purpose IN ('think', 'summary', 'vision')
    ORDER BY k.id DESC
    LIMIT :most
) AS m
LEFT JOIN conversations AS c ON c.tenant_id = :tenant_id AND c.id = m.conversation_id
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
ORDER BY m.id DESC;

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
