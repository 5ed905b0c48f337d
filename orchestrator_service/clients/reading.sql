-- name: list_clients
-- One page of the clients that somebody may see, newest first.
SELECT id, lead_id, full_name, phone, email, owner_user_id, created_at
FROM clients
WHERE tenant_id = :tenant_id AND id < :before_id
    AND (:owner::bigint IS NULL OR owner_user_id = :owner OR (:unassigned AND owner_user_id IS NULL))
ORDER BY id DESC
LIMIT :most;
