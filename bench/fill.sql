-- The companies' leads, in bulk, run by psql as the owner: `leads` is how many each company gets.
-- Phones are numbers nobody has; every company has the same people, which no company may notice.
-- Their ids follow from the order: lead n of the company at place i of c companies is (n - 1) * c + i + 1.
\set ON_ERROR_STOP on
BEGIN;
INSERT INTO leads (
    tenant_id, full_name, phone, match_key, email, company, stage_key, source, language, interest, score, need, value,
    currency, created_at, updated_at
)
SELECT t.id, 'Lead ' || n, '+5491' || lpad(n::text, 9, '0'), '549' || lpad(n::text, 10, '0'), 'lead' || n || '@example.com',
    'Company ' || n % 997, (ARRAY['new', 'contacted', 'qualified', 'meeting', 'proposal', 'won', 'lost'])[1 + n % 7],
    (ARRAY['whatsapp', 'manual', 'form'])[1 + n % 3], (ARRAY['es', 'en', 'pt'])[1 + n % 3],
    (ARRAY['hot', 'warm', 'cold', 'not_interested'])[1 + n % 4], n % 101, 'What lead ' || n || ' is looking for',
    100 + n % 9000, 'USD', now() - n * interval '1 minute', now() - n * interval '1 minute'
FROM tenants AS t
CROSS JOIN generate_series(1, :leads) AS n
WHERE t.id > 0
ORDER BY n, t.id;
COMMIT;
VACUUM (ANALYZE) leads;
