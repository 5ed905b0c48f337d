-- name: alerts
-- Every alert with what has become of it, oldest first.
SELECT a.id, u.name AS who, n.kind, a.channel, a.state, a.reason, a.attempts, a.due_at
FROM alert_deliveries AS a
JOIN users AS u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
JOIN notifications AS n ON n.tenant_id = a.tenant_id AND n.id = a.notification_id
WHERE a.tenant_id = :tenant_id
ORDER BY a.id;

-- name: devices
-- Every browser that is switched on.
SELECT p.id, u.name AS who, p.failures, p.last_success_at IS NOT NULL AS reached
FROM push_subscriptions AS p
JOIN users AS u ON u.tenant_id = p.tenant_id AND u.id = p.user_id
WHERE p.tenant_id = :tenant_id
ORDER BY p.id;

-- name: kept_keys
-- How many browsers' keys the vault holds, and whether any can be read there.
SELECT count(*) AS kept, count(*) FILTER (WHERE sealed LIKE '%127.0.0.1%') AS open
FROM credentials WHERE tenant_id = :tenant_id AND name LIKE 'push:%';

-- name: jobs
-- What was left for the worker.
-- cross-tenant: the job tables know no tenants
SELECT task_name AS name, args FROM procrastinate_jobs WHERE task_name LIKE 'alerts.%' ORDER BY id;

-- name: notices
-- Numbers of what is unread, in order.
SELECT id FROM notifications WHERE tenant_id = :tenant_id AND read_at IS NULL ORDER BY id;

-- name: read_all
-- Everybody has looked.
UPDATE notifications SET read_at = now() WHERE tenant_id = :tenant_id AND read_at IS NULL;

-- name: said_nothing_to
-- How many messages there are in conversations.
SELECT count(*) FROM chat_messages WHERE tenant_id = :tenant_id;

-- name: pause
-- Nothing leaves for WhatsApp.
UPDATE tenant_settings SET sending_paused = true WHERE tenant_id = :tenant_id;

-- name: approve
-- An approved template of a number.
INSERT INTO message_templates (tenant_id, channel_id, name, language, category, status, components)
VALUES (:tenant_id, :channel_id, :name, 'es', 'UTILITY', 'APPROVED', :components)
RETURNING id;

-- name: opt_out
-- Whoever has this number wants no messages.
UPDATE contacts SET opted_out_at = now(), reply_phone = :phone WHERE tenant_id = :tenant_id AND lead_id = :lead_id;
