-- name: sending_facts
-- What decides whether a message may be queued.
SELECT c.channel_id, c.lead_id, c.last_inbound_at, p.opted_out_at IS NOT NULL AS opted_out, s.sending_paused,
    ch.active AS channel_active
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN channels AS ch ON ch.tenant_id = c.tenant_id AND ch.id = c.channel_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id;

-- name: queue_delivery
-- A message waits to be sent.
INSERT INTO message_deliveries (tenant_id, message_id, channel_id) VALUES (:tenant_id, :message_id, :channel_id);
