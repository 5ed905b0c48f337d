-- name: money_and_files
-- One page of a client's money (with that of clients that were merged into it) and of the files of its lead's
-- conversations, newest first; the places go on where those of a lead's timeline end.
SELECT t.kind, t.id, t.at, t.place, t.detail
FROM (
    (
        SELECT 'money' AS kind, m.id, m.occurred_at AS at, m.id * 8 + 6 AS place,
            jsonb_build_object('kind', m.kind, 'amount', m.amount::text, 'currency', m.currency, 'method', m.method,
                'reverses_id', m.reverses_id, 'seller_id', m.seller_id) AS detail
        FROM accounting_transactions AS m
        JOIN clients AS c ON c.tenant_id = m.tenant_id AND c.id = m.client_id
        WHERE m.tenant_id = :tenant_id AND :money::boolean AND (c.id = :client_id OR c.merged_into = :client_id)
            AND (m.occurred_at, m.id * 8 + 6) < (:before_at, :before_place)
        ORDER BY m.occurred_at DESC, m.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'file', f.id, f.created_at, f.id * 8 + 7,
            jsonb_build_object('filename', f.filename, 'type', COALESCE(f.sniffed_type, f.declared_type),
                'size_bytes', f.size_bytes, 'state', f.state, 'direction', f.direction,
                'conversation_id', g.conversation_id)
        FROM media_files AS f
        JOIN chat_messages AS g ON g.tenant_id = f.tenant_id AND g.id = f.message_id
        JOIN conversations AS v ON v.tenant_id = f.tenant_id AND v.id = g.conversation_id
        WHERE f.tenant_id = :tenant_id AND :files::boolean AND v.lead_id = :lead_id::bigint
            AND (f.created_at, f.id * 8 + 7) < (:before_at, :before_place)
        ORDER BY f.created_at DESC, f.id DESC
        LIMIT :most
    )
) AS t
ORDER BY t.at DESC, t.place DESC
LIMIT :most;
