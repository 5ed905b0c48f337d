-- Every statement takes one kind of record of a person away (`erase.py` says in which order), and is safe to run again.

-- name: import_rows
-- What an import wrote of them; the row's number stays for the report.
UPDATE import_rows AS i
SET cells = NULL, fields = NULL, match_key = NULL, email_key = NULL, name_key = NULL, lead_id = NULL, before = NULL,
    after = NULL, problems = '[]'
FROM privacy_requests AS r
WHERE i.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (i.lead_id = ANY(r.lead_ids)
        OR tells_of(concat_ws(chr(10), i.cells, i.fields, i.before, i.after, i.problems, i.match_key, i.email_key),
            r.words, r.numbers));

-- name: import_chunks
-- Their rows in files that are not taken in yet.
UPDATE import_chunks AS i
SET cells = (
    SELECT jsonb_agg(CASE WHEN tells_of(e.cell::text, r.words,
        r.numbers) THEN '[]'::jsonb ELSE e.cell END ORDER BY e.place)
    FROM jsonb_array_elements(i.cells) WITH ORDINALITY AS e (cell, place)
)
FROM privacy_requests AS r
WHERE i.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(i.cells::text, r.words, r.numbers);

-- name: import_files
-- A file that carries their name.
UPDATE imports AS i
SET filename = NULL
FROM privacy_requests AS r
WHERE i.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(i.filename, r.words, r.numbers);

-- name: answers
-- Answers that are kept for requests that come twice.
DELETE FROM idempotency_keys AS k USING privacy_requests AS r
WHERE k.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (tells_of(encode(k.body, 'escape'), r.words, r.numbers) OR tells_of(k.headers::text, r.words, r.numbers)
        OR k.subject = ANY(SELECT 'lead:' || x.id FROM unnest(r.lead_ids) AS x (id))
        OR k.subject = ANY(SELECT 'client:' || y.id FROM unnest(r.client_ids) AS y (id)));

-- name: told
-- What other systems are told of them.
DELETE FROM webhook_deliveries AS w USING privacy_requests AS r
WHERE w.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (tells_of(w.data::text, r.words, r.numbers)
        OR w.data #>> '{lead,id}' = ANY(r.lead_ids::text[])
        OR w.data #>> '{client,id}' = ANY(r.client_ids::text[])
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(w.data, '$.**.lead_id') AS a (of_lead)
            WHERE a.of_lead #>> '{}' = ANY(r.lead_ids::text[])
        )
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(w.data, '$.**.conversation_id') AS b (of_talk)
            WHERE b.of_talk #>> '{}' = ANY(r.conversation_ids::text[])
        ));

-- name: told_answers
-- What those systems answered.
UPDATE webhook_attempts AS w
SET answer = NULL
FROM privacy_requests AS r
WHERE w.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(w.answer, r.words, r.numbers);

-- name: received
-- What they wrote into a form, or another system sent of them.
UPDATE received_leads AS v
SET answers = '{}', consent = NULL, problem = NULL, state = 'done'
FROM privacy_requests AS r
WHERE v.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (v.lead_id = ANY(r.lead_ids) OR tells_of(concat_ws(chr(10), v.answers, v.consent, v.problem), r.words,
        r.numbers));

-- name: whose_bells
-- Who was told of them.
SELECT DISTINCT n.user_id AS id FROM notifications AS n
JOIN privacy_requests AS r ON r.tenant_id = n.tenant_id AND r.id = :request_id
WHERE n.tenant_id = :tenant_id
    AND (n.lead_id = ANY(r.lead_ids) OR n.conversation_id = ANY(r.conversation_ids) OR tells_of(n.data::text,
        r.words, r.numbers)
        OR n.event_id = ANY(
            SELECT e.id FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(r.lead_ids)
        ));

-- name: bells
-- What the team was told of them, with the alerts outside the app.
DELETE FROM notifications AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (n.lead_id = ANY(r.lead_ids) OR n.conversation_id = ANY(r.conversation_ids) OR tells_of(n.data::text,
        r.words, r.numbers)
        OR n.event_id = ANY(
            SELECT e.id FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(r.lead_ids)
        ));

-- name: alerts
-- Alerts that name them.
DELETE FROM alert_deliveries AS a USING privacy_requests AS r
WHERE a.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(concat_ws(chr(10), a.content, a.recipient), r.words, r.numbers);

-- name: playground
-- Conversations that were played again.
DELETE FROM playground_runs AS p USING privacy_requests AS r
WHERE p.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(concat_ws(chr(10), p.exchanges, p.sandbox), r.words, r.numbers);

