-- name: weigh_segment
-- How many leads a broadcast means, by what keeps them from being written to.
SELECT w.reason, count(*) AS leads, min(w.id) AS first_lead_id
FROM (
    SELECT l.id,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM contacts AS o
                WHERE o.tenant_id = :tenant_id AND o.lead_id = l.id
                    AND (o.opted_out_at IS NOT NULL OR o.marketing_opted_out_at IS NOT NULL)
            ) THEN 'opted_out'
            WHEN l.match_key IS NULL AND NOT EXISTS (
                SELECT 1 FROM contacts AS a
                WHERE a.tenant_id = :tenant_id AND a.lead_id = l.id
                    AND (a.reply_phone IS NOT NULL OR a.reply_user_id IS NOT NULL)
            ) THEN 'no_address'
            WHEN ('full_name' = ANY (:needed::text[]) AND COALESCE(btrim(l.full_name), '') = '')
                OR ('company' = ANY (:needed::text[]) AND COALESCE(btrim(l.company), '') = '')
                OR ('need' = ANY (:needed::text[]) AND COALESCE(btrim(l.need), '') = '')
                OR ('meeting' = ANY (:needed::text[]) AND NOT EXISTS (
                    SELECT 1 FROM seller_agenda_events AS e
                    WHERE e.tenant_id = :tenant_id AND e.lead_id = l.id AND e.kind = 'meeting'
                        AND e.status = 'confirmed' AND upper(e.during) > now()
                )) THEN 'missing_values'
        END AS reason
    FROM leads AS l
    WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND NOT :binned
        AND (:stage_key::text IS NULL OR l.stage_key = :stage_key)
        AND (:interest::text IS NULL OR l.interest = :interest)
        AND (:owner_user_id::bigint IS NULL OR l.owner_user_id = :owner_user_id)
        AND (NOT :nobodys OR l.owner_user_id IS NULL)
        AND (:source::text IS NULL OR l.source = :source)
        AND (:campaign::text IS NULL
            OR COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id') = :campaign)
        AND (:tag_id::bigint IS NULL OR EXISTS (
            SELECT 1 FROM lead_tags AS g
            WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id AND g.tag_id = :tag_id
        ))
        AND (:field_key::text IS NULL OR l.custom ->> :field_key = :field_value)
        AND (:score_min::int IS NULL OR l.score >= :score_min)
        AND (:score_max::int IS NULL OR l.score <= :score_max)
        AND (:created_from::timestamptz IS NULL OR l.created_at >= :created_from)
        AND (:created_to::timestamptz IS NULL OR l.created_at < :created_to)
        AND (:active_from::timestamptz IS NULL OR l.updated_at >= :active_from OR EXISTS (
            SELECT 1 FROM conversations AS c
            WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_from
        ))
        AND (:active_to::timestamptz IS NULL OR l.updated_at < :active_to AND NOT EXISTS (
            SELECT 1 FROM conversations AS c
            WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_to
        ))
        AND (:open_task::bool IS NULL OR :open_task = (l.id IN (SELECT leads_with_open_tasks())))
        AND (:words::text IS NULL OR l.id = ANY (ARRAY(
            SELECT find_leads(:words::text, :part::text, :digits::text, NULL, true, false)
        )))
) AS w
GROUP BY w.reason;

-- name: create_broadcast
-- A broadcast; nothing where the same request has made it before.
INSERT INTO broadcasts (
    tenant_id, name, template_id, fills, filters, per_minute, next_batch_at, created_by, request_key
)
VALUES (
    :tenant_id, :name, :template_id, :fills, :filters, :per_minute, now(), :created_by, :request_key
)
ON CONFLICT (tenant_id, created_by, request_key) DO NOTHING
RETURNING id;

-- name: broadcast_of_request
-- What the same request has made before.
SELECT id FROM broadcasts
WHERE tenant_id = :tenant_id AND created_by = :created_by AND request_key = :request_key;

