-- name: list_tags
-- Every tag of the company by its name, with the leads of somebody's scope that carry it.
SELECT t.id, t.name, t.color, (
    SELECT count(*) FROM lead_tags AS g
    JOIN leads AS l ON l.tenant_id = g.tenant_id AND l.id = g.lead_id AND l.deleted_at IS NULL
    WHERE g.tenant_id = :tenant_id AND g.tag_id = t.id
        AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
) AS leads
FROM tags AS t
WHERE t.tenant_id = :tenant_id
ORDER BY lower(t.name), t.id;

-- name: find_tag
-- One tag, locked: nobody renames or forgets it meanwhile.
SELECT t.id, t.name, t.color, 0::bigint AS leads FROM tags AS t WHERE t.tenant_id = :tenant_id AND t.id = :tag_id
FOR NO KEY UPDATE;

-- name: count_tags
-- How many tags the company has.
SELECT count(*) FROM tags AS t WHERE t.tenant_id = :tenant_id;

-- name: lock_company
-- The company whose tags are counted: two who add the last one at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: add_tag
-- A new tag; nothing where the name is taken, however it was written.
INSERT INTO tags (tenant_id, name, color, created_by)
VALUES (:tenant_id, :name, :color, :created_by)
ON CONFLICT (tenant_id, lower(name)) DO NOTHING
RETURNING id;

-- name: change_tag
-- Another name or colour.
UPDATE tags SET name = :name, color = :color WHERE tenant_id = :tenant_id AND id = :tag_id;

-- name: leads_with_tag
-- Those that carry it, deleted ones too.
SELECT g.lead_id FROM lead_tags AS g WHERE g.tenant_id = :tenant_id AND g.tag_id = :tag_id ORDER BY g.lead_id;

-- name: remove_tag
-- Forget a tag; its leads lose it.
DELETE FROM tags WHERE tenant_id = :tenant_id AND id = :tag_id;

-- name: attach
-- The lead carries the tag.
INSERT INTO lead_tags (tenant_id, lead_id, tag_id, added_by)
VALUES (:tenant_id, :lead_id, :tag_id, :added_by)
ON CONFLICT (tenant_id, lead_id, tag_id) DO NOTHING;

-- name: detach
-- It does not any more.
DELETE FROM lead_tags WHERE tenant_id = :tenant_id AND lead_id = :lead_id AND tag_id = :tag_id;

-- name: name_of_tag
-- What a tag is called; it is not forgotten meanwhile.
SELECT t.name FROM tags AS t WHERE t.tenant_id = :tenant_id AND t.id = :tag_id FOR KEY SHARE;

-- name: make_tags
-- Tags of those names, where the company has none that is written so.
INSERT INTO tags (tenant_id, name, created_by)
SELECT :tenant_id, n.name, :created_by
FROM unnest(:names::text[]) WITH ORDINALITY AS n (name, place)
ORDER BY n.place
ON CONFLICT (tenant_id, lower(name)) DO NOTHING
RETURNING id;

-- name: forget_unused
-- Those of some tags that no lead carries go.
DELETE FROM tags AS t
WHERE t.tenant_id = :tenant_id AND t.id = ANY(:tag_ids::bigint[]) AND NOT EXISTS (
    SELECT 1 FROM lead_tags AS g WHERE g.tenant_id = :tenant_id AND g.tag_id = t.id
);
