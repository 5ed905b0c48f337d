-- name: list_canned
-- The company's replies and somebody's own, by shortcut; of two alike one's own comes first.
SELECT r.id, r.owner_user_id, r.title, r.shortcut, r.body, r.language, r.author_user_id, r.updated_at
FROM canned_replies AS r
WHERE r.tenant_id = :tenant_id AND (r.owner_user_id IS NULL OR r.owner_user_id = :user_id)
ORDER BY r.shortcut, r.owner_user_id NULLS LAST, r.id;

-- name: find_canned
-- One reply that somebody may see, locked against other changes.
SELECT r.id, r.owner_user_id, r.title, r.shortcut, r.body, r.language, r.author_user_id, r.updated_at
FROM canned_replies AS r
WHERE r.tenant_id = :tenant_id AND r.id = :canned_id AND (r.owner_user_id IS NULL OR r.owner_user_id = :user_id)
FOR UPDATE OF r;

-- name: lock_canned
-- The company whose replies are counted: two who add the last one at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: count_canned
-- How many replies the company, or somebody, keeps.
SELECT count(*) FROM canned_replies AS r
WHERE r.tenant_id = :tenant_id AND r.owner_user_id IS NOT DISTINCT FROM :owner_user_id::bigint;

-- name: add_canned
-- A new reply; nothing where its shortcut is taken.
INSERT INTO canned_replies (tenant_id, owner_user_id, title, shortcut, body, language, author_user_id)
VALUES (:tenant_id, :owner_user_id, :title, :shortcut, :body, :language, :author_user_id)
ON CONFLICT (tenant_id, owner_user_id, shortcut) DO NOTHING
RETURNING id, owner_user_id, title, shortcut, body, language, author_user_id, updated_at;

-- name: change_canned
-- A reply in other words, under another shortcut, or in other hands.
UPDATE canned_replies
SET owner_user_id = :owner_user_id, title = :title, shortcut = :shortcut, body = :body, language = :language,
    author_user_id = :author_user_id, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :canned_id
RETURNING id, owner_user_id, title, shortcut, body, language, author_user_id, updated_at;

-- name: remove_canned
-- Forget a reply.
DELETE FROM canned_replies WHERE tenant_id = :tenant_id AND id = :canned_id;