-- name: add_recipients
-- Everybody whom the filters mean now; those who cannot be written to with the reason.
INSERT INTO broadcast_recipients (tenant_id, broadcast_id, lead_id, status, reason)
SELECT :tenant_id, :broadcast_id, w.id, CASE WHEN w.reason IS NULL THEN 'waiting' ELSE 'left_out' END, w.reason
FROM (
    SELECT l.id,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM contacts AS o
                WHERE o.tenant_id = :tenant_id AND o.lead_id = l.id
                    AND (o.opted_out_at IS NOT NULL OR o.marketing_opted_out_at IS NOT NULL)
            ) THEN 'opted_out'
            WHEN l.match_key IS NULL AND NOT EXISTS (
                SELECT 1 FROM contacts AS a
                WHERE a.tenant_id = :tenant_id AND a.lead_id = l.id
                    AND (a.reply_phone IS NOT NULL OR a.reply_user_id IS NOT NULL)
            ) THEN 'no_address'
            WHEN ('full_name' = ANY (:needed::text[]) AND COALESCE(btrim(l.full_name), '') = '')
                OR ('company' = ANY (:needed::text[]) AND COALESCE(btrim(l.company), '') = '')
                OR ('need' = ANY (:needed::text[]) AND COALESCE(btrim(l.need), '') = '')
                OR ('meeting' = ANY (:needed::text[]) AND NOT EXISTS (
                    SELECT 1 FROM seller_agenda_events AS e
                    WHERE e.tenant_id = :tenant_id AND e.lead_id = l.id AND e.kind = 'meeting'
                        AND e.status = 'confirmed' AND upper(e.during) > now()
                )) THEN 'missing_values'
        END AS reason
    FROM leads AS l
    WHERE l.tenant_id = :tenant_id AND l.deleted_at IS NULL AND NOT :binned
        AND (:stage_key::text IS NULL OR l.stage_key = :stage_key)
        AND (:interest::text IS NULL OR l.interest = :interest)
        AND (:owner_user_id::bigint IS NULL OR l.owner_user_id = :owner_user_id)
        AND (NOT :nobodys OR l.owner_user_id IS NULL)
        AND (:source::text IS NULL OR l.source = :source)
        AND (:campaign::text IS NULL
            OR COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id') = :campaign)
        AND (:tag_id::bigint IS NULL OR EXISTS (
            SELECT 1 FROM lead_tags AS g
            WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id AND g.tag_id = :tag_id
        ))
        AND (:field_key::text IS NULL OR l.custom ->> :field_key = :field_value)
        AND (:score_min::int IS NULL OR l.score >= :score_min)
        AND (:score_max::int IS NULL OR l.score <= :score_max)
        AND (:created_from::timestamptz IS NULL OR l.created_at >= :created_from)
        AND (:created_to::timestamptz IS NULL OR l.created_at < :created_to)
        AND (:active_from::timestamptz IS NULL OR l.updated_at >= :active_from OR EXISTS (
            SELECT 1 FROM conversations AS c
            WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_from
        ))
        AND (:active_to::timestamptz IS NULL OR l.updated_at < :active_to AND NOT EXISTS (
            SELECT 1 FROM conversations AS c
            WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_to
        ))
        AND (:open_task::bool IS NULL OR :open_task = (l.id IN (SELECT leads_with_open_tasks())))
        AND (:words::text IS NULL OR l.id = ANY (ARRAY(
            SELECT find_leads(:words::text, :part::text, :digits::text, NULL, true, false)
        )))
) AS w;

-- name: list_broadcasts
-- One page of the broadcasts with their figures, newest first.
SELECT b.id, b.name, b.template_id, t.name AS template_name, t.language AS template_language, b.fills, b.filters,
    b.per_minute, b.status, b.created_by, b.created_at, b.finished_at, f.total, f.waiting, f.left_out, f.sent,
    f.delivered, f.read, f.failed, f.refused, f.replies
FROM broadcasts AS b
JOIN message_templates AS t ON t.tenant_id = b.tenant_id AND t.id = b.template_id
CROSS JOIN LATERAL (
    SELECT count(*) AS total, count(*) FILTER (WHERE r.status = 'waiting') AS waiting,
        count(*) FILTER (WHERE r.status = 'left_out') AS left_out,
        count(*) FILTER (WHERE m.status IN ('sent', 'delivered', 'read')) AS sent,
        count(*) FILTER (WHERE m.status IN ('delivered', 'read')) AS delivered,
        count(*) FILTER (WHERE m.status = 'read') AS read,
        count(*) FILTER (WHERE m.status IN ('failed', 'unknown')) AS failed,
        count(*) FILTER (WHERE m.status = 'refused') AS refused,
        count(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM chat_messages AS a
            WHERE a.tenant_id = :tenant_id AND a.conversation_id = m.conversation_id AND a.id > m.id
                AND a.direction = 'in' AND a.status = 'received'
        )) AS replies
    FROM broadcast_recipients AS r
    LEFT JOIN chat_messages AS m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
    WHERE r.tenant_id = :tenant_id AND r.broadcast_id = b.id
) AS f
WHERE b.tenant_id = :tenant_id AND b.id < :before_id
ORDER BY b.id DESC
LIMIT :most;

-- name: find_broadcast
-- One broadcast with its figures.
SELECT b.id, b.name, b.template_id, t.name AS template_name, t.language AS template_language, b.fills, b.filters,
    b.per_minute, b.status, b.created_by, b.created_at, b.finished_at, f.total, f.waiting, f.left_out, f.sent,
    f.delivered, f.read, f.failed, f.refused, f.replies
