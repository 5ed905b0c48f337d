-- name: find_person
-- Everything that one person is here: their lead with those merged into it, their clients, contacts and conversations.
WITH RECURSIVE root AS (
    SELECT l.id FROM leads AS l
    WHERE l.tenant_id = :tenant_id AND l.erased_at IS NULL AND (l.id = :lead_id::bigint OR l.id = (
        SELECT c.lead_id FROM clients AS c
        WHERE c.tenant_id = :tenant_id AND c.id = :client_id::bigint AND c.erased_at IS NULL
    ))
    UNION
    SELECT m.id FROM leads AS m
    JOIN root ON m.merged_into = root.id
    WHERE m.tenant_id = :tenant_id
), customer AS (
    SELECT c.id FROM clients AS c
    WHERE c.tenant_id = :tenant_id AND c.erased_at IS NULL
        AND (c.id = :client_id::bigint OR c.lead_id IN (SELECT root.id FROM root))
    UNION
    SELECT d.id FROM clients AS d
    JOIN customer ON d.merged_into = customer.id
    WHERE d.tenant_id = :tenant_id
), spoken AS (
    SELECT p.id FROM contacts AS p WHERE p.tenant_id = :tenant_id AND p.lead_id IN (SELECT root.id FROM root)
    UNION
    SELECT q.id FROM contacts AS q
    JOIN spoken ON q.merged_into = spoken.id
    WHERE q.tenant_id = :tenant_id
)
SELECT
    COALESCE((SELECT array_agg(root.id ORDER BY root.id) FROM root), '{}') AS lead_ids,
    COALESCE((SELECT array_agg(customer.id ORDER BY customer.id) FROM customer), '{}') AS client_ids,
    COALESCE((SELECT array_agg(spoken.id ORDER BY spoken.id) FROM spoken), '{}') AS contact_ids,
    COALESCE((
        SELECT array_agg(t.id ORDER BY t.id) FROM conversations AS t
        WHERE t.tenant_id = :tenant_id
            AND (t.lead_id IN (SELECT root.id FROM root) OR t.contact_id IN (SELECT spoken.id FROM spoken))
    ), '{}') AS conversation_ids;

-- name: names_of_person
-- By what the person is known: every writing that is stored.
SELECT 'name' AS kind, l.full_name AS value FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id = ANY(:lead_ids) AND l.full_name IS NOT NULL
UNION SELECT 'phone', a.phone FROM leads AS a
WHERE a.tenant_id = :tenant_id AND a.id = ANY(:lead_ids) AND a.phone IS NOT NULL
UNION SELECT 'email', b.email FROM leads AS b
WHERE b.tenant_id = :tenant_id AND b.id = ANY(:lead_ids) AND b.email IS NOT NULL
UNION SELECT 'name', c.full_name FROM clients AS c
WHERE c.tenant_id = :tenant_id AND c.id = ANY(:client_ids)
UNION SELECT 'phone', d.phone FROM clients AS d
WHERE d.tenant_id = :tenant_id AND d.id = ANY(:client_ids) AND d.phone IS NOT NULL
UNION SELECT 'email', e.email FROM clients AS e
WHERE e.tenant_id = :tenant_id AND e.id = ANY(:client_ids) AND e.email IS NOT NULL
UNION SELECT 'name', p.name FROM contacts AS p
WHERE p.tenant_id = :tenant_id AND p.id = ANY(:contact_ids) AND p.name IS NOT NULL
UNION SELECT 'phone', q.reply_phone FROM contacts AS q
WHERE q.tenant_id = :tenant_id AND q.id = ANY(:contact_ids) AND q.reply_phone IS NOT NULL
UNION SELECT i.kind, i.value FROM lead_identities AS i
WHERE i.tenant_id = :tenant_id AND i.contact_id = ANY(:contact_ids);

-- name: shown_as
-- How the person is called on the page from which they are erased.
SELECT COALESCE(
    (SELECT COALESCE(l.full_name, l.phone) FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :lead_id::bigint),
    (SELECT c.full_name FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.id = :client_id::bigint)
);

