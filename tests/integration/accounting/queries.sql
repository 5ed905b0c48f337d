-- name: change_amount
-- What nobody may do.
UPDATE accounting_transactions SET amount = 1 WHERE tenant_id = :tenant_id AND id = :transaction_id;

-- name: remove_transaction
-- What nobody may do either.
DELETE FROM accounting_transactions WHERE tenant_id = :tenant_id AND id = :transaction_id;

-- name: move_payment
-- Nor this.
UPDATE income_payments SET paid_at = now() WHERE tenant_id = :tenant_id AND income_id = :transaction_id;

-- name: forged_reversal
-- A reversal of another amount, past the use case.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, method, client_id, lead_id, seller_id, paid_at,
    reverses_id)
SELECT t.tenant_id, t.kind, t.amount + :more::numeric, t.currency, t.method, t.client_id, t.lead_id, t.seller_id,
    t.paid_at, t.id
FROM accounting_transactions AS t WHERE t.tenant_id = :tenant_id AND t.id = :transaction_id;

-- name: forged_refund
-- A refund past the use case.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, client_id, lead_id, income_id)
SELECT t.tenant_id, 'refund', :amount::numeric, t.currency, t.client_id, t.lead_id, t.id
FROM accounting_transactions AS t WHERE t.tenant_id = :tenant_id AND t.id = :transaction_id;

-- name: count_of_token
-- How many lines a token made.
SELECT count(*) FROM accounting_transactions WHERE tenant_id = :tenant_id AND client_token = :token;

-- name: events_of
-- What was announced.
SELECT e.payload FROM outbox_events AS e WHERE e.tenant_id = :tenant_id AND e.name = :name ORDER BY e.id;

-- name: many_lines
-- Lines over ten years in two currencies; a tenth are expenses.
INSERT INTO accounting_transactions (tenant_id, kind, amount, currency, method, seller_id, occurred_at, paid_at)
SELECT :tenant_id, CASE n % 10 WHEN 0 THEN 'expense' ELSE 'income' END, 1 + n % 5000, CASE n % 3 WHEN 0 THEN 'ARS' ELSE 'USD' END,
    'cash', (:sellers::bigint[])[1 + n % 2], at, CASE WHEN n % 10 > 0 AND n % 50 <> 1 THEN at END
FROM (
    SELECT g.n, timestamptz '2017-01-01' + g.n * interval '316 seconds' AS at
    FROM generate_series(:start::int, :start::int + :many::int - 1) AS g (n)
) AS x;

-- name: many_waiting
-- A half of what waits is paid later.
INSERT INTO income_payments (tenant_id, income_id, paid_at)
SELECT t.tenant_id, t.id, t.occurred_at FROM accounting_transactions AS t
WHERE t.tenant_id = :tenant_id AND t.kind = 'income' AND t.paid_at IS NULL AND t.id % 2 = 0;
