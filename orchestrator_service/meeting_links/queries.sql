-- name: store_link
-- A meeting's link; where it has an unused one already, that one stays.
INSERT INTO meeting_links (tenant_id, id, event_id, created_at)
VALUES (:tenant_id, :link_id, :event_id, :now)
ON CONFLICT (tenant_id, event_id) WHERE used_at IS NULL DO NOTHING;

-- name: unused_link
-- The one link of a meeting that may still act.
SELECT id FROM meeting_links WHERE tenant_id = :tenant_id AND event_id = :event_id AND used_at IS NULL;

-- name: use_link
-- A link acts once: whoever comes second changes no row.
UPDATE meeting_links SET used_at = :now, used_for = :used_for
WHERE tenant_id = :tenant_id AND id = :link_id AND used_at IS NULL;

-- name: link_that_moved
-- The link by which a customer began to move a meeting at that moment.
SELECT id FROM meeting_links
WHERE tenant_id = :tenant_id AND event_id = :event_id AND used_for = 'move' AND used_at = :since;

-- name: linked_meeting
-- What a link leads to: nothing where the meeting is over, its person deleted, or the company suspended.
SELECT k.id AS link_id, k.used_for, e.id AS event_id, e.status, lower(e.during) AS starts_at, upper(e.during) AS ends_at,
    e.meeting_url, e.created_at, e.updated_at, s.id AS seller_id, s.user_id AS seller_user_id, s.name AS seller_name,
    l.id AS lead_id, COALESCE(l.phone, p.reply_phone) AS phone, COALESCE(l.language, t.language) AS language,
    t.name AS company, t.zone AS tenant_zone, CASE WHEN s.photo_shown THEN s.photo_number END AS photo
FROM meeting_links AS k
JOIN seller_agenda_events AS e ON e.tenant_id = k.tenant_id AND e.id = k.event_id
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
JOIN leads AS l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id AND l.deleted_at IS NULL
JOIN tenants AS t ON t.id = k.tenant_id AND t.status = 'active'
LEFT JOIN LATERAL (
    SELECT c.reply_phone FROM contacts AS c
    WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.reply_phone IS NOT NULL
    ORDER BY c.id DESC LIMIT 1
) AS p ON true
WHERE k.tenant_id = :tenant_id AND t.id = :tenant_id AND k.id = :link_id AND upper(e.during) > :now;

-- name: confirms_by_itself
-- Whether every new time of a meeting is confirmed by an automatic message.
SELECT EXISTS (
    SELECT 1 FROM message_triggers
    WHERE tenant_id = :tenant_id AND kind = 'confirmation' AND step = 0 AND enabled
);
