-- name: sending_facts
-- What decides whether a message may be queued.
SELECT c.channel_id, c.lead_id, c.last_inbound_at, p.opted_out_at IS NOT NULL AS opted_out, s.sending_paused,
    ch.active AS channel_active, p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN channels AS ch ON ch.tenant_id = c.tenant_id AND ch.id = c.channel_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id;

-- name: queue_delivery
-- A message waits to be sent.
INSERT INTO message_deliveries (tenant_id, message_id, channel_id) VALUES (:tenant_id, :message_id, :channel_id);

-- name: lead_facts
-- What the variables of a template can say of a lead, and of one meeting: the one meant, else the next.
SELECT l.id AS lead_id, l.full_name, l.company, l.need, COALESCE(l.phone, p.reply_phone) AS phone,
    COALESCE(l.language, t.language) AS language, t.name AS our_company, s.agent_name AS agent, t.zone AS tenant_zone,
    lower(e.during) AS starts_at, v.name AS seller
FROM leads AS l
JOIN tenants AS t ON t.id = l.tenant_id
JOIN tenant_settings AS s ON s.tenant_id = l.tenant_id
LEFT JOIN LATERAL (
    SELECT c.reply_phone FROM contacts AS c
    WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.reply_phone IS NOT NULL
    ORDER BY c.id DESC LIMIT 1
) AS p ON true
LEFT JOIN LATERAL (
    SELECT m.during, m.seller_id FROM seller_agenda_events AS m
    WHERE m.tenant_id = :tenant_id AND m.lead_id = l.id AND m.kind = 'meeting'
        AND (m.id = :event_id OR (:event_id::bigint IS NULL AND m.status = 'confirmed' AND upper(m.during) > now()))
    ORDER BY lower(m.during), m.id LIMIT 1
) AS e ON true
LEFT JOIN sellers AS v ON v.tenant_id = l.tenant_id AND v.id = e.seller_id
WHERE l.tenant_id = :tenant_id AND t.id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL;

-- name: address_of_lead
-- Where a lead can be written to on a number: its conversation there, else whoever of its contacts wrote last.
SELECT l.phone,
    (
        SELECT c.id FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.channel_id = :channel_id
        ORDER BY c.last_inbound_at DESC NULLS LAST, c.id DESC LIMIT 1
    ) AS conversation_id,
    (
        SELECT p.id FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.lead_id = l.id
            AND (p.reply_phone IS NOT NULL OR p.reply_user_id IS NOT NULL)
        ORDER BY p.id DESC LIMIT 1
    ) AS contact_id
FROM leads AS l
JOIN channels AS ch ON ch.tenant_id = l.tenant_id AND ch.id = :channel_id
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL;

-- name: open_for_contact
-- The conversation of a known person on a number where there was none.
INSERT INTO conversations (tenant_id, channel_id, contact_id, lead_id)
VALUES (:tenant_id, :channel_id, :contact_id, :lead_id)
ON CONFLICT (tenant_id, channel_id, contact_id) DO UPDATE SET lead_id = excluded.lead_id
RETURNING id;

-- name: channel_of_conversation
-- The number on which a conversation takes place.
SELECT channel_id FROM conversations WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: is_reachable
-- Whether a lead can be written to at all.
SELECT l.match_key IS NOT NULL OR EXISTS (
    SELECT 1 FROM contacts AS p
    WHERE p.tenant_id = :tenant_id AND p.lead_id = l.id
        AND (p.reply_phone IS NOT NULL OR p.reply_user_id IS NOT NULL)
)
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL;

-- name: reach_of
-- Where a lead was last heard, and what forbids writing to them.
SELECT c.id AS conversation_id, c.last_inbound_at, t.sending_paused,
    EXISTS (
        SELECT 1 FROM contacts AS o
        WHERE o.tenant_id = :tenant_id AND o.lead_id = :lead_id AND o.opted_out_at IS NOT NULL
    ) AS opted_out
FROM tenant_settings AS t
LEFT JOIN LATERAL (
    SELECT k.id, k.last_inbound_at FROM conversations AS k
    WHERE k.tenant_id = :tenant_id AND k.lead_id = :lead_id
    ORDER BY k.last_inbound_at DESC NULLS LAST, k.id DESC LIMIT 1
) AS c ON true
WHERE t.tenant_id = :tenant_id;
