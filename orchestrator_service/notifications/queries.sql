-- name: lead_of_notice
-- Whose lead a notice is about, and what the lead is called; a deleted lead is none.
SELECT owner_user_id, full_name FROM leads WHERE tenant_id = :tenant_id AND id = :lead_id AND deleted_at IS NULL;

-- name: active_users
-- Everyone who works in the company.
SELECT id, role FROM users WHERE tenant_id = :tenant_id AND status = 'active' ORDER BY id;

-- name: is_pending
-- Whether an account still waits to be let in.
SELECT EXISTS (SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id AND u.status = 'pending');

-- name: store_notices
-- One notice for each recipient. While it is unread another one about the same record (an import and a seller's calendar
-- are named in `data`) moves it up: a new number, a new
-- time. By user id, so that two who tell the same people do not wait in a circle.
INSERT INTO notifications AS n (tenant_id, user_id, kind, lead_id, conversation_id, event_id, data)
SELECT :tenant_id, u.id, :kind, :lead_id, :conversation_id, :event_id, :data
FROM unnest(:user_ids::bigint[]) AS u (id)
ORDER BY u.id
ON CONFLICT (tenant_id, user_id, kind, lead_id, conversation_id, event_id,
    (COALESCE(data ->> 'import_id', data ->> 'seller_id'))) WHERE read_at IS NULL
DO UPDATE SET id = DEFAULT, created_at = now(), data = excluded.data
WHERE n.tenant_id = :tenant_id
RETURNING n.id, n.user_id, n.created_at, (n.xmax <> 0) AS again;

-- name: list_notifications
-- One page of somebody's notices, newest first; a lead out of the reader's scope has no name here.
SELECT n.id, n.kind, n.lead_id, n.conversation_id, n.event_id, n.data, n.created_at, n.read_at,
    CASE WHEN :owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL)
        THEN l.full_name END AS lead_name
FROM notifications AS n
LEFT JOIN leads AS l ON l.tenant_id = n.tenant_id AND l.id = n.lead_id AND l.deleted_at IS NULL
WHERE n.tenant_id = :tenant_id AND n.user_id = :user_id AND n.id < :before_id
    AND (NOT :unread OR n.read_at IS NULL)
ORDER BY n.id DESC
LIMIT :most;

-- name: summarise
-- How many of somebody's notices are unread, a hundred at most, and how many of those call for a person.
SELECT count(*) AS unread, count(*) FILTER (WHERE fresh.kind = 'person_needed') AS person_needed
FROM (
    SELECT n.kind FROM notifications AS n
    WHERE n.tenant_id = :tenant_id AND n.user_id = :user_id AND n.read_at IS NULL
    ORDER BY n.id DESC
    LIMIT 100
) AS fresh;

-- name: mark_read
-- Somebody has looked: at these, or at everything up to one. What is not theirs is not touched.
UPDATE notifications SET read_at = now()
WHERE tenant_id = :tenant_id AND user_id = :user_id AND read_at IS NULL
    AND (id = ANY(:ids::bigint[]) OR id <= :through_id::bigint);

-- name: mark_conversation_read
-- Somebody has the conversation before them.
UPDATE notifications SET read_at = now()
WHERE tenant_id = :tenant_id AND user_id = :user_id AND conversation_id = :conversation_id AND read_at IS NULL
    AND kind IN ('person_needed', 'failure', 'draft_waiting');

-- name: settle_conversation
-- Nobody waits for that there any more: whoever was called need not come.
UPDATE notifications SET read_at = now()
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND read_at IS NULL AND kind = :kind
RETURNING user_id;

-- name: wants_alerts
-- Whether any of them has ever switched a device on, or chosen how to be told outside the app.
SELECT EXISTS (
    SELECT 1 FROM push_subscriptions AS p WHERE p.tenant_id = :tenant_id AND p.user_id = ANY(:user_ids::bigint[])
) OR EXISTS (
    SELECT 1 FROM alert_preferences AS f WHERE f.tenant_id = :tenant_id AND f.user_id = ANY(:user_ids::bigint[])
);
