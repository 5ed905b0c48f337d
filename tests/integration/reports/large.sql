-- Twenty companies of two years, for whoever measures: run by psql as the owner, `leads` is how many each company gets.
-- Each has a channel and three sellers already. What hangs on a lead comes in order of time, all companies mixed, as it
-- lies on a disk after two years. Nothing is random: the same numbers give the same rows.
\set ON_ERROR_STOP on
BEGIN;
INSERT INTO leads (
    tenant_id, full_name, phone, match_key, email, company, stage_key, source, need, value, currency, lost_reason,
    created_at, updated_at, also
)
SELECT t.id, p.first || ' ' || p.last || ' ' || p.other, '+5491' || lpad(n::text, 9, '0'), '549' || lpad(n::text, 10, '0'),
    lower(p.first) || '.' || lower(p.last) || n || (ARRAY['@gmail.com', '@hotmail.com', '@sur.example'])[1 + n % 3],
    (ARRAY['Ferretería', 'Estudio', 'Clínica', 'Panadería', 'Transportes'])[1 + n % 5] || ' ' || p.last,
    g.stage, (ARRAY['whatsapp', 'manual', 'form', 'ad'])[1 + n % 4], 'Busca el plan ' || n % 40,
    100 + n % 9000, 'USD', CASE WHEN g.stage = 'lost' THEN (ARRAY['Precio', 'Ahora no', 'Otro'])[1 + n % 3] END,
    now() - (:leads - n) * interval '730 days' / :leads, now() - (:leads - n) * interval '730 days' / :leads, ''
FROM generate_series(1, :leads) AS n
CROSS JOIN tenants AS t
CROSS JOIN LATERAL (SELECT
    (ARRAY['María', 'Juan', 'Ana', 'Luis', 'Carlos', 'Laura', 'Martín', 'Sofía', 'Diego', 'Lucía', 'Pablo', 'Valentina',
        'Jorge', 'Camila', 'Fernando', 'Paula', 'Ricardo', 'Julieta', 'Mariano', 'Marcela', 'Sergio', 'Gabriela', 'Hernán',
        'Daniela', 'Gonzalo', 'Alejandra', 'Alejandro', 'Mónica', 'Esteban', 'Verónica', 'Tomás', 'Agustina'])
        [1 + n * 7 % 32] AS first,
    (ARRAY['González', 'Rodríguez', 'Gómez', 'Fernández', 'López', 'Díaz', 'Martínez', 'Pérez', 'García', 'Sánchez',
        'Romero', 'Sosa', 'Torres', 'Álvarez', 'Ruiz', 'Ramírez', 'Flores', 'Acosta', 'Benítez', 'Medina', 'Herrera',
        'Suárez', 'Aguirre', 'Giménez', 'Gutiérrez', 'Pereyra', 'Rojas', 'Molina', 'Castro', 'Ortiz', 'Silva', 'Núñez',
        'Luna', 'Cabrera', 'Ríos', 'Ferreyra', 'Godoy', 'Morales', 'Domínguez', 'Moreno', 'Peralta', 'Vega', 'Carrizo',
        'Quiroga', 'Castillo', 'Ledesma', 'Muñoz', 'Ojeda', 'Ponce', 'Vera', 'Vázquez'])[1 + n * 11 % 51] AS last,
    (ARRAY['Paz', 'Blanco', 'Prieto', 'Maidana', 'Correa', 'Villalba', 'Navarro', 'Barrios', 'Coronel', 'Mendoza', 'Bravo',
        'Ibarra', 'Leiva'])[1 + n * 5 % 13] AS other
) AS p
CROSS JOIN LATERAL (
    SELECT (ARRAY['new', 'contacted', 'qualified', 'meeting', 'proposal', 'won', 'lost', 'lost'])[1 + n * 3 % 8] AS stage
) AS g
WHERE t.id > 0
ORDER BY n, t.id;
INSERT INTO lead_changes (tenant_id, lead_id, field, was, became, created_at)
SELECT l.tenant_id, l.id, 'stage_key', k.path[s], k.path[s + 1], l.created_at + s * (1 + l.id % 9) * interval '7 hours'
FROM leads AS l
CROSS JOIN LATERAL (
    SELECT CASE l.stage_key WHEN 'lost' THEN ARRAY['new', 'contacted', 'qualified', 'lost']
        ELSE (ARRAY['new', 'contacted', 'qualified', 'meeting', 'proposal', 'won'])
            [1 : array_position(ARRAY['new', 'contacted', 'qualified', 'meeting', 'proposal', 'won'], l.stage_key)] END AS path
) AS k
CROSS JOIN LATERAL generate_series(1, cardinality(k.path) - 1) AS s
WHERE l.tenant_id > 0
ORDER BY 6;
INSERT INTO contacts (tenant_id, lead_id, name, reply_phone, created_at)
SELECT l.tenant_id, l.id, l.full_name, l.phone, l.created_at FROM leads AS l
WHERE l.tenant_id > 0 AND l.id % 5 < 4
ORDER BY l.id;
INSERT INTO conversations (tenant_id, channel_id, contact_id, lead_id, last_message_at, created_at)
SELECT p.tenant_id, h.id, p.id, p.lead_id, p.created_at + interval '2 days', p.created_at
FROM contacts AS p
JOIN channels AS h ON h.tenant_id = p.tenant_id
WHERE p.tenant_id > 0
ORDER BY p.id;
INSERT INTO chat_messages (tenant_id, conversation_id, direction, author, type, body, origin_key, status, created_at)
SELECT c.tenant_id, c.id, CASE WHEN k.said = 'customer' THEN 'in' ELSE 'out' END, k.said, 'text', 'Hola',
    c.id || ':' || n, CASE WHEN k.said = 'customer' THEN 'received' ELSE 'read' END,
    c.created_at + (n * n * (1 + c.id % 7)) * interval '3 minutes'
