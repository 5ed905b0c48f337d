-- name: lock_delivery
-- One delivery with all that decides and addresses it, locked until commit.
SELECT d.message_id, m.conversation_id, d.state, d.attempts, d.channel_id, m.body, m.type, m.content,
    c.last_inbound_at, p.opted_out_at IS NOT NULL AS opted_out, p.reply_phone, p.reply_user_id,
    s.sending_paused, p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out,
    NOT EXISTS (
        SELECT 1 FROM message_deliveries AS e
        JOIN chat_messages AS f ON f.tenant_id = e.tenant_id AND f.id = e.message_id
        WHERE e.tenant_id = :tenant_id AND f.tenant_id = :tenant_id AND f.conversation_id = m.conversation_id
            AND f.id < m.id AND f.status = 'queued' AND e.state IN ('queued', 'sending')
    ) AS is_next
FROM message_deliveries AS d
JOIN chat_messages AS m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
JOIN conversations AS c ON c.tenant_id = d.tenant_id AND c.id = m.conversation_id
JOIN contacts AS p ON p.tenant_id = d.tenant_id AND p.id = c.contact_id
JOIN tenant_settings AS s ON s.tenant_id = d.tenant_id
WHERE d.tenant_id = :tenant_id AND d.message_id = :message_id
FOR UPDATE OF d;

-- name: next_to_send
-- A queued message that no earlier one of its conversation waits before, and whom it is for.
SELECT d.channel_id, m.conversation_id, COALESCE(p.reply_phone, p.reply_user_id, '') AS person
FROM message_deliveries AS d
JOIN chat_messages AS m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
JOIN conversations AS c ON c.tenant_id = d.tenant_id AND c.id = m.conversation_id
JOIN contacts AS p ON p.tenant_id = d.tenant_id AND p.id = c.contact_id
WHERE d.tenant_id = :tenant_id AND d.message_id = :message_id AND d.state = 'queued' AND NOT EXISTS (
    SELECT 1 FROM message_deliveries AS e
    JOIN chat_messages AS f ON f.tenant_id = e.tenant_id AND f.id = e.message_id
    WHERE e.tenant_id = :tenant_id AND f.tenant_id = :tenant_id AND f.conversation_id = m.conversation_id
        AND f.id < m.id AND f.status = 'queued' AND e.state IN ('queued', 'sending')
);

-- name: begin_sending
-- From here on, a crash leaves the outcome unknown.
UPDATE message_deliveries SET state = 'sending', attempts = attempts + 1, updated_at = now()
WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: file_to_send
-- The file that a message of ours goes out with.
SELECT f.storage_key, f.sniffed_type AS media_type, f.filename, f.provider_media_id, f.attempts
FROM media_files AS f
WHERE f.tenant_id = :tenant_id AND f.message_id = :message_id AND f.direction = 'out' AND f.state = 'stored';

-- name: file_uploaded
-- The provider has the file.
UPDATE media_files SET provider_media_id = :media_id
WHERE tenant_id = :tenant_id AND message_id = :message_id AND direction = 'out' AND state = 'stored';

-- name: upload_later
-- Another attempt to hand a file over was made.
UPDATE media_files SET attempts = attempts + 1
WHERE tenant_id = :tenant_id AND message_id = :message_id AND direction = 'out' AND state = 'stored';

-- name: inbound_to_acknowledge
-- A message of the customer, and whether something has been said after it, or may be said at all.
SELECT m.wamid, c.channel_id, s.sending_paused, EXISTS (
    SELECT 1 FROM chat_messages AS o
    WHERE o.tenant_id = :tenant_id AND o.conversation_id = m.conversation_id AND o.direction = 'out' AND o.id > m.id
) AS answered
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
JOIN tenant_settings AS s ON s.tenant_id = m.tenant_id
WHERE m.tenant_id = :tenant_id AND m.id = :message_id AND m.direction = 'in' AND m.wamid IS NOT NULL;

