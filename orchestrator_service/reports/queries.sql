-- name: stage_places
-- The pipeline, first to last.
SELECT s.key, s.kind, s.position, s.probability
FROM pipeline_stages AS s
WHERE s.tenant_id = :tenant_id
ORDER BY s.position, s.id;

-- name: cohort_facets
-- The leads that came in a period, by source, by where they are now and by how far they, or one that was merged into
-- them, ever came.
WITH cohort AS MATERIALIZED (
    SELECT l.id, l.source, l.stage_key, l.lost_reason
    FROM leads AS l
    WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND l.created_at >= :since AND l.created_at < :until
), been AS (
    SELECT c.id AS lead_id, c.stage_key AS key FROM cohort AS c
    UNION ALL
    SELECT m.merged_into, m.stage_key FROM cohort AS c
    JOIN leads AS m ON m.tenant_id = :tenant_id AND m.merged_into = c.id
    UNION ALL
    SELECT h.lead_id, k.key
    FROM cohort AS c
    JOIN lead_changes AS h ON h.tenant_id = :tenant_id AND h.lead_id = c.id AND h.field = 'stage_key'
    CROSS JOIN LATERAL (VALUES (h.was), (h.became)) AS k (key)
), furthest AS (
    SELECT b.lead_id, max(s.position) AS position
    FROM been AS b
    JOIN pipeline_stages AS s ON s.tenant_id = :tenant_id AND s.key = b.key AND s.kind <> 'lost'
    GROUP BY b.lead_id
)
SELECT c.source, here.kind, CASE WHEN here.kind = 'lost' THEN COALESCE(c.lost_reason, '') END AS reason,
    COALESCE(f.position, 1) AS position, count(*) AS leads
FROM cohort AS c
JOIN pipeline_stages AS here ON here.tenant_id = :tenant_id AND here.key = c.stage_key
LEFT JOIN furthest AS f ON f.lead_id = c.id
GROUP BY 1, 2, 3, 4;

-- name: replies
-- How long customers of the conversations that began in a period waited for the agent's and for a person's first answer.
-- A wait is from the first message that nobody had answered to the next message of the agent or the team.
-- Counted from the newest back, as the index of a conversation's messages has them: an answer and what waited for it see
-- the same number of answers from there on.
WITH said AS (
    SELECT m.conversation_id, m.author, m.direction, m.created_at,
        count(*) FILTER (WHERE m.direction = 'out') OVER (
            PARTITION BY m.conversation_id ORDER BY m.id DESC ROWS UNBOUNDED PRECEDING
        ) AS ahead
    FROM conversations AS c
    JOIN chat_messages AS m ON m.tenant_id = :tenant_id AND m.conversation_id = c.id
    WHERE c.tenant_id = :tenant_id AND c.created_at >= :since AND c.created_at < :until
        AND m.author <> 'system' AND m.direction <> 'note' AND NOT m.imported
), waited AS (
    SELECT s.conversation_id, s.ahead, min(s.created_at) FILTER (WHERE s.direction = 'in') AS asked_at,
        min(s.created_at) FILTER (WHERE s.direction = 'out') AS answered_at,
        min(s.author) FILTER (WHERE s.direction = 'out') AS author
    FROM said AS s
    GROUP BY s.conversation_id, s.ahead
), answered AS (
    SELECT DISTINCT ON (w.conversation_id, w.author) w.author,
        extract(EPOCH FROM w.answered_at - w.asked_at)::float8 AS seconds
    FROM waited AS w
    WHERE w.asked_at IS NOT NULL AND w.answered_at IS NOT NULL
    ORDER BY w.conversation_id, w.author, w.ahead DESC
)
SELECT a.author, count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY a.seconds) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY a.seconds) AS p90
FROM answered AS a
GROUP BY a.author
ORDER BY a.author;

-- name: seller_meetings
-- Each seller's meetings that were booked in a period, those that began in it, and whom they met.
WITH meeting AS MATERIALIZED (
    SELECT e.seller_id, e.lead_id, e.status, e.created_at >= :since AND e.created_at < :until AS booked,
        lower(e.during) >= :since AND lower(e.during) < :until AS begun
    FROM seller_agenda_events AS e
    WHERE e.tenant_id = :tenant_id AND e.kind = 'meeting' AND e.status <> 'held'
)
SELECT s.id AS seller_id, s.name, count(m.seller_id) FILTER (WHERE m.booked) AS booked,
    count(m.seller_id) FILTER (WHERE m.begun AND m.status = 'done') AS shown,
    count(m.seller_id) FILTER (WHERE m.begun AND m.status = 'no_show') AS missed,
    count(DISTINCT l.id) FILTER (WHERE m.begun AND m.status = 'done') AS met,
    count(DISTINCT l.id) FILTER (WHERE m.begun AND m.status = 'done' AND g.kind = 'won') AS won
FROM sellers AS s
LEFT JOIN meeting AS m ON m.seller_id = s.id AND (m.booked OR m.begun)
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = m.lead_id AND l.deleted_at IS NULL
LEFT JOIN pipeline_stages AS g ON g.tenant_id = :tenant_id AND g.key = l.stage_key
WHERE s.tenant_id = :tenant_id AND (s.active OR m.seller_id IS NOT NULL)
    AND (:seller_id::bigint IS NULL OR s.id = :seller_id)