-- name: count_person
-- What hangs on them, by kind; `transactions` are those that stay, without a name.
SELECT
    (SELECT count(*) FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = ANY(:conversation_ids)) AS messages,
    (SELECT count(*) FROM media_files AS f
        JOIN chat_messages AS g ON g.tenant_id = f.tenant_id AND g.id = f.message_id
        WHERE f.tenant_id = :tenant_id AND g.conversation_id = ANY(:conversation_ids)) AS files,
    (SELECT count(*) FROM lead_notes AS n WHERE n.tenant_id = :tenant_id AND n.lead_id = ANY(:lead_ids)) AS notes,
    (SELECT count(*) FROM tasks AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = ANY(:lead_ids)) AS tasks,
    (SELECT count(*) FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(:lead_ids)) AS meetings,
    (SELECT count(*) FROM accounting_transactions AS a
        WHERE a.tenant_id = :tenant_id AND (a.lead_id = ANY(:lead_ids) OR a.client_id = ANY(:client_ids))
    ) AS transactions;

-- name: lock_contacts
-- Whoever takes a message in locks them first.
SELECT id FROM contacts WHERE tenant_id = :tenant_id AND id = ANY(:contact_ids) ORDER BY id FOR UPDATE;

-- name: lock_conversations
-- After the contacts.
SELECT id FROM conversations WHERE tenant_id = :tenant_id AND id = ANY(:conversation_ids) ORDER BY id FOR UPDATE;

-- name: lock_leads
-- After the conversations; with whom they belong to.
SELECT id, owner_user_id FROM leads WHERE tenant_id = :tenant_id AND id = ANY(:lead_ids) ORDER BY id FOR UPDATE;

-- name: lock_clients
-- The last.
SELECT id, owner_user_id FROM clients WHERE tenant_id = :tenant_id AND id = ANY(:client_ids) ORDER BY id FOR UPDATE;

-- name: open_meetings
-- What they have booked and has not taken place.
SELECT id, lead_id FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND lead_id = ANY(:lead_ids) AND kind = 'meeting' AND status = 'confirmed'
    AND lower(during) > :now
ORDER BY id;

-- name: make_key
-- The company's own key for what it remembers of those who refused advertising.
INSERT INTO privacy_keys (tenant_id, key)
VALUES (:tenant_id, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))
ON CONFLICT (tenant_id) DO NOTHING;

-- name: keep_refusals
-- Who refused advertising is remembered as a keyed hash alone: an import must not bring them back into a campaign.
INSERT INTO erased_opt_outs (tenant_id, key_hash)
SELECT :tenant_id, opt_out_hash(k.key, i.kind, i.value)
FROM lead_identities AS i
JOIN contacts AS p ON p.tenant_id = i.tenant_id AND p.id = i.contact_id
JOIN privacy_keys AS k ON k.tenant_id = :tenant_id
WHERE i.tenant_id = :tenant_id AND i.contact_id = ANY(:contact_ids) AND i.kind IN ('match_key', 'user_id')
    AND (p.opted_out_at IS NOT NULL OR p.marketing_opted_out_at IS NOT NULL)
ON CONFLICT DO NOTHING;

-- name: drop_refusals
-- Who was erased once, and welcomes advertising by now, is not held to what they said before.
DELETE FROM erased_opt_outs AS o USING lead_identities AS i, contacts AS p, privacy_keys AS k
WHERE o.tenant_id = :tenant_id AND i.tenant_id = :tenant_id AND p.tenant_id = :tenant_id AND k.tenant_id = :tenant_id
    AND p.id = i.contact_id AND i.contact_id = ANY(:contact_ids) AND i.kind IN ('match_key', 'user_id')
    AND p.opted_out_at IS NULL AND p.marketing_opted_out_at IS NULL
    AND o.key_hash = opt_out_hash(k.key, i.kind, i.value);

