-- name: list_clients
-- One page of the clients that somebody may see, newest first.
SELECT c.id, c.lead_id, c.full_name, c.phone, c.email, c.owner_user_id, c.created_at, c.company, c.notes, c.updated_at,
    c.deleted_at
FROM clients AS c
WHERE c.tenant_id = :tenant_id AND c.id < :before_id AND c.merged_into IS NULL AND c.erased_at IS NULL
    AND (c.deleted_at IS NOT NULL) = :deleted
    AND (:owner::bigint IS NULL OR c.owner_user_id = :owner OR (:unassigned AND c.owner_user_id IS NULL))
    AND (:owner_user_id::bigint IS NULL OR c.owner_user_id = :owner_user_id)
    AND (NOT :nobodys OR c.owner_user_id IS NULL)
    AND (:folded::text IS NULL
        OR strpos(translate(lower(c.full_name), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(translate(lower(COALESCE(c.company, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(lower(COALESCE(c.email, '')), :folded) > 0
        OR (:digits::text IS NOT NULL AND strpos(c.phone, :digits) > 0))
ORDER BY c.id DESC
LIMIT :most;

-- name: count_clients
-- How many clients that is.
SELECT count(*)
FROM clients AS c
WHERE c.tenant_id = :tenant_id AND c.merged_into IS NULL AND c.erased_at IS NULL
    AND (c.deleted_at IS NOT NULL) = :deleted
    AND (:owner::bigint IS NULL OR c.owner_user_id = :owner OR (:unassigned AND c.owner_user_id IS NULL))
    AND (:owner_user_id::bigint IS NULL OR c.owner_user_id = :owner_user_id)
    AND (NOT :nobodys OR c.owner_user_id IS NULL)
    AND (:folded::text IS NULL
        OR strpos(translate(lower(c.full_name), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(translate(lower(COALESCE(c.company, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(lower(COALESCE(c.email, '')), :folded) > 0
        OR (:digits::text IS NOT NULL AND strpos(c.phone, :digits) > 0));

-- name: paid_by
-- What a client has paid in each currency, less what went back; with the money of those that were merged into it.
SELECT t.currency::text AS currency,
    sum(CASE t.kind WHEN 'income' THEN t.amount ELSE -t.amount END)::text AS amount
FROM accounting_transactions AS t
JOIN clients AS c ON c.tenant_id = t.tenant_id AND c.id = t.client_id
WHERE t.tenant_id = :tenant_id AND (c.id = :client_id OR c.merged_into = :client_id)
    AND t.kind IN ('income', 'refund') AND t.reverses_id IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM accounting_transactions AS r WHERE r.tenant_id = :tenant_id AND r.reverses_id = t.id
    )
GROUP BY t.currency
ORDER BY t.currency;

-- name: client_owners
-- Who owns clients, as people know them.
SELECT u.id, u.email FROM users AS u WHERE u.tenant_id = :tenant_id;
