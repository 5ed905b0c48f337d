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
