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
