-- name: plant_identity
-- How the person is known.
INSERT INTO lead_identities (tenant_id, kind, value, contact_id) VALUES (:tenant_id, :kind, :value, :contact_id);

-- name: plant_person
-- Everything that a lead can hold, and a refusal of advertising.
WITH refused AS (
    UPDATE contacts SET reply_phone = :phone, username = 'zulema.quirnoz', marketing_opted_out_at = now()
    WHERE tenant_id = :tenant_id AND id = :contact_id
)
UPDATE leads SET phone = :phone, match_key = :match_key, email = :email, company = :said, need = :said,
    social_links = '{"instagram": "https://instagram.com/zulema"}', lost_reason = :said,
    referral = jsonb_build_object('headline', :said::text), custom = jsonb_build_object('said', :said::text), also = :said
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: plant_inbox
-- A webhook of theirs, its status, one that came to nothing.
WITH arrived AS (
    INSERT INTO webhook_inbox (tenant_id, provider, event_id, event_type, kind, wamid, body, body_hash, channel_id,
        conversation_id, processed_at)
    VALUES (:tenant_id, 'ycloud', 'evt_zulema', 'x', 'inbound', 'wamid.zulema',
        convert_to('{"said": "' || :said::text || '"}', 'UTF8'), '\x00', :channel_id, :conversation_id, now())
    RETURNING id
), spoken AS (
    INSERT INTO webhook_inbox (tenant_id, provider, event_id, event_type, kind, body, body_hash, channel_id, processed_at)
    VALUES (:tenant_id, 'ycloud', 'evt_status', 'x', 'status',
        convert_to('{"to": "' || :phone::text || '"}', 'UTF8'), '\x00', :channel_id, now())
    RETURNING id
), status AS (
    INSERT INTO message_status_history (tenant_id, message_id, status, error_code, occurred_at, inbox_id)
    SELECT :tenant_id, :message_id, 'read', :said, now(), spoken.id FROM spoken
)
INSERT INTO webhook_quarantine (tenant_id, provider, event_id, reason, body)
VALUES (:tenant_id, 'ycloud', 'evt_q', 'foreign_number', convert_to('{"from": "' || :phone::text || '"}', 'UTF8'));

-- name: plant_turn
-- What the agent thought of what they wrote.
WITH turn AS (
    INSERT INTO agent_turns (tenant_id, conversation_id, state, draft, error)
    VALUES (:tenant_id, :conversation_id, 'done', jsonb_build_object('text', :said::text), :said)
    RETURNING id
), step AS (
    INSERT INTO turn_steps (tenant_id, turn_id, name, started_at, outcome, detail)
    SELECT :tenant_id, turn.id, 'think', now(), 'ok', jsonb_build_object('read', :said::text) FROM turn
), call AS (
    INSERT INTO tool_calls (tenant_id, turn_id, tool, arguments, arguments_hash, refused, result)
    SELECT :tenant_id, turn.id, 'qualify', jsonb_build_object('need', :said::text), '\x00', false, '{}' FROM turn
), scenario AS (
    INSERT INTO evaluation_scenarios (tenant_id, turn_id, title, brain, body)
    SELECT :tenant_id, turn.id, :said, 'demo', jsonb_build_object('said', :said::text) FROM turn
), run AS (
    INSERT INTO evaluation_runs (tenant_id, state, results)
    VALUES (:tenant_id, 'done', jsonb_build_array(jsonb_build_object('said', 'I am ' || :name::text)))
), summary AS (
    INSERT INTO conversation_summaries (tenant_id, conversation_id, through_message_id, body)
    VALUES (:tenant_id, :conversation_id, :message_id, :said)
), question AS (
    INSERT INTO knowledge_questions (tenant_id, conversation_id, question, folded)
    VALUES (:tenant_id, :conversation_id, :said, :said)
), offer AS (
    INSERT INTO agenda_offers (tenant_id, id, conversation_id, seller_id, starts_at, ends_at, turn_id, expires_at)
    SELECT :tenant_id, gen_random_uuid(), :conversation_id, :seller_id, now(), now() + interval '1 hour', turn.id, now()
    FROM turn
), delivery AS (
    INSERT INTO message_deliveries (tenant_id, message_id, channel_id, wamid, error_message)
    VALUES (:tenant_id, :message_id, :channel_id, 'wamid.zulema', :said)
)
INSERT INTO qualifications (tenant_id, conversation_id, lead_id, turn_id, interest, score, need, evidence)
SELECT :tenant_id, :conversation_id, :lead_id, turn.id, 'hot', 90, :said, jsonb_build_array(:said::text) FROM turn;

