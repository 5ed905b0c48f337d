-- name: whole_leads
-- Every lead with all of its columns and its tags.
SELECT to_jsonb(l) || jsonb_build_object('tags', (
    SELECT jsonb_agg(to_jsonb(g) ORDER BY g.tag_id) FROM lead_tags AS g
    WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id
)) AS lead
FROM leads AS l WHERE l.tenant_id = :tenant_id ORDER BY l.id;

-- name: notices
-- What bells say.
SELECT n.user_id, n.data FROM notifications AS n
WHERE n.tenant_id = :tenant_id AND n.kind = 'import_finished' ORDER BY n.id;

-- name: events
-- Everything that was told.
SELECT e.name, e.payload FROM outbox_events AS e WHERE e.tenant_id = :tenant_id ORDER BY e.id;
