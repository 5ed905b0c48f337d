-- name: list_views
-- What somebody keeps, oldest first.
SELECT v.id, v.name, v.filters
FROM saved_views AS v
WHERE v.tenant_id = :tenant_id AND v.user_id = :user_id
ORDER BY v.id;

-- name: lock_owner
-- The person whose views are counted: two who add the last one at once take turns.
SELECT u.id FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id FOR NO KEY UPDATE;

-- name: count_views
-- How many views somebody keeps.
SELECT count(*) FROM saved_views AS v WHERE v.tenant_id = :tenant_id AND v.user_id = :user_id;

-- name: add_view
-- Keep filters under a name; nothing where the person has that name already.
INSERT INTO saved_views (tenant_id, user_id, name, filters)
VALUES (:tenant_id, :user_id, :name, :filters)
ON CONFLICT (tenant_id, user_id, name) DO NOTHING
RETURNING id;

-- name: change_view
-- Another name, other filters; None leaves one as it is. Nothing where the view is not the person's.
UPDATE saved_views
SET name = COALESCE(:name, name), filters = COALESCE(:filters, filters)
WHERE tenant_id = :tenant_id AND id = :view_id AND user_id = :user_id
RETURNING id, name, filters;

-- name: remove_view
-- Forget a view of the person's.
DELETE FROM saved_views WHERE tenant_id = :tenant_id AND id = :view_id AND user_id = :user_id;