-- name: scenarios
-- Scenarios that were made of what they said.
DELETE FROM evaluation_scenarios AS s USING privacy_requests AS r
WHERE s.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (tells_of(concat_ws(chr(10), s.title, s.body), r.words, r.numbers) OR s.turn_id = ANY(
        SELECT t.id FROM agent_turns AS t
        WHERE t.tenant_id = :tenant_id AND t.conversation_id = ANY(r.conversation_ids)
    ));

-- name: results
-- How such scenarios went.
UPDATE evaluation_runs AS s
SET results = '[]', problem = NULL
FROM privacy_requests AS r
WHERE s.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(concat_ws(chr(10), s.results, s.problem), r.words, r.numbers);

-- name: views
-- Searches for them that somebody has kept.
UPDATE saved_views AS s
SET filters = '{}', name = s.id::text
FROM privacy_requests AS r
WHERE s.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(concat_ws(chr(10), s.name, s.filters), r.words, r.numbers);

-- name: audiences
-- Broadcasts that were meant for them alone.
UPDATE broadcasts AS b
SET filters = '{}'
FROM privacy_requests AS r
WHERE b.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(b.filters::text, r.words, r.numbers);

-- name: mirrored
-- Their name in the sellers' own calendars, as we mirror them.
UPDATE mirrored_events AS m
SET title = ''
FROM privacy_requests AS r
WHERE m.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(m.title, r.words, r.numbers);

-- name: statuses
-- How their messages went.
DELETE FROM message_status_history AS h USING privacy_requests AS r
WHERE h.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (h.message_id = ANY(SELECT m.id FROM chat_messages AS m WHERE m.tenant_id = :tenant_id
        AND m.conversation_id = ANY(r.conversation_ids))
        OR h.inbox_id = ANY(SELECT w.id FROM webhook_inbox AS w WHERE w.tenant_id = :tenant_id
            AND (w.conversation_id = ANY(r.conversation_ids) OR tells_of(encode(w.body, 'escape'), r.words,
            r.numbers) OR w.wamid = ANY(
        SELECT m.wamid FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = ANY(r.conversation_ids)
    ))));

-- name: inbox
-- What the providers sent of them.
DELETE FROM webhook_inbox AS w USING privacy_requests AS r
WHERE w.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (w.conversation_id = ANY(r.conversation_ids) OR tells_of(encode(w.body, 'escape'), r.words, r.numbers)
        OR w.wamid = ANY(
        SELECT m.wamid FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = ANY(r.conversation_ids)
    ));

-- name: quarantine
-- What could not be taken in.
DELETE FROM webhook_quarantine AS w USING privacy_requests AS r
WHERE w.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND tells_of(encode(w.body, 'escape'), r.words, r.numbers);

-- name: keep_media
-- The keys of their files, until those are gone from the store.
INSERT INTO privacy_files (tenant_id, storage_key)
SELECT DISTINCT :tenant_id::int, f.storage_key FROM media_files AS f
JOIN chat_messages AS g ON g.tenant_id = f.tenant_id AND g.id = f.message_id
JOIN privacy_requests AS r ON r.tenant_id = f.tenant_id AND r.id = :request_id
WHERE f.tenant_id = :tenant_id AND g.conversation_id = ANY(r.conversation_ids) AND f.storage_key IS NOT NULL
ON CONFLICT DO NOTHING;

-- name: media_words
-- What their files say; of a file that somebody else sent, too, a model is asked again.
DELETE FROM media_words AS w USING privacy_requests AS r
WHERE w.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND w.sha256 = ANY(
        SELECT f.sha256 FROM media_files AS f
        JOIN chat_messages AS g ON g.tenant_id = f.tenant_id AND g.id = f.message_id
        WHERE f.tenant_id = :tenant_id AND g.conversation_id = ANY(r.conversation_ids)
    );

-- name: media
-- Their files' rows.
DELETE FROM media_files AS f USING privacy_requests AS r
WHERE f.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND f.message_id = ANY(SELECT m.id FROM chat_messages AS m WHERE m.tenant_id = :tenant_id
        AND m.conversation_id = ANY(r.conversation_ids));

-- name: keep_receipts
-- The keys of the receipts of what they paid.
INSERT INTO privacy_files (tenant_id, storage_key)
SELECT DISTINCT :tenant_id::int, f.storage_key FROM transaction_receipts AS f
JOIN accounting_transactions AS t ON t.tenant_id = f.tenant_id AND t.id = f.transaction_id
JOIN privacy_requests AS r ON r.tenant_id = f.tenant_id AND r.id = :request_id
WHERE f.tenant_id = :tenant_id AND (t.lead_id = ANY(r.lead_ids) OR t.client_id = ANY(r.client_ids))
ON CONFLICT DO NOTHING;

