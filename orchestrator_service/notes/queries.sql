-- name: list_notes
-- One page of a lead's notes, newest first.
SELECT n.id, n.lead_id, n.author_user_id, n.body, n.mentions, n.created_at, n.edited_at
FROM lead_notes AS n
WHERE n.tenant_id = :tenant_id AND n.lead_id = :lead_id AND n.id < :before_id
ORDER BY n.id DESC
LIMIT :most;

-- name: find_note
-- One note, locked against other changes.
SELECT n.id, n.lead_id, n.author_user_id, n.body, n.mentions, n.created_at, n.edited_at
FROM lead_notes AS n
WHERE n.tenant_id = :tenant_id AND n.id = :note_id
FOR UPDATE;

-- name: add_note
-- A note of somebody's on a lead.
INSERT INTO lead_notes (tenant_id, lead_id, author_user_id, body, mentions)
VALUES (:tenant_id, :lead_id, :author_user_id, :body, :mentions::bigint[])
RETURNING id, lead_id, author_user_id, body, mentions, created_at, edited_at;

-- name: change_note
-- In other words.
UPDATE lead_notes SET body = :body, mentions = :mentions::bigint[], edited_at = now()
WHERE tenant_id = :tenant_id AND id = :note_id
RETURNING id, lead_id, author_user_id, body, mentions, created_at, edited_at;

-- name: remove_note
-- Forget a note.
DELETE FROM lead_notes WHERE tenant_id = :tenant_id AND id = :note_id;

-- name: workers
-- Who of these works in the company, and as what.
SELECT u.id, u.role FROM users AS u
WHERE u.tenant_id = :tenant_id AND u.status = 'active' AND u.id = ANY(:user_ids::bigint[]);
