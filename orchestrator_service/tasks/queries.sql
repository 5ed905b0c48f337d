-- name: list_tasks
-- One page of the tasks about leads of somebody's scope, the one that is due first first, those without a time last.
SELECT k.id, k.kind, k.lead_id, k.conversation_id, l.full_name AS lead_name, l.phone AS lead_phone, k.title, k.reason,
    k.status, k.assigned_user_id, l.owner_user_id, k.created_by, k.due_at, k.created_at, k.done_at, k.changed_at
FROM tasks AS k
JOIN leads AS l ON l.tenant_id = k.tenant_id AND l.id = k.lead_id AND l.deleted_at IS NULL
WHERE k.tenant_id = :tenant_id
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
    AND (:lead_id::bigint IS NULL OR k.lead_id = :lead_id)
    AND (:status::text IS NULL OR k.status = :status)
    AND (:mine::bigint IS NULL OR COALESCE(k.assigned_user_id, l.owner_user_id) = :mine)
    AND (:due_before::timestamptz IS NULL OR (k.status = 'open' AND k.due_at < :due_before))
    AND (COALESCE(k.due_at, '9999-01-01 00:00:00+00'), k.id) > (:place_at::timestamptz, :place_id)
ORDER BY COALESCE(k.due_at, '9999-01-01 00:00:00+00'), k.id
LIMIT :most;

-- name: find_task
-- One task about a lead that is not deleted, locked against other changes.
SELECT k.id, k.kind, k.lead_id, k.conversation_id, l.full_name AS lead_name, l.phone AS lead_phone, k.title, k.reason,
    k.status, k.assigned_user_id, l.owner_user_id, k.created_by, k.due_at, k.created_at, k.done_at, k.changed_at
FROM tasks AS k
JOIN leads AS l ON l.tenant_id = k.tenant_id AND l.id = k.lead_id AND l.deleted_at IS NULL
WHERE k.tenant_id = :tenant_id AND k.id = :task_id
FOR NO KEY UPDATE OF k;

-- name: add_task
-- What somebody of the team shall do about a lead.
INSERT INTO tasks (tenant_id, kind, lead_id, reason, title, due_at, assigned_user_id, created_by)
VALUES (:tenant_id, 'manual', :lead_id, '', :title, :due_at, :assigned_user_id, :created_by)
RETURNING id;

-- name: change_task
-- Another title, time or hand; done, or open again.
UPDATE tasks
SET title = :title, due_at = :due_at, assigned_user_id = :assigned_user_id, status = :status, changed_at = now(),
    done_at = CASE WHEN :status = 'done' THEN COALESCE(done_at, now()) END
WHERE tenant_id = :tenant_id AND id = :task_id;

-- name: note_reminded
-- Somebody is told that it is due; nothing where that was said, where it is done, or due at another time by now.
UPDATE tasks AS k SET reminded_for = k.due_at
FROM leads AS l
WHERE k.tenant_id = :tenant_id AND k.id = :task_id AND k.status = 'open' AND k.due_at = :due_at
    AND k.reminded_for IS DISTINCT FROM k.due_at
    AND l.tenant_id = k.tenant_id AND l.id = k.lead_id AND l.deleted_at IS NULL
RETURNING k.id, k.lead_id, k.assigned_user_id, l.owner_user_id;

-- name: remove_untouched
-- Forget a task that nobody has done, given or changed since it was made; nothing where somebody has.
DELETE FROM tasks
WHERE tenant_id = :tenant_id AND id = :task_id AND status = 'open' AND changed_at IS NULL;

-- name: worker
-- Somebody who works in the company, as what.
SELECT u.role FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id AND u.status = 'active';
