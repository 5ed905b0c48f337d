-- name: lock_settings
-- Whoever publishes, or changes the settings, goes first.
SELECT tenant_id FROM tenant_settings WHERE tenant_id = :tenant_id FOR NO KEY UPDATE;

-- name: founded_with
-- What a company without a published version says.
SELECT s.agent_name, s.offer_summary, t.language
FROM tenant_settings AS s
JOIN tenants AS t ON t.id = s.tenant_id
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id;

-- name: live_version
-- The version that the agent speaks by.
SELECT v.id, v.number, v.body, v.restored_from, v.author_user_id, u.name AS author, v.published_at
FROM agent_versions AS v
LEFT JOIN users AS u ON u.tenant_id = v.tenant_id AND u.id = v.author_user_id
WHERE v.tenant_id = :tenant_id
ORDER BY v.number DESC
LIMIT 1;

-- name: list_versions
-- Published versions below a number, newest first.
SELECT v.id, v.number, v.body, v.restored_from, v.author_user_id, u.name AS author, v.published_at
FROM agent_versions AS v
LEFT JOIN users AS u ON u.tenant_id = v.tenant_id AND u.id = v.author_user_id
WHERE v.tenant_id = :tenant_id AND v.id < :before_id
ORDER BY v.id DESC
LIMIT :most;

-- name: find_version
-- One published version.
SELECT v.id, v.number, v.body, v.restored_from, v.author_user_id, u.name AS author, v.published_at
FROM agent_versions AS v
LEFT JOIN users AS u ON u.tenant_id = v.tenant_id AND u.id = v.author_user_id
WHERE v.tenant_id = :tenant_id AND v.id = :version_id;

-- name: add_version
-- The next version, which holds from now on; whoever calls has locked the settings.
INSERT INTO agent_versions (tenant_id, number, body, restored_from, author_user_id)
SELECT :tenant_id, COALESCE(max(v.number), 0) + 1, :body, :restored_from, :author_user_id
FROM agent_versions AS v WHERE v.tenant_id = :tenant_id
RETURNING id;

-- name: show_version
-- What others show of the agent follows what it says.
UPDATE tenant_settings SET agent_name = :agent_name, offer_summary = :offer_summary WHERE tenant_id = :tenant_id;

-- name: find_draft
-- The version that is being written.
SELECT d.body, d.author_user_id, u.name AS author, d.updated_at
FROM agent_drafts AS d
JOIN users AS u ON u.tenant_id = d.tenant_id AND u.id = d.author_user_id
WHERE d.tenant_id = :tenant_id;

-- name: save_draft
-- What is written so far.
INSERT INTO agent_drafts (tenant_id, body, author_user_id)
VALUES (:tenant_id, :body, :author_user_id)
ON CONFLICT (tenant_id) DO UPDATE
SET body = excluded.body, author_user_id = excluded.author_user_id, updated_at = now();

-- name: drop_draft
-- Nothing is being written.
DELETE FROM agent_drafts WHERE tenant_id = :tenant_id;