-- name: forget_identities
-- From now on whoever writes from there is a stranger.
DELETE FROM lead_identities WHERE tenant_id = :tenant_id AND contact_id = ANY(:contact_ids);

-- name: blank_contacts
-- Nobody is answered there any more.
UPDATE contacts SET name = NULL, username = NULL, reply_phone = NULL, reply_user_id = NULL
WHERE tenant_id = :tenant_id AND id = ANY(:contact_ids);

-- name: settle_inbox
-- What has come from them and is not taken in yet goes with the rest.
UPDATE webhook_inbox SET processed_at = now()
WHERE tenant_id = :tenant_id AND conversation_id = ANY(:conversation_ids) AND processed_at IS NULL;

-- name: empty_mailboxes
-- Nothing is to be answered.
DELETE FROM conversation_mailboxes WHERE tenant_id = :tenant_id AND conversation_id = ANY(:conversation_ids);

-- name: blank_leads
-- The row stays as a number for what counts and pays; nothing of its person does.
UPDATE leads
SET full_name = NULL, phone = NULL, match_key = NULL, email = NULL, company = NULL, need = NULL, social_links = '{}',
    lost_reason = NULL, referral = NULL, campaign = NULL, custom = '{}', also = '', language = NULL, interest = NULL,
    score = NULL, value = NULL, currency = NULL, deleted_at = COALESCE(deleted_at, now()), erased_at = now(),
    updated_at = now()
WHERE tenant_id = :tenant_id AND id = ANY(:lead_ids);

-- name: blank_clients
-- As a lead's.
UPDATE clients
SET full_name = '', phone = NULL, email = NULL, company = NULL, notes = NULL,
    deleted_at = COALESCE(deleted_at, now()), erased_at = now(), updated_at = now()
WHERE tenant_id = :tenant_id AND id = ANY(:client_ids);

-- name: add_request
-- What was asked for; an erasure holds what finds its person until it is done.
INSERT INTO privacy_requests (tenant_id, kind, reason, state, lead_id, client_id, lead_ids, client_ids, contact_ids,
    conversation_ids, words, numbers, counts, asked_by, finished_at)
VALUES (:tenant_id, :kind, :reason, :state, :lead_id, :client_id, :lead_ids, :client_ids, :contact_ids,
    :conversation_ids, :words, :numbers, :counts, :asked_by, CASE WHEN :state = 'done' THEN now() END)
RETURNING id;

-- name: find_request
-- One request.
SELECT id, kind, reason, state, lead_id, client_id, counts, asked_by, created_at, finished_at FROM privacy_requests
WHERE tenant_id = :tenant_id AND id = :request_id;

-- name: list_requests
-- One page of the requests, newest first.
SELECT id, kind, reason, state, lead_id, client_id, counts, asked_by, created_at, finished_at FROM privacy_requests
WHERE tenant_id = :tenant_id AND id < :before_id
ORDER BY id DESC
LIMIT :most;

-- name: read_rules
-- How long the company keeps what; none where it never said.
SELECT lead_months, media_months, payload_days FROM retention_rules WHERE tenant_id = :tenant_id;

-- name: write_rules
-- How long the company keeps what, from now on.
INSERT INTO retention_rules (tenant_id, lead_months, media_months, payload_days)
VALUES (:tenant_id, :lead_months, :media_months, :payload_days)
ON CONFLICT (tenant_id) DO UPDATE
SET lead_months = excluded.lead_months, media_months = excluded.media_months, payload_days = excluded.payload_days,
    updated_at = now();

-- name: idle_leads
-- Leads that nothing has happened with since; who has become a client, or has anything booked or to be done, stays.
SELECT l.id FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.erased_at IS NULL AND l.merged_into IS NULL
    AND l.updated_at < :now::timestamptz - :months::int * interval '1 month'
    AND NOT EXISTS (SELECT 1 FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id)
    AND NOT EXISTS (
        SELECT 1 FROM accounting_transactions AS a WHERE a.tenant_id = :tenant_id AND a.lead_id = l.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM tasks AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = l.id AND k.status = 'open'
    )
    AND NOT EXISTS (
        SELECT 1 FROM conversations AS t
        WHERE t.tenant_id = :tenant_id AND t.lead_id = l.id
            AND t.last_message_at >= :now::timestamptz - :months::int * interval '1 month'
    )
    AND NOT EXISTS (
        SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = l.id
            AND upper(e.during) >= :now::timestamptz - :months::int * interval '1 month'
    )
