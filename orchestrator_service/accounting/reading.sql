-- name: list_transactions
-- One page of the ledger, newest first. What was a merged client's or lead's is that of the one that it is now.
SELECT t.id, t.kind, t.amount, t.currency, t.effect, t.method, t.category, w.description,
    COALESCE(c.merged_into, t.client_id) AS client_id, COALESCE(k.full_name, c.full_name) AS client_name,
    COALESCE(l.merged_into, t.lead_id) AS lead_id, COALESCE(m.full_name, l.full_name) AS lead_name, t.seller_id, s.name AS seller_name, t.income_id, t.reverses_id,
    r.id AS reversed_by_id, t.reduces_id, t.caused_by_id, t.rule_id,
    CASE WHEN t.kind = 'income' AND t.reverses_id IS NULL THEN COALESCE((
        SELECT -sum(d.effect) FROM accounting_transactions AS d
        WHERE d.tenant_id = t.tenant_id AND d.income_id = t.id AND d.kind = 'refund'
    ), 0) ELSE 0 END AS refunded,
    COALESCE(t.paid_at, p.paid_at) AS paid_at,
    (SELECT max(f.id) FROM transaction_receipts AS f
        WHERE f.tenant_id = t.tenant_id AND f.transaction_id = t.id) AS receipt_id,
    t.occurred_at, t.created_at, t.created_by
FROM accounting_transactions AS t
LEFT JOIN clients AS c ON c.tenant_id = t.tenant_id AND c.id = t.client_id
LEFT JOIN clients AS k ON k.tenant_id = t.tenant_id AND k.id = c.merged_into
LEFT JOIN leads AS l ON l.tenant_id = t.tenant_id AND l.id = t.lead_id
LEFT JOIN leads AS m ON m.tenant_id = t.tenant_id AND m.id = l.merged_into
LEFT JOIN sellers AS s ON s.tenant_id = t.tenant_id AND s.id = t.seller_id
LEFT JOIN transaction_words AS w ON w.tenant_id = t.tenant_id AND w.transaction_id = t.id
LEFT JOIN accounting_transactions AS r ON r.tenant_id = t.tenant_id AND r.reverses_id = t.id
LEFT JOIN income_payments AS p ON p.tenant_id = t.tenant_id AND p.income_id = COALESCE(t.reverses_id, t.id)
WHERE t.tenant_id = :tenant_id AND (t.occurred_at, t.id) < (:before_at, :before_id)
    AND (:transaction_id::bigint IS NULL OR t.id = :transaction_id)
    AND t.occurred_at >= :since AND t.occurred_at < :until
    AND (:kind::text IS NULL OR t.kind = :kind)
    AND (:currency::text IS NULL OR t.currency = :currency)
    AND (:method::text IS NULL OR t.method = :method)
    AND (:seller_id::bigint IS NULL OR t.seller_id = :seller_id)
    AND (:client_id::bigint IS NULL OR t.client_id IN (
        SELECT o.id FROM clients AS o WHERE o.tenant_id = :tenant_id AND (o.id = :client_id OR o.merged_into = :client_id)
    ))
    AND (:lead_id::bigint IS NULL OR t.lead_id IN (
        SELECT o.id FROM leads AS o WHERE o.tenant_id = :tenant_id AND (o.id = :lead_id OR o.merged_into = :lead_id)
    ))
    AND CASE :state::text
        WHEN 'pending' THEN t.kind = 'income' AND t.reverses_id IS NULL AND r.id IS NULL
            AND COALESCE(t.paid_at, p.paid_at) IS NULL
        WHEN 'paid' THEN t.kind = 'income' AND t.reverses_id IS NULL AND r.id IS NULL
            AND COALESCE(t.paid_at, p.paid_at) IS NOT NULL
        WHEN 'reversed' THEN t.reverses_id IS NOT NULL OR r.id IS NOT NULL
        ELSE true END
ORDER BY t.occurred_at DESC, t.id DESC
LIMIT :most;

-- name: totals
-- Sums by one thing (a day, week or month of the company's zone, a seller, a client, a method, or nothing), and always by
-- currency: what is in two currencies is never added. Income counts where it is paid; until then it is pending. What a
-- merged client paid counts for the one that it is now.
SELECT g.key, g.currency, COALESCE(s.name, c.full_name) AS name, g.income, g.pending, g.refund, g.expense, g.commission,
    g.net, g.count
FROM (
    SELECT x.key, x.currency,
        COALESCE(sum(x.effect) FILTER (WHERE x.kind = 'income' AND NOT x.waits), 0) AS income,
        COALESCE(sum(x.effect) FILTER (WHERE x.waits), 0) AS pending,
        COALESCE(-sum(x.effect) FILTER (WHERE x.kind = 'refund'), 0) AS refund,
        COALESCE(-sum(x.effect) FILTER (WHERE x.kind = 'expense'), 0) AS expense,
        COALESCE(-sum(x.effect) FILTER (WHERE x.kind = 'commission'), 0) AS commission,
        COALESCE(sum(x.effect) FILTER (WHERE NOT x.waits), 0) AS net,
        count(*) AS count
    FROM (
        SELECT t.currency, t.kind, t.effect, t.kind = 'income' AND t.paid_at IS NULL AND p.income_id IS NULL AS waits,
            CASE :by::text
                WHEN 'day' THEN ((t.occurred_at AT TIME ZONE :zone::text)::date)::text
                WHEN 'week' THEN (date_trunc('week', t.occurred_at AT TIME ZONE :zone::text)::date)::text
                WHEN 'month' THEN (date_trunc('month', t.occurred_at AT TIME ZONE :zone::text)::date)::text
                WHEN 'seller' THEN t.seller_id::text
                WHEN 'client' THEN COALESCE(k.merged_into, t.client_id)::text
                WHEN 'method' THEN t.method
            END AS key
        FROM accounting_transactions AS t
        LEFT JOIN income_payments AS p ON p.tenant_id = t.tenant_id AND p.income_id = COALESCE(t.reverses_id, t.id)
            AND t.kind = 'income' AND t.paid_at IS NULL
        LEFT JOIN clients AS k ON k.tenant_id = t.tenant_id AND :by = 'client' AND k.id = t.client_id
        WHERE t.tenant_id = :tenant_id
            AND t.occurred_at >= :since AND t.occurred_at < :until
            AND (:kind::text IS NULL OR t.kind = :kind)
            AND (:currency::text IS NULL OR t.currency = :currency)
            AND (:method::text IS NULL OR t.method = :method)
            AND (:seller_id::bigint IS NULL OR t.seller_id = :seller_id)
            AND (:client_id::bigint IS NULL OR t.client_id IN (
                SELECT o.id FROM clients AS o WHERE o.tenant_id = :tenant_id AND (o.id = :client_id OR o.merged_into = :client_id)
            ))
            AND (:lead_id::bigint IS NULL OR t.lead_id IN (
                SELECT o.id FROM leads AS o WHERE o.tenant_id = :tenant_id AND (o.id = :lead_id OR o.merged_into = :lead_id)
            ))
    ) AS x
    GROUP BY x.key, x.currency
) AS g
LEFT JOIN sellers AS s ON s.tenant_id = :tenant_id AND :by = 'seller' AND s.id::text = g.key
LEFT JOIN clients AS c ON c.tenant_id = :tenant_id AND :by = 'client' AND c.id::text = g.key
ORDER BY CASE WHEN :by IN ('day', 'week', 'month') THEN g.key END, g.income DESC, g.key, g.currency
LIMIT :most;
