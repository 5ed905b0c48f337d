-- name: let_photo_go
-- The one before it: its file leaves the store within the hour, unless something else of the company names it.
INSERT INTO privacy_files (tenant_id, storage_key)
SELECT :tenant_id, s.photo_key FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.id = :seller_id AND s.photo_key <> :storage_key
ON CONFLICT DO NOTHING;

-- name: show_photo
-- Another photo, shown from now on.
UPDATE sellers SET photo_key = :storage_key, photo_type = :media_type, photo_number = photo_number + 1,
    photo_shown = true, photo_hidden_at = NULL
WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: turn_photo
-- The photo is taken away, or brought back.
UPDATE sellers SET photo_shown = :shown, photo_hidden_at = CASE WHEN :shown THEN NULL ELSE now() END
WHERE tenant_id = :tenant_id AND id = :seller_id AND photo_key IS NOT NULL AND photo_shown <> :shown;

-- name: photo_of
-- The photo that is shown.
SELECT s.photo_key AS storage_key, s.photo_type AS media_type, s.photo_number AS number, s.user_id
FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.id = :seller_id AND s.photo_shown;
