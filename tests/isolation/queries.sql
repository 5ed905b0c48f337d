-- name: accesses
-- What the audit log says of requests.
SELECT request_id, action, user_id, (detail ->> 'status')::int AS status
FROM system_events
WHERE tenant_id = :tenant_id AND detail ? 'method';

-- name: current_tenant
-- What a connection believes, read as the service role.
-- cross-tenant: reads a setting only
SELECT NULLIF(current_setting('app.tenant_id', true), '') AS tenant, count(*) OVER () AS one;

-- name: all_visible
-- Every company that a transaction sees, the filter forgotten.
-- cross-tenant: a test forgets the filter on purpose
SELECT id FROM tenants ORDER BY id;

-- name: fail
-- A statement that fails.
-- cross-tenant: touches no table
SELECT 1 / :nothing::int;

-- name: wait
-- A statement that takes some time, in seconds.
-- cross-tenant: touches no table
SELECT pg_sleep(:seconds);

-- name: notification_of
-- The newest thing that somebody was told.
SELECT max(id) FROM notifications WHERE tenant_id = :tenant_id AND user_id = :user_id;

-- name: add_template
-- An approved template without variables.
INSERT INTO message_templates (tenant_id, channel_id, name, language, status, components)
VALUES (:tenant_id, :channel_id, :name, 'es', 'APPROVED', '[{"type": "BODY", "text": "Hola"}]')
RETURNING id;

-- name: add_broadcast
-- A broadcast that is held up.
INSERT INTO broadcasts (tenant_id, name, template_id, per_minute, status, next_batch_at, created_by)
VALUES (:tenant_id, :name, :template_id, 10, 'paused', now(), :created_by)
RETURNING id;

-- name: add_day_off
-- A day on which a seller does not work.
INSERT INTO agenda_days_off (tenant_id, seller_id, first_day, last_day, note)
VALUES (:tenant_id, :seller_id, '2026-02-01', '2026-02-01', :note)
RETURNING id;


-- name: add_calendar
-- A seller has a Google calendar, whose grant is nowhere.
INSERT INTO seller_calendars (tenant_id, seller_id, kind, connected_at)
VALUES (:tenant_id, :seller_id, 'oauth', now());

-- name: add_mirrored
-- An hour of it is taken.
INSERT INTO mirrored_events (tenant_id, seller_id, google_event_id, during, busy, all_day, title)
VALUES (
    :tenant_id, :seller_id, 'e1', tstzrange(:starts::timestamptz, :starts::timestamptz + interval '1 hour', '[)'), true, false, :title
);

-- name: add_version
-- A published version of the agent.
INSERT INTO agent_versions (tenant_id, number, body)
SELECT :tenant_id, COALESCE(max(v.number), 0) + 1, jsonb_build_object('agent_name', :name::text)
FROM agent_versions AS v WHERE v.tenant_id = :tenant_id
RETURNING id;

-- name: add_run
-- Somebody tries the agent.
INSERT INTO playground_runs (tenant_id, user_id, state, exchanges)
VALUES (
    :tenant_id, :user_id, 'ready',
    jsonb_build_array(jsonb_build_object('messages', jsonb_build_array(:text::text), 'asked_at', '2026-02-01T12:00:00Z'))
)
RETURNING id;

-- name: add_lead
-- Somebody without a number.
INSERT INTO leads (tenant_id, full_name, owner_user_id) VALUES (:tenant_id, :name, :owner_user_id) RETURNING id;

-- name: add_pair
-- Two leads that may be one person.
INSERT INTO lead_pairs (tenant_id, low_id, high_id, score, reasons)
VALUES (:tenant_id, :low_id, :high_id, 85, '{email}')
RETURNING id;

-- name: add_merge
-- A merge that was undone.
INSERT INTO merge_records (tenant_id, survivor_id, absorbed, undone_at)
VALUES (:tenant_id, :survivor_id, :absorbed, now())
RETURNING id;

-- name: add_tag
-- A tag of a company.
INSERT INTO tags (tenant_id, name) VALUES (:tenant_id, :name) RETURNING id;

-- name: add_field
-- A field of a company.
INSERT INTO custom_fields (tenant_id, key, label, type) VALUES (:tenant_id, :key, :label, 'text') RETURNING id;

-- name: add_reason
-- Why a company loses leads.
INSERT INTO lost_reasons (tenant_id, name, position) VALUES (:tenant_id, :name, 9) RETURNING id;

-- name: add_photo
-- What a seller looks like.
UPDATE sellers SET photo_key = :storage_key, photo_type = 'image/png', photo_number = 1, photo_shown = true
WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: add_note
-- A note on a lead.
INSERT INTO lead_notes (tenant_id, lead_id, author_user_id, body)
VALUES (:tenant_id, :lead_id, :author, :body)
RETURNING id;