-- name: receipts
-- Their receipts; what was paid, and when, stays in the books.
DELETE FROM transaction_receipts AS f USING privacy_requests AS r
WHERE f.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND f.transaction_id = ANY(SELECT t.id FROM accounting_transactions AS t
        WHERE t.tenant_id = :tenant_id AND (t.lead_id = ANY(r.lead_ids) OR t.client_id = ANY(r.client_ids)));

-- name: descriptions
-- What was written beside what they paid.
DELETE FROM transaction_words AS f USING privacy_requests AS r
WHERE f.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND f.transaction_id = ANY(SELECT t.id FROM accounting_transactions AS t
        WHERE t.tenant_id = :tenant_id AND (t.lead_id = ANY(r.lead_ids) OR t.client_id = ANY(r.client_ids)));

-- name: deliveries
-- How messages to them were handed over.
DELETE FROM message_deliveries AS h USING privacy_requests AS r
WHERE h.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND h.message_id = ANY(SELECT m.id FROM chat_messages AS m WHERE m.tenant_id = :tenant_id
        AND m.conversation_id = ANY(r.conversation_ids));

-- name: which_broadcasts
-- Broadcasts whose figures count a message to them.
SELECT DISTINCT b.broadcast_id AS id FROM broadcast_recipients AS b
JOIN privacy_requests AS r ON r.tenant_id = b.tenant_id AND r.id = :request_id
WHERE b.tenant_id = :tenant_id AND b.lead_id = ANY(r.lead_ids) AND b.message_id IS NOT NULL;

-- name: recipients
-- They were among a broadcast's recipients: the count stays.
UPDATE broadcast_recipients AS b
SET message_id = NULL, reason = NULL
FROM privacy_requests AS r
WHERE b.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND b.lead_id = ANY(r.lead_ids);

-- name: scheduled
-- What was to be written to them by itself.
DELETE FROM scheduled_messages AS s USING privacy_requests AS r
WHERE s.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND s.lead_id = ANY(r.lead_ids);

-- name: qualifications
-- What they wanted, and how one knows.
DELETE FROM qualifications AS q USING privacy_requests AS r
WHERE q.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (q.lead_id = ANY(r.lead_ids) OR q.conversation_id = ANY(r.conversation_ids));

-- name: messages
-- Everything that was written.
DELETE FROM chat_messages AS m USING privacy_requests AS r
WHERE m.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND m.conversation_id = ANY(r.conversation_ids);

-- name: questions
-- What they asked and nobody knew.
DELETE FROM knowledge_questions AS q USING privacy_requests AS r
WHERE q.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (q.conversation_id = ANY(r.conversation_ids) OR tells_of(concat_ws(chr(10), q.question, q.answer), r.words,
        r.numbers));

-- name: links
-- Links to their meetings.
DELETE FROM meeting_links AS k USING privacy_requests AS r
WHERE k.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND k.event_id = ANY(
        SELECT e.id FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(r.lead_ids)
    );

-- name: meetings
-- The time was taken: who took it is not said.
UPDATE seller_agenda_events AS e
SET title = '', conversation_id = NULL, offer_id = NULL, meeting_url = NULL, updated_at = now(),
    status = CASE WHEN e.status = 'held' THEN 'cancelled' ELSE e.status END
FROM privacy_requests AS r
WHERE e.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (e.lead_id = ANY(r.lead_ids) OR e.conversation_id = ANY(r.conversation_ids));

-- name: offers
-- Times that they were offered.
DELETE FROM agenda_offers AS o USING privacy_requests AS r
WHERE o.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND o.conversation_id = ANY(r.conversation_ids);

-- name: turns
-- What the agent thought, read and wrote, with its steps and tools.
DELETE FROM agent_turns AS t USING privacy_requests AS r
WHERE t.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND t.conversation_id = ANY(r.conversation_ids);

-- name: tasks
-- What was to be done for them.
DELETE FROM tasks AS k USING privacy_requests AS r
WHERE k.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (k.lead_id = ANY(r.lead_ids) OR k.conversation_id = ANY(r.conversation_ids));

-- name: notes
-- What the team wrote of them.
DELETE FROM lead_notes AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND n.lead_id = ANY(r.lead_ids);

-- name: tags
-- How they were marked.
DELETE FROM lead_tags AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND n.lead_id = ANY(r.lead_ids);

-- name: changes
-- What was changed of them; through which stages they went stays for the reports.
DELETE FROM lead_changes AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND n.lead_id = ANY(r.lead_ids) AND n.field <> 'stage_key';

