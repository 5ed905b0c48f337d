-- name: list_templates
-- One page of the templates, newest first, with the number that each belongs to.
SELECT t.id, t.channel_id, c.name AS channel_name, c.active AS channel_active, t.name, t.language, t.category, t.status,
    t.reason, t.components, t.removed_at, t.updated_at
FROM message_templates AS t
JOIN channels AS c ON c.tenant_id = t.tenant_id AND c.id = t.channel_id
WHERE t.tenant_id = :tenant_id AND t.id < :before_id
ORDER BY t.id DESC
LIMIT :most;

-- name: find_template
-- One template.
SELECT t.id, t.channel_id, c.name AS channel_name, c.active AS channel_active, t.name, t.language, t.category, t.status,
    t.reason, t.components, t.removed_at, t.updated_at
FROM message_templates AS t
JOIN channels AS c ON c.tenant_id = t.tenant_id AND c.id = t.channel_id
WHERE t.tenant_id = :tenant_id AND t.id = :template_id;

-- name: approved_templates
-- What a number may send, or any that is switched on, by name.
SELECT t.id, t.channel_id, c.name AS channel_name, c.active AS channel_active, t.name, t.language, t.category, t.status,
    t.reason, t.components, t.removed_at, t.updated_at
FROM message_templates AS t
JOIN channels AS c ON c.tenant_id = t.tenant_id AND c.id = t.channel_id
WHERE t.tenant_id = :tenant_id AND c.active AND (:channel_id::bigint IS NULL OR t.channel_id = :channel_id)
    AND t.status = 'APPROVED' AND t.removed_at IS NULL
ORDER BY t.name, t.language, t.id
LIMIT :most;

-- name: list_syncs
-- When each active number's templates were last asked for.
SELECT c.id AS channel_id, c.name AS channel_name, s.asked_at, s.finished_at, s.error
FROM channels AS c
LEFT JOIN template_syncs AS s ON s.tenant_id = c.tenant_id AND s.channel_id = c.id
WHERE c.tenant_id = :tenant_id AND c.active
ORDER BY c.id;

-- name: ask_for_templates
-- A number's templates are being asked for; nothing where that began a moment ago.
INSERT INTO template_syncs (tenant_id, channel_id, asked_at) VALUES (:tenant_id, :channel_id, :now)
ON CONFLICT (tenant_id, channel_id) DO UPDATE SET asked_at = excluded.asked_at, finished_at = NULL, error = NULL
WHERE template_syncs.asked_at <= :stale_before OR template_syncs.finished_at IS NOT NULL;

-- name: stale_channels
-- Active numbers whose templates nobody has asked for lately.
SELECT c.id AS channel_id
FROM channels AS c
JOIN tenants AS t ON t.id = c.tenant_id AND t.status = 'active'
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.active AND NOT EXISTS (
    SELECT 1 FROM template_syncs AS s
    WHERE s.tenant_id = :tenant_id AND s.channel_id = c.id AND s.asked_at > :since
)
ORDER BY c.id;