GROUP BY s.id, s.name
ORDER BY s.name, s.id;

-- name: revenue
-- What was earned in a period, by currency and seller: income less refunds, without what was reversed.
SELECT a.currency::text AS currency, a.seller_id,
    sum(CASE WHEN a.kind = 'income' THEN a.amount ELSE -a.amount END) AS amount, count(*) AS count
FROM accounting_transactions AS a
WHERE a.tenant_id = :tenant_id AND a.occurred_at >= :since AND a.occurred_at < :until
    AND a.kind IN ('income', 'refund') AND a.reverses_id IS NULL
    AND (:seller_id::bigint IS NULL OR a.seller_id = :seller_id)
    AND NOT EXISTS (
        SELECT 1 FROM accounting_transactions AS r WHERE r.tenant_id = :tenant_id AND r.reverses_id = a.id
    )
GROUP BY a.currency, a.seller_id
ORDER BY a.currency, a.seller_id;

-- name: model_cost
-- What models cost in a period for customers: trials in the playground and in the evaluation are not theirs.
SELECT COALESCE(sum(c.cost), 0) AS cost, count(*) AS calls
FROM model_calls AS c
WHERE c.tenant_id = :tenant_id AND c.at >= :since AND c.at < :until
    AND c.purpose IN ('think', 'summary', 'vision');

-- name: stays
-- How long leads had been in each stage when they left it in a period: since they had come into it, or since they came.
SELECT h.was AS stage_key, count(*) AS count,
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(EPOCH FROM h.created_at - COALESCE(p.created_at, l.created_at))::float8
    ) AS median
FROM lead_changes AS h
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = h.lead_id AND l.deleted_at IS NULL
JOIN pipeline_stages AS s ON s.tenant_id = :tenant_id AND s.key = h.was
LEFT JOIN LATERAL (
    SELECT b.created_at
    FROM lead_changes AS b
    WHERE b.tenant_id = :tenant_id AND b.lead_id = h.lead_id AND b.id < h.id AND b.field = 'stage_key'
    ORDER BY b.id DESC
    LIMIT 1
) AS p ON true
WHERE h.tenant_id = :tenant_id AND h.field = 'stage_key' AND h.created_at >= :since AND h.created_at < :until
GROUP BY h.was;

-- name: forecast
-- What the open leads are worth now, and what of it is to be expected by their stages.
SELECT l.currency::text AS currency, sum(l.value) AS value,
    round(sum(l.value * s.probability) / 100, 2) AS weighted
FROM leads AS l
JOIN pipeline_stages AS s ON s.tenant_id = :tenant_id AND s.key = l.stage_key AND s.kind = 'open'
WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND l.value IS NOT NULL
GROUP BY l.currency
ORDER BY l.currency;

-- name: company_zone
-- On whose clock days begin.
SELECT zone FROM tenants WHERE id = :tenant_id;

-- name: readiness
-- What of going live is done; a demo company has the local WhatsApp and the local Google alone.
SELECT
    EXISTS (
        SELECT 1
        FROM channels AS c
        JOIN credentials AS k ON k.tenant_id = :tenant_id AND k.name = 'channel:' || c.id || ':api_key'
        WHERE c.tenant_id = :tenant_id AND c.active AND t.mode = 'live'
    ) AS whatsapp,
    EXISTS (
        SELECT 1 FROM tenant_settings AS s
        WHERE s.tenant_id = :tenant_id AND s.brain = 'live' AND s.model_name IS NOT NULL
    ) AS model,
    EXISTS (
        SELECT 1 FROM seller_calendars AS g WHERE g.tenant_id = :tenant_id AND t.mode = 'live'
    ) AS google,
    EXISTS (
        SELECT 1 FROM sellers AS s
        WHERE s.tenant_id = :tenant_id AND s.active AND jsonb_path_exists(s.working_hours, '$.*[*]')
    ) OR EXISTS (
        SELECT 1 FROM seller_calendars AS d WHERE d.tenant_id = :tenant_id AND t.mode = 'live'
    ) AS hours,
    EXISTS (
        SELECT 1 FROM tenant_settings AS o WHERE o.tenant_id = :tenant_id AND btrim(o.offer_summary) <> ''
    ) AS offer,
    (SELECT count(*) > 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.status = 'active') AS team,
    EXISTS (SELECT 1 FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL) AS leads
FROM tenants AS t
WHERE t.id = :tenant_id;

-- name: targets
-- What sellers are to reach in a month: one seller's, or everybody's.
SELECT t.seller_id, t.measure, t.currency, t.amount
FROM seller_targets AS t
WHERE t.tenant_id = :tenant_id AND t.month = :month AND (:seller_id::bigint IS NULL OR t.seller_id = :seller_id)
ORDER BY t.seller_id, t.measure, t.currency;

-- name: drop_targets
-- A seller's month, without any target.
DELETE FROM seller_targets WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND month = :month;

-- name: set_targets
-- What the seller is to reach in the month.
INSERT INTO seller_targets (tenant_id, seller_id, month, measure, currency, amount)
SELECT :tenant_id, :seller_id, :month, t.measure, t.currency, t.amount
FROM unnest(:measures::text[], :currencies::text[], :amounts::numeric[]) AS t (measure, currency, amount);
