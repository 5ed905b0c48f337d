-- name: list_events
-- The tenant's audit log, newest first; every filter may be absent.
SELECT id, occurred_at, action, severity, user_id, subject, request_id, address, COALESCE(detail, '{}') AS detail,
    detail IS NULL AS erased
FROM system_events
WHERE tenant_id = :tenant_id AND id < :before_id
    AND (:user_id::bigint IS NULL OR user_id = :user_id)
    AND (:action::text IS NULL OR action = :action)
    AND (:severity::text IS NULL OR severity = :severity)
    AND (:since::timestamptz IS NULL OR occurred_at >= :since)
    AND (:until::timestamptz IS NULL OR occurred_at < :until)
ORDER BY id DESC
LIMIT :most;
