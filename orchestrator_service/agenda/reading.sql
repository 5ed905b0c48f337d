-- name: list_events
-- One page of what lies in a window of the agendas that somebody may see, earliest first.
SELECT e.id, e.seller_id, s.name AS seller_name, e.kind, e.status, lower(e.during) AS starts_at,
    upper(e.during) AS ends_at, l.id AS lead_id, l.full_name AS lead_name, l.owner_user_id AS lead_owner_user_id,
    e.conversation_id, e.title, e.meeting_url, e.created_at, e.updated_at
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
LEFT JOIN leads AS l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id AND l.deleted_at IS NULL
WHERE e.tenant_id = :tenant_id AND e.during && tstzrange(:starts, :ends)
    AND (lower(e.during), e.id) > (:after_at, :after_id)
    AND (:user_id::bigint IS NULL OR s.user_id = :user_id)
    AND (:seller_id::bigint IS NULL OR e.seller_id = :seller_id)
    AND e.status <> 'cancelled' AND (e.status <> 'held' OR e.hold_expires_at IS NULL)
ORDER BY lower(e.during), e.id
LIMIT :most;

-- name: read_event
-- One event of the agenda.
SELECT e.id, e.seller_id, s.name AS seller_name, e.kind, e.status, lower(e.during) AS starts_at,
    upper(e.during) AS ends_at, l.id AS lead_id, l.full_name AS lead_name, l.owner_user_id AS lead_owner_user_id,
    e.conversation_id, e.title, e.meeting_url, e.created_at, e.updated_at,
    (e.status = 'held' AND e.hold_expires_at IS NOT NULL) AS is_offer_hold
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
LEFT JOIN leads AS l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id AND l.deleted_at IS NULL
WHERE e.tenant_id = :tenant_id AND e.id = :event_id;

-- name: seller_user
-- Whose agenda a seller's is.
SELECT user_id FROM sellers WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: list_holds
-- What offers hold now in a window of the agendas that somebody may see, earliest first.
SELECT e.id, e.seller_id, s.name AS seller_name, lower(e.during) AS starts_at, upper(e.during) AS ends_at,
    e.hold_expires_at AS held_until, l.id AS lead_id, l.full_name AS lead_name,
    l.owner_user_id AS lead_owner_user_id, e.conversation_id
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
LEFT JOIN conversations AS c ON c.tenant_id = e.tenant_id AND c.id = e.conversation_id
LEFT JOIN leads AS l ON l.tenant_id = e.tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
WHERE e.tenant_id = :tenant_id AND e.during && tstzrange(:starts, :ends) AND e.status = 'held'
    AND e.google_pending IS NULL AND e.hold_expires_at > :now
    AND (:user_id::bigint IS NULL OR s.user_id = :user_id)
ORDER BY lower(e.during), e.id
LIMIT :most;
