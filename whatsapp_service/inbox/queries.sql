-- name: known_event
-- The hash of an event that was accepted before, and whether its message was, under another event id maybe.
SELECT (
    SELECT e.body_hash FROM webhook_inbox AS e
    WHERE e.tenant_id = :tenant_id AND e.provider = :provider AND e.event_id = :event_id
) AS body_hash, EXISTS (
    SELECT 1 FROM webhook_inbox AS m WHERE m.tenant_id = :tenant_id AND m.wamid = :inbound_wamid AND m.kind = 'inbound'
) AS message_known;

-- name: store_event
-- Accept one event; nothing where its id, or an inbound message's wamid, is taken.
INSERT INTO webhook_inbox (
    tenant_id, provider, event_id, event_type, kind, wamid, body, body_hash, channel_id, conversation_id
)
VALUES (
    :tenant_id, :provider, :event_id, :event_type, :kind, :wamid, :body, :body_hash, :channel_id, :conversation_id
)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: quarantine_event
-- Keep what must not be worked on, for a person to look at.
INSERT INTO webhook_quarantine (tenant_id, provider, event_id, reason, body)
VALUES (:tenant_id, :provider, :event_id, :reason, :body);

-- name: note_news
-- What a provider told of a number, or of its whole account where it names no number; the rest stays as it was.
UPDATE channels
SET quality = COALESCE(:quality, quality), shown_name = COALESCE(:shown_name, shown_name),
    message_limit = COALESCE(:message_limit, message_limit), provider_status = COALESCE(:status, provider_status),
    provider_reason = :reason, news_at = now()
WHERE tenant_id = :tenant_id
    AND (id = :channel_id OR :number::text IS NULL AND waba_id = :waba_id::text);

-- name: open_mailbox
-- What is pending in a conversation's mailbox, made where it is missing and locked until commit: a job that claims it
-- waits for this transaction.
INSERT INTO conversation_mailboxes (tenant_id, conversation_id) VALUES (:tenant_id, :conversation_id)
ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET conversation_id = excluded.conversation_id
RETURNING intake_pending, turn_pending;

-- name: await_intake
-- Something waits to be mirrored that nobody waits to see answered.
UPDATE conversation_mailboxes SET intake_pending = true
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id;

-- name: await_turn
-- A message waits to be mirrored and for an answer: due after the quiet period, or the maximum wait since the burst's first message.
-- Beside it, how many conversations of the company wait for one, counted up to a hundred.
UPDATE conversation_mailboxes AS m
SET intake_pending = true, turn_pending = true,
    first_at = CASE WHEN m.turn_pending THEN m.first_at ELSE now() END,
    due_at = LEAST(
        now() + make_interval(secs => s.quiet_seconds::float8),
        (CASE WHEN m.turn_pending THEN m.first_at ELSE now() END)
            + make_interval(secs => s.maximum_wait_seconds::float8)
    )
FROM tenant_settings AS s
WHERE m.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND m.conversation_id = :conversation_id
RETURNING m.due_at, (
    SELECT count(*) FROM (
        SELECT 1 FROM conversation_mailboxes AS w
        WHERE w.tenant_id = :tenant_id AND w.turn_pending AND w.conversation_id <> :conversation_id LIMIT 100
    ) AS others
) AS waiting;