ORDER BY l.id
LIMIT :most;

-- name: old_media
-- Files of messages that are older than that.
SELECT f.id FROM media_files AS f
WHERE f.tenant_id = :tenant_id AND f.state = 'stored'
    AND f.created_at < :now::timestamptz - :months::int * interval '1 month'
ORDER BY f.id
LIMIT :most;

-- name: keep_old_media
-- Their keys, until the files are gone from the store.
INSERT INTO privacy_files (tenant_id, storage_key)
SELECT DISTINCT :tenant_id::int, f.storage_key FROM media_files AS f
WHERE f.tenant_id = :tenant_id AND f.id = ANY(:media_ids) AND f.storage_key IS NOT NULL
ON CONFLICT DO NOTHING;

-- name: drop_old_words
-- What such files said.
DELETE FROM media_words AS w USING media_files AS f
WHERE w.tenant_id = :tenant_id AND f.tenant_id = :tenant_id AND f.sha256 = w.sha256 AND f.id = ANY(:media_ids);

-- name: drop_old_media
-- The message says that there was a file.
UPDATE media_files
SET state = 'gone', reason = 'retention', storage_key = NULL, sha256 = NULL, filename = NULL, link = NULL,
    words_state = 'none', words = NULL, words_language = NULL
WHERE tenant_id = :tenant_id AND id = ANY(:media_ids);

-- name: old_payloads
-- Bodies of webhooks that are taken in and older than that.
SELECT id FROM webhook_inbox
WHERE tenant_id = :tenant_id AND processed_at < :now::timestamptz - :days::int * interval '1 day' AND body <> ''
ORDER BY id
LIMIT :most;

-- name: empty_payloads
-- The row stays: it says that the event was taken in.
UPDATE webhook_inbox SET body = '' WHERE tenant_id = :tenant_id AND id = ANY(:inbox_ids);

-- name: drop_quarantine
-- What could never be taken in.
DELETE FROM webhook_quarantine
WHERE tenant_id = :tenant_id AND received_at < :now::timestamptz - :days::int * interval '1 day';

-- name: empty_answers
-- What was written into forms; the lead has it.
UPDATE received_leads SET answers = '{}'
WHERE tenant_id = :tenant_id AND state = 'done' AND answers <> '{}'
    AND received_at < :now::timestamptz - :days::int * interval '1 day';

-- name: files_to_remove
-- Keys of files that nothing of the company names any more.
SELECT p.storage_key FROM privacy_files AS p
WHERE p.tenant_id = :tenant_id
    AND NOT EXISTS (
        SELECT 1 FROM media_files AS f WHERE f.tenant_id = :tenant_id AND f.storage_key = p.storage_key
    )
    AND NOT EXISTS (
        SELECT 1 FROM transaction_receipts AS t WHERE t.tenant_id = :tenant_id AND t.storage_key = p.storage_key
    )
    AND NOT EXISTS (
        SELECT 1 FROM knowledge_versions AS v WHERE v.tenant_id = :tenant_id AND v.storage_key = p.storage_key
    )
    AND NOT EXISTS (
        SELECT 1 FROM sellers AS s WHERE s.tenant_id = :tenant_id AND s.photo_key = p.storage_key
    )
LIMIT 100;

-- name: forget_files
-- They are gone from the store.
DELETE FROM privacy_files WHERE tenant_id = :tenant_id AND storage_key = ANY(:keys);

-- name: forget_shared
-- Files that somebody else's record names stay where they are.
DELETE FROM privacy_files WHERE tenant_id = :tenant_id;
