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