-- name: store_usual
-- Accept what known people write, all of it at once: messages that want an answer, of contacts about whom nothing new is
-- told, in conversations that nobody else is working on. It waits for no other transaction (SKIP LOCKED). What is not
-- answered here was not stored: repetitions, strangers, news of a person, and whatever somebody holds.
WITH told AS (
    SELECT t.*
    FROM unnest(
        :event_ids::text[], :event_types::text[], :wamids::text[], :bodies::bytea[], :body_hashes::bytea[],
        :names::text[], :usernames::text[], :phones::text[], :user_ids::text[]
    ) WITH ORDINALITY AS t (event_id, event_type, wamid, body, body_hash, name, username, phone, user_id, place)
), writer AS (
    SELECT k.place, min(li.contact_id) FILTER (WHERE k.kind IN ('match_key', 'user_id')) AS contact_id
    FROM unnest(:places::bigint[], :kinds::text[], :values::text[]) AS k (place, kind, value)
    LEFT JOIN LATERAL (
        SELECT i.contact_id
        FROM lead_identities AS i
        WHERE i.tenant_id = :tenant_id AND i.kind = k.kind AND i.value = k.value
            AND i.seen_at >= now() - interval '1 hour'
        LIMIT 1 -- by its key, one by one: the planner must not read a whole company for a few people
    ) AS li ON true
    GROUP BY k.place
    HAVING bool_and(li.contact_id IS NOT NULL)
        AND count(DISTINCT li.contact_id) FILTER (WHERE k.kind IN ('match_key', 'user_id')) = 1
), free AS (
    SELECT c.id, c.contact_id, m.intake_pending, m.turn_pending
    FROM conversations AS c
    JOIN conversation_mailboxes AS m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
    WHERE c.tenant_id = :tenant_id AND m.tenant_id = :tenant_id AND c.channel_id = :channel_id
        AND c.contact_id = ANY (ARRAY(SELECT writer.contact_id FROM writer))
    FOR NO KEY UPDATE OF c, m SKIP LOCKED
), stored AS (
    INSERT INTO webhook_inbox (
        tenant_id, provider, event_id, event_type, kind, wamid, body, body_hash, channel_id, conversation_id
    )
    SELECT :tenant_id, :provider, t.event_id, t.event_type, 'inbound', t.wamid, t.body, t.body_hash, :channel_id, f.id
    FROM told AS t
    JOIN writer AS w ON w.place = t.place
    JOIN free AS f ON f.contact_id = w.contact_id
    JOIN contacts AS p ON p.tenant_id = :tenant_id AND p.id = w.contact_id
    WHERE COALESCE(t.name, p.name, '') = COALESCE(p.name, '')
        AND COALESCE(t.username, p.username, '') = COALESCE(p.username, '')
        AND COALESCE(t.phone, p.reply_phone, '') = COALESCE(p.reply_phone, '')
        AND COALESCE(t.user_id, p.reply_user_id, '') = COALESCE(p.reply_user_id, '')
    ORDER BY t.place
    ON CONFLICT DO NOTHING
    RETURNING event_id, conversation_id
), pending AS (
    UPDATE conversation_mailboxes AS m
    SET intake_pending = true, turn_pending = true,
        first_at = CASE WHEN m.turn_pending THEN m.first_at ELSE now() END,
        due_at = LEAST(
            now() + make_interval(secs => s.quiet_seconds::float8),
            (CASE WHEN m.turn_pending THEN m.first_at ELSE now() END)
                + make_interval(secs => s.maximum_wait_seconds::float8)
        )
    FROM tenant_settings AS s
    WHERE m.tenant_id = :tenant_id AND s.tenant_id = :tenant_id
        AND m.conversation_id IN (SELECT stored.conversation_id FROM stored)
    RETURNING m.conversation_id, m.due_at
)
SELECT s.event_id, s.conversation_id, f.intake_pending, f.turn_pending, n.due_at, (
    SELECT count(*) FROM (
        SELECT 1 FROM conversation_mailboxes AS o WHERE o.tenant_id = :tenant_id AND o.turn_pending LIMIT 100
    ) AS others
) AS waiting
FROM stored AS s
JOIN free AS f ON f.id = s.conversation_id
JOIN pending AS n ON n.conversation_id = s.conversation_id;

-- name: store_statuses
-- Accept what became of messages, all of it at once; what is not answered here was not stored.
INSERT INTO webhook_inbox (tenant_id, provider, event_id, event_type, kind, wamid, body, body_hash, channel_id)
SELECT :tenant_id, :provider, t.event_id, t.event_type, 'status', t.wamid, t.body, t.body_hash, :channel_id
FROM unnest(
    :event_ids::text[], :event_types::text[], :wamids::text[], :bodies::bytea[], :body_hashes::bytea[]
) WITH ORDINALITY AS t (event_id, event_type, wamid, body, body_hash, place)
ORDER BY t.place
ON CONFLICT DO NOTHING
RETURNING id, event_id;

-- name: share_filing
-- A job that begins to read statuses waits for our commit; others who accept do not.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_advisory_xact_lock_shared(hashtextextended(:key, 0));

-- name: filing_waits
-- Whether a job is still to begin that will read what we accept.
-- cross-tenant: the job tables know no tenants; the lock's name carries it
SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE lock = :key AND status = 'todo');
