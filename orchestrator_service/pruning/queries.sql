-- name: prune_challenges
-- Logins whose code never came.
DELETE FROM login_challenges WHERE tenant_id = :tenant_id AND expires_at <= :before;

-- name: prune_account_tokens
-- Links that are over. The last one of an open invitation stays: the ceo sees there that it is over.
DELETE FROM account_tokens
WHERE tenant_id = :tenant_id AND expires_at <= :before
    AND (purpose = 'reset' OR used_at IS NOT NULL OR voided_at IS NOT NULL);

-- name: prune_consents
-- Who did not come back from Google's consent page.
DELETE FROM calendar_consents WHERE tenant_id = :tenant_id AND expires_at <= :before;

-- name: prune_meeting_links
-- Customers' links to meetings that are over.
DELETE FROM meeting_links AS k USING seller_agenda_events AS e
WHERE k.tenant_id = :tenant_id AND e.tenant_id = k.tenant_id AND e.id = k.event_id AND upper(e.during) <= :before;

-- name: prune_import_rows
-- What imports of a month ago wrote: they can no longer be undone, and nothing of their people is kept twice.
DELETE FROM import_rows AS r USING imports AS i
WHERE r.tenant_id = :tenant_id AND i.tenant_id = :tenant_id AND i.id = r.import_id
    AND i.state IN ('done', 'cancelled', 'undone') AND i.finished_at <= :before::timestamptz - interval '29 days';

-- name: prune_import_drafts
-- Files of a week ago that nobody has taken in.
DELETE FROM imports
WHERE tenant_id = :tenant_id AND state IN ('draft', 'checked')
    AND created_at <= :before::timestamptz - interval '6 days';

-- name: prune_answers
-- Answers to requests with an `Idempotency-Key`, a day after.
DELETE FROM idempotency_keys WHERE tenant_id = :tenant_id AND created_at <= :before;

-- name: keep_hidden_photos
-- Photos that were taken away a day ago and not brought back: their keys, until the files are gone from the store.
INSERT INTO privacy_files (tenant_id, storage_key)
SELECT DISTINCT :tenant_id::int, s.photo_key FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.photo_key IS NOT NULL AND NOT s.photo_shown AND s.photo_hidden_at <= :before
ON CONFLICT DO NOTHING;

-- name: prune_hidden_photos
-- The sellers do not name them any more.
UPDATE sellers SET photo_key = NULL, photo_type = NULL, photo_hidden_at = NULL
WHERE tenant_id = :tenant_id AND photo_key IS NOT NULL AND NOT photo_shown AND photo_hidden_at <= :before;
