-- name: show_photo
-- Another photo, shown from now on.
UPDATE sellers SET photo_key = :storage_key, photo_type = :media_type, photo_number = photo_number + 1, photo_shown = true
WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: turn_photo
-- The photo is taken away, or brought back.
UPDATE sellers SET photo_shown = :shown
WHERE tenant_id = :tenant_id AND id = :seller_id AND photo_key IS NOT NULL AND photo_shown <> :shown;

-- name: photo_of
-- The photo that is shown.
SELECT s.photo_key AS storage_key, s.photo_type AS media_type, s.photo_number AS number, s.user_id
FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.id = :seller_id AND s.photo_shown;