FROM broadcasts AS b
JOIN message_templates AS t ON t.tenant_id = b.tenant_id AND t.id = b.template_id
CROSS JOIN LATERAL (
    SELECT count(*) AS total, count(*) FILTER (WHERE r.status = 'waiting') AS waiting,
        count(*) FILTER (WHERE r.status = 'left_out') AS left_out,
        count(*) FILTER (WHERE m.status IN ('sent', 'delivered', 'read')) AS sent,
        count(*) FILTER (WHERE m.status IN ('delivered', 'read')) AS delivered,
        count(*) FILTER (WHERE m.status = 'read') AS read,
        count(*) FILTER (WHERE m.status IN ('failed', 'unknown')) AS failed,
        count(*) FILTER (WHERE m.status = 'refused') AS refused,
        count(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM chat_messages AS a
            WHERE a.tenant_id = :tenant_id AND a.conversation_id = m.conversation_id AND a.id > m.id
                AND a.direction = 'in' AND a.status = 'received'
        )) AS replies
    FROM broadcast_recipients AS r
    LEFT JOIN chat_messages AS m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
    WHERE r.tenant_id = :tenant_id AND r.broadcast_id = b.id
) AS f
WHERE b.tenant_id = :tenant_id AND b.id = :broadcast_id;

-- name: lock_broadcast
-- How a broadcast stands, locked until commit.
SELECT status FROM broadcasts WHERE tenant_id = :tenant_id AND id = :broadcast_id FOR UPDATE;

-- name: set_status
-- It goes on, waits, or has ended.
UPDATE broadcasts
SET status = :status, next_batch_at = CASE WHEN :status = 'running' THEN now() ELSE next_batch_at END,
    finished_at = CASE WHEN :status IN ('done', 'cancelled') THEN now() END
WHERE tenant_id = :tenant_id AND id = :broadcast_id;

-- name: leave_rest_out
-- It was cancelled: nobody further is written to.
UPDATE broadcast_recipients SET status = 'left_out', reason = 'cancelled'
WHERE tenant_id = :tenant_id AND broadcast_id = :broadcast_id AND status = 'waiting';

-- name: claim_batch
-- The next batch, where it is due: by the database's clock, which also wakes the jobs. How large it is and when the one
-- after it is due follow from how many a minute there shall be.
UPDATE broadcasts AS b
SET next_batch_at = now() + make_interval(
    secs => 60.0 * ceil(b.per_minute::numeric / :batches)::float8 / b.per_minute
)
FROM tenant_settings AS s, tenants AS t
WHERE b.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND t.id = :tenant_id AND b.id = :broadcast_id AND b.status = 'running'
    AND b.next_batch_at <= now()
RETURNING b.template_id, b.fills, b.next_batch_at, ceil(b.per_minute::numeric / :batches)::int AS size,
    s.sending_paused OR t.status <> 'active' AS held_up;

-- name: waiting_recipients
-- Who comes next.
SELECT lead_id FROM broadcast_recipients
WHERE tenant_id = :tenant_id AND broadcast_id = :broadcast_id AND status = 'waiting'
ORDER BY lead_id
LIMIT :most;

-- name: lock_recipient
-- One of them, for one worker alone, as long as the broadcast goes on; whether they have opted out since.
SELECT r.lead_id, EXISTS (
    SELECT 1 FROM contacts AS o
    WHERE o.tenant_id = :tenant_id AND o.lead_id = r.lead_id
        AND (o.opted_out_at IS NOT NULL OR o.marketing_opted_out_at IS NOT NULL)
) AS opted_out
FROM broadcast_recipients AS r
JOIN broadcasts AS b ON b.tenant_id = r.tenant_id AND b.id = r.broadcast_id
WHERE r.tenant_id = :tenant_id AND r.broadcast_id = :broadcast_id AND r.lead_id = :lead_id
    AND r.status = 'waiting' AND b.status = 'running'
FOR UPDATE OF r SKIP LOCKED;

-- name: settle_recipient
-- They were written to, or will not be.
UPDATE broadcast_recipients SET status = :status, reason = :reason, message_id = :message_id
WHERE tenant_id = :tenant_id AND broadcast_id = :broadcast_id AND lead_id = :lead_id;

-- name: list_recipients
-- One page of a broadcast's recipients.
SELECT r.lead_id, l.full_name AS lead_name, r.status, r.reason, m.status AS message_status, m.conversation_id
FROM broadcast_recipients AS r
JOIN leads AS l ON l.tenant_id = r.tenant_id AND l.id = r.lead_id
LEFT JOIN chat_messages AS m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
WHERE r.tenant_id = :tenant_id AND r.broadcast_id = :broadcast_id AND r.lead_id < :before_id
ORDER BY r.lead_id DESC
LIMIT :most;
