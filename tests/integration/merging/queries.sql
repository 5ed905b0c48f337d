-- name: references
-- Every foreign key to leads, clients and contacts, as `target table.column`.
-- cross-tenant: reads the catalog only
SELECT c.confrelid::regclass::text AS target, r.relname || '.' || a.attname AS place, r.relname AS relation,
    a.attname AS name
FROM pg_constraint AS c
JOIN pg_class AS r ON r.oid = c.conrelid
JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
WHERE c.contype = 'f' AND c.confrelid IN ('leads'::regclass, 'clients'::regclass, 'contacts'::regclass)
ORDER BY 1, 2;

-- name: lead_columns
-- The columns of a lead.
-- cross-tenant: reads the catalog only
SELECT a.attname AS name FROM pg_attribute AS a
WHERE a.attrelid = 'leads'::regclass AND a.attnum > 0 AND NOT a.attisdropped;

-- name: person_key
-- A name as it is compared.
-- cross-tenant: touches no table
SELECT person_key(:said);

-- name: set_lead
-- Somebody's fields.
UPDATE leads SET full_name = :full_name, email = :email, company = :company, value = :value, currency = 'USD',
    phone = :phone, match_key = :match_key
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: hang
-- A task, a follow-up, a notification that says no more than whom it is about, and a change, of one lead.
WITH task AS (
    INSERT INTO tasks (tenant_id, kind, lead_id, conversation_id, reason)
    VALUES (:tenant_id, 'follow_up', :lead_id, :conversation_id, 'Call')
), planned AS (
    INSERT INTO scheduled_messages (tenant_id, kind, lead_id, due_at)
    VALUES (:tenant_id, 'follow_up', :lead_id, now() + interval '1 day')
), told AS (
    INSERT INTO notifications (tenant_id, user_id, kind, lead_id) VALUES (:tenant_id, :user_id, 'hot_lead', :lead_id)
)
INSERT INTO lead_changes (tenant_id, lead_id, field, was, became) VALUES (:tenant_id, :lead_id, 'stage_key', 'new', 'new');

-- name: pay
-- Money of a client.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, client_id)
VALUES (:tenant_id, 'income', :amount, 'USD', :client_id);

-- name: broadcast_to
-- Both leads are among the recipients of one broadcast.
WITH template AS (
    INSERT INTO message_templates (tenant_id, channel_id, name, language, status)
    VALUES (:tenant_id, :channel_id, 'promo', 'es', 'APPROVED')
    RETURNING id
), broadcast AS (
    INSERT INTO broadcasts (tenant_id, name, template_id, per_minute, next_batch_at, created_by)
    SELECT :tenant_id, 'Promo', template.id, 10, now(), :user_id FROM template
    RETURNING id
)
INSERT INTO broadcast_recipients (tenant_id, broadcast_id, lead_id)
SELECT :tenant_id, broadcast.id, x.lead_id FROM broadcast, unnest(:lead_ids::bigint[]) AS x (lead_id);

-- name: state_of_leads
-- Leads as they are, but for when they were touched.
SELECT to_jsonb(l.*) - 'updated_at' AS row FROM leads AS l WHERE l.tenant_id = :tenant_id ORDER BY l.id;

-- name: state_of_hangers
-- What hangs on leads, clients and contacts, row by row.
SELECT x.row
FROM (
    SELECT 'contacts' AS t, p.id::text AS k, to_jsonb(p.*) AS row FROM contacts AS p WHERE p.tenant_id = :tenant_id
    UNION ALL SELECT 'identities', i.kind || i.value, to_jsonb(i.*) - 'seen_at' FROM lead_identities AS i WHERE i.tenant_id = :tenant_id
    UNION ALL SELECT 'conversations', c.id::text, to_jsonb(c.*) FROM conversations AS c WHERE c.tenant_id = :tenant_id
    UNION ALL SELECT 'messages', m.id::text, to_jsonb(m.*) FROM chat_messages AS m WHERE m.tenant_id = :tenant_id
    UNION ALL SELECT 'events', e.id::text, to_jsonb(e.*) FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id
    UNION ALL SELECT 'qualifications', q.id::text, to_jsonb(q.*) FROM qualifications AS q WHERE q.tenant_id = :tenant_id
    UNION ALL SELECT 'tasks', k.id::text, to_jsonb(k.*) FROM tasks AS k WHERE k.tenant_id = :tenant_id
    UNION ALL SELECT 'planned', s.id::text, to_jsonb(s.*) FROM scheduled_messages AS s WHERE s.tenant_id = :tenant_id
    UNION ALL SELECT 'told', n.id::text, to_jsonb(n.*) FROM notifications AS n WHERE n.tenant_id = :tenant_id
    UNION ALL SELECT 'changes', h.id::text, to_jsonb(h.*) FROM lead_changes AS h WHERE h.tenant_id = :tenant_id AND h.user_id IS NULL
    UNION ALL SELECT 'recipients', b.broadcast_id || '.' || b.lead_id, to_jsonb(b.*) FROM broadcast_recipients AS b WHERE b.tenant_id = :tenant_id
    UNION ALL SELECT 'clients', c.id::text, to_jsonb(c.*) - 'updated_at' FROM clients AS c WHERE c.tenant_id = :tenant_id
    UNION ALL SELECT 'persons', c.id::text, to_jsonb(c.*) FROM client_contacts AS c WHERE c.tenant_id = :tenant_id
    UNION ALL SELECT 'money', t.id::text, to_jsonb(t.*) FROM accounting_transactions AS t WHERE t.tenant_id = :tenant_id
) AS x
ORDER BY x.t, x.k;

-- name: hanging_on
-- How many conversations, meetings, tasks and qualifications a lead has.
SELECT
    (SELECT count(*) FROM conversations AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = :lead_id)
    + (SELECT count(*) FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id)
    + (SELECT count(*) FROM tasks AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = :lead_id)
    + (SELECT count(*) FROM qualifications AS q WHERE q.tenant_id = :tenant_id AND q.lead_id = :lead_id);

-- name: add_late_task
-- A task of a lead, by whoever does not ask whether it is still there.
INSERT INTO tasks (tenant_id, kind, lead_id, reason) VALUES (:tenant_id, 'follow_up', :lead_id, 'Late');

-- name: last_merge
-- The newest merge.
SELECT max(id) FROM merge_records WHERE tenant_id = :tenant_id;

-- name: tasks_of
-- How many tasks a lead has.
SELECT count(*) FROM tasks WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: lead_of_conversation
-- Whose a conversation is.
SELECT lead_id FROM conversations WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: events_named
-- What was announced under a name, oldest first.
SELECT payload, audience, owner_user_id FROM outbox_events WHERE tenant_id = :tenant_id AND name = :name ORDER BY id;

-- name: came_by
-- Where a lead came from.
UPDATE leads SET source = :source WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: say_and_answer
-- A question, and the agent's answer a minute later.
INSERT INTO chat_messages (tenant_id, conversation_id, direction, author, type, body, origin_key, status, created_at)
SELECT :tenant_id, :conversation_id, m.direction, m.author, 'text', 'Hola', :key || m.author, m.status,
    now() + m.after * interval '1 minute'
FROM (VALUES ('in', 'customer', 'received', 0), ('out', 'agent', 'sent', 1)) AS m (direction, author, status, after);