-- name: record_outcome
-- What became of a delivery.
UPDATE message_deliveries
SET state = :state, provider_id = COALESCE(:provider_id, provider_id), wamid = COALESCE(:wamid, wamid),
    error_code = :error_code, error_message = :error_message, updated_at = now()
WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: reconcile_delivery
-- The provider speaks of a message, so it has it: an uncertain delivery is certain now. One that is being sent is marked
-- as interrupted until its own outcome is recorded; where that never happens, the mark tells that there was a doubt.
UPDATE message_deliveries
SET state = CASE WHEN state IN ('sending', 'unknown') THEN 'sent' ELSE state END,
    error_code = CASE WHEN state = 'sending' THEN 'interrupted' ELSE error_code END,
    provider_id = COALESCE(provider_id, :provider_id), wamid = COALESCE(wamid, :wamid), updated_at = now()
WHERE tenant_id = :tenant_id AND message_id = :message_id
RETURNING message_id;

-- name: message_of_wamid
-- The message that the provider knows under this id.
SELECT message_id FROM message_deliveries WHERE tenant_id = :tenant_id AND wamid = :wamid;

-- name: wait_for_accepts
-- Whoever is accepting a status and counts on us has committed, once this is answered.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_advisory_xact_lock(hashtextextended(:key, 0));

-- name: waiting_statuses
-- Statuses that are not filed yet, in the order in which they came.
SELECT id, provider, body FROM webhook_inbox
WHERE tenant_id = :tenant_id AND kind = 'status' AND processed_at IS NULL
ORDER BY id LIMIT :most
FOR UPDATE SKIP LOCKED;

-- name: record_status
-- One line of a message's history; a webhook writes it once.
INSERT INTO message_status_history (tenant_id, message_id, status, error_code, occurred_at, inbox_id)
VALUES (:tenant_id, :message_id, :status, :error_code, :occurred_at, :inbox_id)
ON CONFLICT (tenant_id, inbox_id) DO NOTHING;

-- name: mark_processed
-- Inbox rows are done with.
UPDATE webhook_inbox SET processed_at = now() WHERE tenant_id = :tenant_id AND id = ANY (:inbox_ids::bigint[]);

-- name: note_check
-- What a try of the number's key found; no problem where it works.
UPDATE channels SET checked_at = now(), check_problem = :problem WHERE tenant_id = :tenant_id AND id = :channel_id;

-- name: lock_alert
-- One alert to a colleague, for one worker alone until its commit.
SELECT id FROM alert_deliveries WHERE tenant_id = :tenant_id AND id = :alert_id AND channel = 'whatsapp'
FOR NO KEY UPDATE;

-- name: find_alert
-- It, with all that decides; a number whose owner asked for no messages gets none, whoever typed it in.
SELECT a.id, a.state, a.attempts, a.channel_id, a.recipient, a.content, n.read_at IS NOT NULL AS read, s.sending_paused,
    EXISTS (
        SELECT 1 FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.opted_out_at IS NOT NULL
            AND ltrim(p.reply_phone, '+') = ltrim(a.recipient, '+')
    ) AS opted_out
FROM alert_deliveries AS a
JOIN notifications AS n ON n.tenant_id = a.tenant_id AND n.id = a.notification_id
JOIN tenant_settings AS s ON s.tenant_id = a.tenant_id
WHERE a.tenant_id = :tenant_id AND a.id = :alert_id AND a.channel = 'whatsapp' AND a.channel_id IS NOT NULL
    AND a.recipient IS NOT NULL;

-- name: claim_alert
-- From here on, a crash leaves the outcome unknown.
UPDATE alert_deliveries SET state = 'sending', attempts = attempts + 1, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: queue_again
-- It surely was not sent: once more later.
UPDATE alert_deliveries SET state = 'queued', reason = :reason, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: settle_alert
-- What became of it; what was to be said is forgotten.
UPDATE alert_deliveries SET state = :state, reason = :reason, content = NULL, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;
