-- name: notices
-- Who was told what, oldest first.
SELECT n.id, u.name AS who, n.kind, n.lead_id, n.conversation_id, n.event_id, n.data, n.read_at IS NOT NULL AS read
FROM notifications AS n
JOIN users AS u ON u.tenant_id = n.tenant_id AND u.id = n.user_id
WHERE n.tenant_id = :tenant_id
ORDER BY n.id;

-- name: suspend
-- Somebody leaves.
UPDATE users SET status = 'suspended' WHERE tenant_id = :tenant_id AND id = :user_id;

-- name: events
-- What was announced under one name, oldest first.
SELECT payload, audience, owner_user_id FROM outbox_events WHERE tenant_id = :tenant_id AND name = 'NOTIFICATION' ORDER BY id;