-- name: plant_team
-- What the team is told, wrote and keeps of them.
WITH bell AS (
    INSERT INTO notifications (tenant_id, user_id, kind, lead_id, data)
    VALUES (:tenant_id, :user_id, 'hot_lead', :lead_id, jsonb_build_object('name', :name::text))
    RETURNING id
), alert AS (
    INSERT INTO alert_deliveries (tenant_id, notification_id, user_id, channel, due_at, content)
    SELECT :tenant_id, bell.id, :user_id, 'email', now(), jsonb_build_object('title', :name::text) FROM bell
), task AS (
    INSERT INTO tasks (tenant_id, kind, lead_id, reason, title)
    VALUES (:tenant_id, 'manual', :lead_id, :said, :said)
), change AS (
    INSERT INTO lead_changes (tenant_id, lead_id, field, was, became)
    VALUES (:tenant_id, :lead_id, 'full_name', :said, :name)
), many AS (
    INSERT INTO lead_bulks (tenant_id, id, made_by) VALUES (:tenant_id, gen_random_uuid(), :user_id) RETURNING id
), bulk AS (
    INSERT INTO lead_bulk_rows (tenant_id, bulk_id, lead_id, before, after)
    SELECT :tenant_id, many.id, :lead_id, jsonb_build_object('need', :said::text), '{}' FROM many
), merge AS (
    INSERT INTO merge_records (tenant_id, survivor_id, absorbed, fields)
    VALUES (:tenant_id, :lead_id, '{}', jsonb_build_object('need', :said::text))
), view AS (
    INSERT INTO saved_views (tenant_id, user_id, name, filters)
    VALUES (:tenant_id, :user_id, :name, jsonb_build_object('q', :phone::text))
), run AS (
    INSERT INTO playground_runs (tenant_id, user_id, state, exchanges)
    VALUES (:tenant_id, :user_id, 'ready', jsonb_build_array(:name::text))
), calendar AS (
    INSERT INTO seller_calendars (tenant_id, seller_id, kind, connected_at)
    VALUES (:tenant_id, :seller_id, 'oauth', now())
    RETURNING seller_id
)
INSERT INTO mirrored_events (tenant_id, seller_id, google_event_id, during, busy, all_day, title)
SELECT :tenant_id, calendar.seller_id, 'g1', tstzrange(now(), now() + interval '1 hour'), true, false, :name
FROM calendar;

-- name: plant_outside
-- What came by a form, and what other systems are told and answer.
WITH source AS (
    INSERT INTO lead_sources (tenant_id, kind, name, key, settings)
    VALUES (:tenant_id, 'form', 'Web', 'k-1234567890123456', '{}')
    RETURNING id
), received AS (
    INSERT INTO received_leads (tenant_id, source_id, event_id, state, lead_id, answers, consent)
    SELECT :tenant_id, source.id, 'e1', 'done', :lead_id, jsonb_build_object('email', :email::text), :said FROM source
), endpoint AS (
    INSERT INTO webhook_endpoints (tenant_id, name, url, event_types)
    VALUES (:tenant_id, 'CRM', 'https://crm.example', '{lead.created}')
    RETURNING id
), own AS (
    INSERT INTO webhook_deliveries (tenant_id, endpoint_id, message_id, type, data, happened_at)
    SELECT :tenant_id, endpoint.id, 'm1', 'lead.created', jsonb_build_object('phone', '+54 9 11 5566-7788'), now()
    FROM endpoint
), other AS (
    INSERT INTO webhook_deliveries (tenant_id, endpoint_id, message_id, type, data, happened_at)
    SELECT :tenant_id, endpoint.id, 'm2', 'lead.created', '{}', now() FROM endpoint
    RETURNING id
), answer AS (
    INSERT INTO webhook_attempts (tenant_id, delivery_id, number, at, ms, answer)
    SELECT :tenant_id, other.id, 1, now(), 1, 'got ' || :email::text FROM other
), template AS (
    INSERT INTO message_templates (tenant_id, channel_id, name, language, status)
    VALUES (:tenant_id, :channel_id, 'promo', 'es', 'APPROVED')
    RETURNING id
), broadcast AS (
    INSERT INTO broadcasts (tenant_id, name, template_id, filters, per_minute, next_batch_at, created_by)
    SELECT :tenant_id, 'Promo', template.id, jsonb_build_object('q', :name::text), 1, now(), :user_id FROM template
    RETURNING id
), recipient AS (
    INSERT INTO broadcast_recipients (tenant_id, broadcast_id, lead_id, reason, message_id)
    SELECT :tenant_id, broadcast.id, :lead_id, :said, :message_id FROM broadcast
)
INSERT INTO scheduled_messages (tenant_id, kind, lead_id, due_at, status, reason, message_id)
VALUES (:tenant_id, 'follow_up', :lead_id, now(), 'sent', :said, :message_id);

