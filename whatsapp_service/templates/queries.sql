-- name: begin_sync
-- A number's templates are being asked for.
INSERT INTO template_syncs (tenant_id, channel_id, asked_at) VALUES (:tenant_id, :channel_id, :asked_at)
ON CONFLICT (tenant_id, channel_id) DO UPDATE SET asked_at = excluded.asked_at, finished_at = NULL, error = NULL;

-- name: end_sync
-- How the asking ended; a newer one is not touched.
UPDATE template_syncs SET finished_at = :finished_at, error = :error
WHERE tenant_id = :tenant_id AND channel_id = :channel_id AND asked_at <= :asked_at;

-- name: store_listed
-- A template as the provider listed it; what it has told since the listing was asked for stays.
INSERT INTO message_templates (tenant_id, channel_id, name, language, category, status, reason, components, told_at)
VALUES (:tenant_id, :channel_id, :name, :language, :category, :status, :reason, :components, :told_at)
ON CONFLICT (tenant_id, channel_id, name, language) DO UPDATE
SET category = excluded.category, status = excluded.status, reason = excluded.reason,
    components = excluded.components, told_at = excluded.told_at, removed_at = NULL,
    updated_at = CASE
        WHEN (message_templates.status, message_templates.category, message_templates.reason,
            message_templates.components, message_templates.removed_at)
            IS DISTINCT FROM (excluded.status, excluded.category, excluded.reason, excluded.components, NULL)
        THEN now() ELSE message_templates.updated_at END
WHERE message_templates.told_at IS NULL OR message_templates.told_at <= excluded.told_at;

-- name: mark_removed
-- What the provider lists no more; what it has told of since is there.
UPDATE message_templates SET removed_at = :told_at, told_at = :told_at, updated_at = now()
WHERE tenant_id = :tenant_id AND channel_id = :channel_id AND removed_at IS NULL
    AND (told_at IS NULL OR told_at <= :told_at)
    AND (name, language) NOT IN (SELECT * FROM unnest(:names::text[], :languages::text[]));

-- name: apply_event
-- The provider told of one template; older news than what is known changes nothing.
INSERT INTO message_templates (tenant_id, channel_id, name, language, category, status, reason, components, told_at)
VALUES (
    :tenant_id, :channel_id, :name, :language, :category, COALESCE(:status, 'UNKNOWN'), :reason,
    COALESCE(:components::jsonb, '[]'), :told_at
)
ON CONFLICT (tenant_id, channel_id, name, language) DO UPDATE
SET category = COALESCE(excluded.category, message_templates.category),
    status = COALESCE(:status, message_templates.status),
    reason = CASE WHEN :status::text IS NULL THEN message_templates.reason ELSE excluded.reason END,
    components = COALESCE(:components::jsonb, message_templates.components), told_at = excluded.told_at,
    removed_at = CASE WHEN :status = 'DELETED' THEN COALESCE(message_templates.removed_at, excluded.told_at) END,
    updated_at = now()
WHERE message_templates.told_at IS NULL OR message_templates.told_at < excluded.told_at;

-- name: languages_of
-- In which languages a template is known, for news that name none.
SELECT language FROM message_templates
WHERE tenant_id = :tenant_id AND channel_id = :channel_id AND name = :name
ORDER BY language;

-- name: template_event
-- The stored webhook of a template, with its number.
SELECT provider, body, channel_id, received_at FROM webhook_inbox
WHERE tenant_id = :tenant_id AND id = :inbox_id;

-- name: mark_processed
-- An inbox row is done with.
UPDATE webhook_inbox SET processed_at = now() WHERE tenant_id = :tenant_id AND id = :inbox_id;
