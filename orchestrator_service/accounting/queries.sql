-- name: hold_token
-- Whoever sends the same token waits until this transaction is over.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_advisory_xact_lock(hashtextextended(:of_tenant::text || ':' || :token::text, 0));

-- name: of_token
-- The transaction that a token made.
SELECT id FROM accounting_transactions WHERE tenant_id = :tenant_id AND client_token = :token;

-- name: entry
-- One transaction as the rules need it.
SELECT t.id, t.kind, t.amount, t.currency, t.client_id, t.lead_id, t.seller_id, t.income_id, t.reverses_id, t.reduces_id,
    r.id AS reversed_by_id, COALESCE(t.paid_at, p.paid_at) AS paid_at
FROM accounting_transactions AS t
LEFT JOIN accounting_transactions AS r ON r.tenant_id = t.tenant_id AND r.reverses_id = t.id
LEFT JOIN income_payments AS p ON p.tenant_id = t.tenant_id AND p.income_id = t.id
WHERE t.tenant_id = :tenant_id AND t.id = :transaction_id;

-- name: parties
-- Who is named: each id where there is such a record, and who stands behind it.
SELECT
    (SELECT c.id FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.id = :client_id) AS client_id,
    (SELECT c.lead_id FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.id = :client_id) AS lead_of_client,
    (SELECT c.id FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = :lead_id) AS client_of_lead,
    (SELECT l.id FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL)
        AS lead_id,
    (SELECT s.id FROM sellers AS s WHERE s.tenant_id = :tenant_id AND s.id = :seller_id) AS seller_id;

-- name: insert_transaction
-- One more line of the ledger.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, method, client_id, lead_id, seller_id, income_id,
    reduces_id, caused_by_id, rule_id, category, paid_at, client_token, occurred_at, created_by)
VALUES (:tenant_id, :kind, :amount, :currency, :method, :client_id, :lead_id, :seller_id, :income_id, :reduces_id,
    :caused_by_id, :rule_id, :category, :paid_at, :token, :occurred_at, :created_by)
RETURNING id;

-- name: insert_reversal
-- The same transaction the other way round.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, method, client_id, lead_id, seller_id, income_id,
    reduces_id, caused_by_id, rule_id, category, paid_at, reverses_id, occurred_at, created_by)
SELECT t.tenant_id, t.kind, t.amount, t.currency, t.method, t.client_id, t.lead_id, t.seller_id, t.income_id,
    t.reduces_id, t.caused_by_id, t.rule_id, t.category, t.paid_at, t.id, :occurred_at, :created_by
FROM accounting_transactions AS t
WHERE t.tenant_id = :tenant_id AND t.id = :transaction_id
RETURNING id;

-- name: insert_words
-- What people say of a transaction.
INSERT INTO transaction_words (tenant_id, transaction_id, description)
VALUES (:tenant_id, :transaction_id, :description);

-- name: insert_payment
-- An income was paid, once.
INSERT INTO income_payments (tenant_id, income_id, paid_at, created_by)
VALUES (:tenant_id, :income_id, :paid_at, :created_by);

-- name: refunded
-- What has been given back of an income, reversed refunds not counted.
SELECT COALESCE(-sum(t.effect), 0) FROM accounting_transactions AS t
WHERE t.tenant_id = :tenant_id AND t.income_id = :income_id AND t.kind = 'refund';

-- name: commissions_of
-- The commissions on an income that stand, each with what refunds have taken off it.
SELECT t.id, t.amount, t.seller_id, t.rule_id, t.category, t.method, COALESCE((
        SELECT sum(d.effect) FROM accounting_transactions AS d
        WHERE d.tenant_id = t.tenant_id AND d.income_id = t.income_id AND d.reduces_id = t.id
    ), 0) AS reduced
FROM accounting_transactions AS t
WHERE t.tenant_id = :tenant_id AND t.income_id = :income_id AND t.kind = 'commission'
    AND t.reverses_id IS NULL AND t.reduces_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_transactions AS r
        WHERE r.tenant_id = t.tenant_id AND r.reverses_id = t.id)
ORDER BY t.id;

-- name: reductions_by
-- What a refund has taken off commissions and is not reversed yet.
SELECT t.id FROM accounting_transactions AS t
WHERE t.tenant_id = :tenant_id AND t.income_id = :income_id AND t.caused_by_id = :refund_id AND t.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_transactions AS r
        WHERE r.tenant_id = t.tenant_id AND r.reverses_id = t.id)
ORDER BY t.id;

-- name: rule_for
-- The rule for an income of a day: the seller's own before that of all, one of the currency before one of any.
SELECT r.id, r.percent, r.fixed FROM commission_rules AS r
WHERE r.tenant_id = :tenant_id AND (r.seller_id = :seller_id OR r.seller_id IS NULL)
    AND (r.currency = :currency OR r.currency IS NULL)
    AND r.starts_on <= :day AND (r.ends_on IS NULL OR r.ends_on >= :day)
ORDER BY r.seller_id IS NULL, r.currency IS NULL
LIMIT 1;

-- name: list_rules
-- The rules, those that still hold first.
SELECT r.id, r.seller_id, s.name AS seller_name, r.percent, r.fixed, r.currency, r.starts_on, r.ends_on,
    EXISTS (SELECT 1 FROM accounting_transactions AS t WHERE t.tenant_id = r.tenant_id AND t.rule_id = r.id) AS used
FROM commission_rules AS r
LEFT JOIN sellers AS s ON s.tenant_id = r.tenant_id AND s.id = r.seller_id
WHERE r.tenant_id = :tenant_id AND (:rule_id::bigint IS NULL OR r.id = :rule_id)
ORDER BY r.ends_on IS NOT NULL, r.seller_id IS NULL, s.name, r.starts_on DESC, r.id
LIMIT 500;

-- name: insert_rule
-- A rule from a day on.
INSERT INTO commission_rules (tenant_id, seller_id, percent, fixed, currency, starts_on, ends_on, created_by)
VALUES (:tenant_id, :seller_id, :percent, :fixed, :currency, :starts_on, :ends_on, :created_by)
RETURNING id;

-- name: end_rule
-- A rule holds until a day.
UPDATE commission_rules SET ends_on = :ends_on WHERE tenant_id = :tenant_id AND id = :rule_id;

-- name: delete_rule
-- A rule that nothing was earned by.
DELETE FROM commission_rules WHERE tenant_id = :tenant_id AND id = :rule_id;

-- name: company_zone
-- The zone in which the company's days begin.
SELECT zone FROM tenants WHERE id = :tenant_id;

-- name: insert_receipt
-- A file to a transaction.
INSERT INTO transaction_receipts (tenant_id, transaction_id, media_type, size_bytes, storage_key, filename, created_by)
VALUES (:tenant_id, :transaction_id, :media_type, :size_bytes, :storage_key, :filename, :created_by)
RETURNING id;

-- name: count_receipts
-- How many files a transaction has.
SELECT count(*) FROM transaction_receipts WHERE tenant_id = :tenant_id AND transaction_id = :transaction_id;

-- name: newest_receipt
-- The file that was added last.
SELECT id, media_type, size_bytes, storage_key, filename FROM transaction_receipts
WHERE tenant_id = :tenant_id AND transaction_id = :transaction_id
ORDER BY id DESC
LIMIT 1;
