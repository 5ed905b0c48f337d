-- name: events
-- What was announced, oldest first.
SELECT name, payload FROM outbox_events WHERE tenant_id = :tenant_id ORDER BY id;

-- name: changes
-- What LEAD_UPDATED told of, in order.
SELECT string_agg(c.name, ',' ORDER BY e.id, c.place)
FROM outbox_events AS e
CROSS JOIN LATERAL jsonb_array_elements_text(e.payload -> 'changed') WITH ORDINALITY AS c (name, place)
WHERE e.tenant_id = :tenant_id AND e.name = 'LEAD_UPDATED';