FROM conversations AS c
CROSS JOIN generate_series(0, 9) AS n
CROSS JOIN LATERAL (
    SELECT (ARRAY['customer', 'customer', 'agent', 'customer', 'agent', 'customer', 'person', 'customer', 'system', 'agent'])
        [1 + (n + c.id) % 10] AS said
) AS k
WHERE c.tenant_id > 0
ORDER BY 9, 2, n;
INSERT INTO model_calls (tenant_id, conversation_id, purpose, provider, model, input_tokens, cost, at)
SELECT m.tenant_id, m.conversation_id, 'think', 'openai', 'gpt', 900, 0.004, m.created_at
FROM chat_messages AS m
WHERE m.tenant_id > 0 AND m.author = 'agent'
ORDER BY m.id;
INSERT INTO seller_agenda_events (tenant_id, seller_id, status, during, lead_id, created_at)
SELECT l.tenant_id, s.ids[1 + l.id % cardinality(s.ids)], (ARRAY['done', 'done', 'no_show', 'cancelled'])[1 + l.id % 4],
    tstzrange(l.created_at + interval '3 days', l.created_at + interval '73 hours', '[)'), l.id,
    l.created_at + interval '1 day'
FROM leads AS l
JOIN (SELECT e.tenant_id, array_agg(e.id ORDER BY e.id) AS ids FROM sellers AS e GROUP BY e.tenant_id) AS s
    ON s.tenant_id = l.tenant_id
WHERE l.tenant_id > 0 AND (l.stage_key IN ('meeting', 'proposal', 'won') OR l.id % 3 = 0)
ORDER BY l.id;
INSERT INTO clients (tenant_id, lead_id, full_name, created_at)
SELECT l.tenant_id, l.id, l.full_name, l.created_at + interval '9 days' FROM leads AS l
WHERE l.tenant_id > 0 AND l.stage_key = 'won'
ORDER BY l.id;
INSERT INTO accounting_transactions (
    tenant_id, kind, amount, currency, method, client_id, lead_id, seller_id, paid_at, occurred_at
)
SELECT c.tenant_id, 'income', 90 + c.id % 100, 'USD', 'card', c.id, c.lead_id, s.ids[1 + c.id % cardinality(s.ids)],
    c.created_at + n * interval '30 days', c.created_at + n * interval '30 days'
FROM clients AS c
CROSS JOIN generate_series(0, 5) AS n
JOIN (SELECT e.tenant_id, array_agg(e.id ORDER BY e.id) AS ids FROM sellers AS e GROUP BY e.tenant_id) AS s
    ON s.tenant_id = c.tenant_id
WHERE c.tenant_id > 0
ORDER BY 10, c.id;
INSERT INTO tasks (tenant_id, kind, lead_id, reason, title, due_at, status, done_at, created_at)
SELECT l.tenant_id, 'manual', l.id, '', 'Llamar', l.created_at + interval '5 days',
    CASE WHEN l.id % 10 = 0 THEN 'open' ELSE 'done' END, CASE WHEN l.id % 10 <> 0 THEN l.created_at + interval '6 days' END,
    l.created_at + interval '1 day'
FROM leads AS l
WHERE l.tenant_id > 0 AND l.id % 2 = 0
ORDER BY l.id;
COMMIT;
VACUUM (ANALYZE) leads, lead_changes, contacts, conversations, chat_messages, model_calls, seller_agenda_events, clients,
    accounting_transactions, tasks;
