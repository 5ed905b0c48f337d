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

-- name: count_newer
-- How many lines of the filters came after one, counted up to a limit; what the reader looked at is no news to them.
SELECT count(*)
FROM (
    SELECT id
    FROM system_events
    WHERE tenant_id = :tenant_id AND id > :after_id
        AND (:user_id::bigint IS NULL OR user_id = :user_id)
        AND (:action::text IS NULL OR action = :action)
        AND (:severity::text IS NULL OR severity = :severity)
        AND (:since::timestamptz IS NULL OR occurred_at >= :since)
        AND (:until::timestamptz IS NULL OR occurred_at < :until)
        AND NOT (user_id IS NOT DISTINCT FROM :reader::bigint AND severity = 'info'
            AND (detail ->> 'method' = 'GET' OR action LIKE 'realtime.%'))
    LIMIT :most
) AS newer;