-- name: plant_import
-- A file that is being looked at, with the person in one of its rows.
WITH file AS (
    INSERT INTO imports (tenant_id, filename, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count,
        created_by)
    VALUES (:tenant_id, 'zulema quirnoz.csv', 'utf-8', ',', '[]', true, 2, 2, 1, :user_id)
    RETURNING id
), chunk AS (
    INSERT INTO import_chunks (tenant_id, import_id, number, cells)
    SELECT :tenant_id, file.id, 0, jsonb_build_array(
        jsonb_build_array('Otro', 'otro@sur.example'), jsonb_build_array(:name::text, '011 15-5566-7788', :email::text)
    ) FROM file
)
INSERT INTO import_rows (tenant_id, import_id, number, verdict, cells, fields, match_key, lead_id)
SELECT :tenant_id, file.id, 2, 'change', jsonb_build_array(:said::text), jsonb_build_object('need', :said::text),
    :match_key, :lead_id
FROM file;

-- name: plant_money
-- What was written beside what they paid; and what their meeting is called.
WITH titled AS (
    UPDATE seller_agenda_events SET title = :said WHERE tenant_id = :tenant_id AND lead_id = :lead_id
), heard AS (
    INSERT INTO media_words (tenant_id, sha256, model, words)
    SELECT :tenant_id, f.sha256, 'model', :said FROM media_files AS f WHERE f.tenant_id = :tenant_id
), note AS (
    INSERT INTO client_contacts (tenant_id, client_id, name, phone, position)
    VALUES (:tenant_id, :client_id, :name, :phone, 0)
), noted AS (
    UPDATE clients SET notes = :said WHERE tenant_id = :tenant_id AND id = :client_id
), receipt AS (
    INSERT INTO transaction_receipts (tenant_id, transaction_id, media_type, size_bytes, storage_key, filename, created_by)
    VALUES (:tenant_id, :transaction_id, 'application/pdf', 3, :storage_key, :said, :user_id)
)
INSERT INTO transaction_words (tenant_id, transaction_id, description) VALUES (:tenant_id, :transaction_id, :said);

-- name: chunk_cells
-- What is left of the file.
SELECT cells AS row FROM import_chunks WHERE tenant_id = :tenant_id;

-- name: amounts
-- What the books say.
SELECT count(*) FROM accounting_transactions WHERE tenant_id = :tenant_id AND amount = 100;

-- name: refusals
-- Contacts who take no advertising.
SELECT count(*) FROM contacts WHERE tenant_id = :tenant_id AND marketing_opted_out_at IS NOT NULL;

-- name: unpublished
-- Events that wait to be told.
SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant_id AND published_at IS NULL;

-- name: waiting
-- Erasures that wait.
SELECT id FROM privacy_requests WHERE tenant_id = :tenant_id AND state = 'waiting';

-- name: gone
-- Events that say that somebody is gone.
SELECT count(*) FROM outbox_events
WHERE tenant_id = :tenant_id AND name = 'LEAD_UPDATED' AND payload @> '{"visible": false}';

-- name: age
-- Nothing has happened with anybody for two years.
WITH aged AS (
    UPDATE leads SET updated_at = now() - interval '2 years' WHERE tenant_id = :tenant_id AND id = :lead_id
), old AS (
    UPDATE media_files SET created_at = now() - interval '2 years' WHERE tenant_id = :tenant_id
)
UPDATE webhook_inbox SET processed_at = now() - interval '2 years' WHERE tenant_id = :tenant_id;
