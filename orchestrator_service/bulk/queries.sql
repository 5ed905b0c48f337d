-- name: begin_bulk
-- Somebody edits many leads.
INSERT INTO lead_bulks (tenant_id, id, made_by) VALUES (:tenant_id, :bulk_id, :made_by);

-- name: keep_row
-- What a lead was before the edit, and is after it.
INSERT INTO lead_bulk_rows (tenant_id, bulk_id, lead_id, before, after)
VALUES (:tenant_id, :bulk_id, :lead_id, :before, :after);

-- name: undo_bulk
-- Somebody takes their own edit back; nothing where it is another's, or taken back already.
UPDATE lead_bulks SET undone_at = now()
WHERE tenant_id = :tenant_id AND id = :bulk_id AND made_by = :made_by AND undone_at IS NULL
RETURNING id;

-- name: bulk_exists
-- Whether somebody made that edit.
SELECT EXISTS (SELECT 1 FROM lead_bulks AS b WHERE b.tenant_id = :tenant_id AND b.id = :bulk_id AND b.made_by = :made_by);

-- name: rows_of_bulk
-- Every lead of an edit, by id: two who undo at once do not wait in a circle.
SELECT r.lead_id, r.before, r.after FROM lead_bulk_rows AS r
WHERE r.tenant_id = :tenant_id AND r.bulk_id = :bulk_id
ORDER BY r.lead_id;

-- name: put_back
-- A lead's stage and owner as they were, the time in the stage too.
UPDATE leads SET stage_key = :stage_key, stage_since = :stage_since, owner_user_id = :owner_user_id,
    lost_reason = :lost_reason, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: stage_since
-- Since when a lead stands in its stage, as it is kept.
SELECT l.stage_since FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :lead_id;