-- name: bulks
-- What changes of many can be taken back.
DELETE FROM lead_bulk_rows AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND n.lead_id = ANY(r.lead_ids);

-- name: merges
-- What of them was merged.
DELETE FROM merge_records AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (n.survivor_id = ANY(r.lead_ids) OR n.absorbed && r.lead_ids);

-- name: pairs
-- Whom they resembled.
DELETE FROM lead_pairs AS n USING privacy_requests AS r
WHERE n.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND (n.low_id = ANY(r.lead_ids) OR n.high_id = ANY(r.lead_ids));

-- name: conversations
-- Their conversations, with the summaries.
DELETE FROM conversations AS c USING privacy_requests AS r
WHERE c.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND c.id = ANY(r.conversation_ids);

-- name: contacts
-- Where they were reached.
DELETE FROM contacts AS c USING privacy_requests AS r
WHERE c.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND c.id = ANY(r.contact_ids);

-- name: client_contacts
-- People of their company.
DELETE FROM client_contacts AS c USING privacy_requests AS r
WHERE c.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND c.client_id = ANY(r.client_ids);

-- name: events
-- What was announced of them.
DELETE FROM outbox_events AS o USING privacy_requests AS r
WHERE o.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.id = :request_id
    AND o.published_at IS NOT NULL AND (tells_of(o.payload::text, r.words, r.numbers)
        OR o.payload #>> '{lead,id}' = ANY(r.lead_ids::text[])
        OR o.payload #>> '{client,id}' = ANY(r.client_ids::text[])
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(o.payload, '$.**.lead_id') AS a (of_lead)
            WHERE a.of_lead #>> '{}' = ANY(r.lead_ids::text[])
        )
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(o.payload, '$.**.conversation_id') AS b (of_talk)
            WHERE b.of_talk #>> '{}' = ANY(r.conversation_ids::text[])
        ));

-- name: meetings_in_google
-- Meetings of theirs that are in a seller's Google calendar under their name, or on their way there.
SELECT e.id FROM seller_agenda_events AS e
JOIN privacy_requests AS r ON r.tenant_id = e.tenant_id AND r.id = :request_id
WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(r.lead_ids) AND e.google_calendar_event_id IS NOT NULL
    AND e.google_pending IS DISTINCT FROM 'erase'
ORDER BY e.id;

-- name: audit_lines
-- Lines of the log whose erasable part is about them.
SELECT s.id FROM system_events AS s
JOIN privacy_requests AS r ON r.tenant_id = s.tenant_id AND r.id = :request_id
WHERE s.tenant_id = :tenant_id AND s.detail IS NOT NULL AND s.action <> 'audit.erased'
    AND (tells_of(concat_ws(chr(10), s.detail, s.address), r.words, r.numbers)
        OR (s.detail <> '{}' AND s.subject = ANY(
            SELECT 'lead:' || x.id FROM unnest(r.lead_ids) AS x (id)
            UNION ALL SELECT 'client:' || y.id FROM unnest(r.client_ids) AS y (id)
            UNION ALL SELECT 'conversation:' || z.id FROM unnest(r.conversation_ids) AS z (id)
        )))
ORDER BY s.id
LIMIT 500;

-- name: erase_lines
-- Their personal part; the chain stays valid, and says how many.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT erase_event_payloads(:event_ids::bigint[]);

-- name: still_telling
-- Events of them that are not published yet.
SELECT count(*) FROM outbox_events AS o
JOIN privacy_requests AS r ON r.tenant_id = o.tenant_id AND r.id = :request_id
WHERE o.tenant_id = :tenant_id AND o.published_at IS NULL AND (tells_of(o.payload::text, r.words, r.numbers)
        OR o.payload #>> '{lead,id}' = ANY(r.lead_ids::text[])
        OR o.payload #>> '{client,id}' = ANY(r.client_ids::text[])
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(o.payload, '$.**.lead_id') AS a (of_lead)
            WHERE a.of_lead #>> '{}' = ANY(r.lead_ids::text[])
        )
        OR EXISTS (
            SELECT 1 FROM jsonb_path_query(o.payload, '$.**.conversation_id') AS b (of_talk)
            WHERE b.of_talk #>> '{}' = ANY(r.conversation_ids::text[])
        ));

-- name: whom
-- An erasure that is not done.
SELECT id, lead_ids, asked_by FROM privacy_requests
WHERE tenant_id = :tenant_id AND id = :request_id AND kind = 'erase' AND state = 'waiting';

-- name: done
-- What found them is forgotten as well.
UPDATE privacy_requests SET state = 'done', finished_at = now(), words = '{}', numbers = '{}'
WHERE tenant_id = :tenant_id AND id = :request_id AND state = 'waiting';