-- name: add_task
-- A task about a lead.
INSERT INTO tasks (tenant_id, kind, lead_id, reason, title) VALUES (:tenant_id, 'manual', :lead_id, '', :title)
RETURNING id;

-- name: add_doomed
-- Another lead of the same owner.
INSERT INTO leads (tenant_id, full_name, owner_user_id)
SELECT :tenant_id, :name, l.owner_user_id FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :like_lead
RETURNING id;

-- name: add_bulk
-- An edit of many leads.
INSERT INTO lead_bulks (tenant_id, id, made_by) VALUES (:tenant_id, :bulk_id, :made_by);

-- name: add_dead_delivery
-- A delivery that failed for good.
INSERT INTO webhook_deliveries (tenant_id, endpoint_id, message_id, type, data, happened_at, state)
VALUES (:tenant_id, :endpoint_id, :name, 'NEW_LEAD', '{}', now(), 'dead')
RETURNING id;

-- name: newest_event
-- Where the outbox ends.
SELECT COALESCE(max(id), 0) FROM outbox_events WHERE tenant_id = :tenant_id;

-- name: events_from
-- What was announced since.
SELECT name, payload FROM outbox_events WHERE tenant_id = :tenant_id AND id > :since ORDER BY id;

-- name: take_job
-- The next job of a company, whenever it is due; it is taken out of the queue.
-- cross-tenant: the queue knows no tenants; the payload names its own
DELETE FROM jobs.procrastinate_jobs AS j
WHERE j.id = (
    SELECT q.id FROM jobs.procrastinate_jobs AS q
    WHERE q.status = 'todo' AND (q.args ->> 'tenant_id')::int = :tenant_id
    ORDER BY q.priority DESC, q.id
    LIMIT 1
)
RETURNING j.id, j.task_name, j.args;

-- name: late_task
-- Something that was being written about a lead while it was merged.
UPDATE tasks SET lead_id = :lead_id WHERE tenant_id = :tenant_id AND id = :task_id;

-- name: the_seller
-- The company's first seller.
SELECT min(id) FROM sellers WHERE tenant_id = :tenant_id;

-- name: newest_conversation
-- Where somebody wrote last.
SELECT max(id) FROM conversations WHERE tenant_id = :tenant_id;

-- name: newest_sent
-- By which name the provider knows it.
SELECT m.wamid FROM chat_messages AS m
WHERE m.tenant_id = :tenant_id AND m.direction = 'out' AND m.wamid IS NOT NULL ORDER BY m.id DESC LIMIT 1;

-- name: lead_of_conversation
-- Who wrote first.
SELECT lead_id FROM conversations WHERE tenant_id = :tenant_id AND lead_id IS NOT NULL ORDER BY id LIMIT 1;

-- name: newest_talk
-- Who wrote last.
SELECT c.id AS conversation_id, c.contact_id, c.lead_id FROM conversations AS c
WHERE c.tenant_id = :tenant_id ORDER BY c.id DESC LIMIT 1;

-- name: make_due
-- What is planned is due.
UPDATE scheduled_messages SET due_at = now() - interval '1 minute' WHERE tenant_id = :tenant_id;

-- name: age_lead
-- Nothing has happened with a lead for years.
UPDATE leads SET created_at = now() - interval '5 years', updated_at = now() - interval '5 years'
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: marks
-- What changes with every row that is written, by table.
SELECT 'tenants' AS name, max(xmin::text::bigint)::text AS mark FROM tenants WHERE tenants.id = :tenant_id
UNION ALL
SELECT 'agent_turns', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM agent_turns WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'broadcast_recipients', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM broadcast_recipients WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'broadcasts', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM broadcasts WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'chat_messages', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM chat_messages WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'clients', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM clients WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'contacts', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM contacts WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'conversations', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM conversations WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'knowledge_documents', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM knowledge_documents WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'knowledge_passages', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM knowledge_passages WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'knowledge_versions', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM knowledge_versions WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'imports', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM imports WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'lead_tags', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM lead_tags WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'leads', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM leads WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'media_files', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM media_files WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'message_templates', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM message_templates WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'notifications', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM notifications WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'seller_agenda_events', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM seller_agenda_events WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'seller_calendars', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM seller_calendars WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'sellers', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM sellers WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'tasks', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM tasks WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'tenant_settings', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM tenant_settings WHERE tenant_id = :tenant_id
UNION ALL
SELECT 'users', count(*) || ':' || COALESCE(max(xmin::text::bigint), 0) FROM users WHERE tenant_id = :tenant_id;

-- name: untold_events
-- Events that are not out yet.
SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant_id AND published_at IS NULL;
