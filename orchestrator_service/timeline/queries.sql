-- name: timeline_of_lead
-- One page of what happened with a lead, newest first; of the wanted kinds, None: all. A kind has its number, so that
-- rows of one moment have an order. Sales are for who may read the ledger (`money`).
SELECT t.kind, t.id, t.at, t.place, t.detail
FROM (
    (
        SELECT CASE m.direction WHEN 'note' THEN 'note' ELSE 'message' END AS kind, m.id, m.created_at AS at,
            m.id * 8 + 1 AS place,
            jsonb_build_object('conversation_id', m.conversation_id, 'direction', m.direction, 'author', m.author,
                'author_user_id', m.author_user_id, 'type', m.type, 'body', m.body, 'status', m.status) AS detail
        FROM chat_messages AS m
        JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
        WHERE m.tenant_id = :tenant_id AND c.lead_id = :lead_id
            AND (:kinds::text[] IS NULL
                OR CASE m.direction WHEN 'note' THEN 'note' ELSE 'message' END = ANY(:kinds))
            AND (m.created_at, m.id * 8 + 1) < (:before_at, :before_place)
        ORDER BY m.created_at DESC, m.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'qualification', q.id, q.created_at, q.id * 8 + 2,
            jsonb_build_object('interest', q.interest, 'score', q.score, 'need', q.need, 'budget', q.budget,
                'timeline', q.timeline, 'decision_maker', q.decision_maker, 'evidence', q.evidence,
                'reasons', q.reasons, 'qualified_by', q.qualified_by)
        FROM qualifications AS q
        WHERE q.tenant_id = :tenant_id AND q.lead_id = :lead_id
            AND (:kinds::text[] IS NULL OR 'qualification' = ANY(:kinds))
            AND (q.created_at, q.id * 8 + 2) < (:before_at, :before_place)
        ORDER BY q.created_at DESC, q.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'meeting', e.id, e.created_at, e.id * 8 + 3,
            jsonb_build_object('seller_id', e.seller_id, 'seller_name', s.name, 'status', e.status, 'title', e.title,
                'starts_at', lower(e.during), 'ends_at', upper(e.during), 'created_by', e.created_by)
        FROM seller_agenda_events AS e
        JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
        WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id
            AND (:kinds::text[] IS NULL OR 'meeting' = ANY(:kinds))
            AND (e.created_at, e.id * 8 + 3) < (:before_at, :before_place)
        ORDER BY e.created_at DESC, e.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'change', h.id, h.created_at, h.id * 8 + 4,
            jsonb_build_object('field', h.field, 'name', h.name, 'was', h.was, 'became', h.became, 'user_id', h.user_id)
        FROM lead_changes AS h
        WHERE h.tenant_id = :tenant_id AND h.lead_id = :lead_id
            AND (:kinds::text[] IS NULL OR 'change' = ANY(:kinds))
            AND (h.created_at, h.id * 8 + 4) < (:before_at, :before_place)
        ORDER BY h.created_at DESC, h.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'task', k.id, k.created_at, k.id * 8 + 5,
            jsonb_build_object('kind', k.kind, 'reason', k.reason, 'status', k.status, 'title', k.title,
                'due_at', k.due_at, 'created_by', k.created_by, 'assigned_user_id', k.assigned_user_id, 'done_at', k.done_at)
        FROM tasks AS k
        WHERE k.tenant_id = :tenant_id AND k.lead_id = :lead_id
            AND (:kinds::text[] IS NULL OR 'task' = ANY(:kinds))
            AND (k.created_at, k.id * 8 + 5) < (:before_at, :before_place)
        ORDER BY k.created_at DESC, k.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'sale', a.id, a.occurred_at, a.id * 8 + 6,
            jsonb_build_object('kind', a.kind, 'amount', a.amount::text, 'currency', a.currency,
                'effect', a.effect::text, 'reverses_id', a.reverses_id, 'category', a.category,
                'paid', a.kind <> 'income' OR COALESCE(a.paid_at, p.paid_at) IS NOT NULL, 'created_by', a.created_by)
        FROM accounting_transactions AS a
        LEFT JOIN income_payments AS p ON p.tenant_id = a.tenant_id AND p.income_id = a.id
        WHERE :money AND a.tenant_id = :tenant_id AND a.kind IN ('income', 'refund') AND a.lead_id IN (
                SELECT l.id FROM leads AS l
                WHERE l.tenant_id = :tenant_id AND (l.id = :lead_id OR l.merged_into = :lead_id))
            AND (:kinds::text[] IS NULL OR 'sale' = ANY(:kinds))
            AND (a.occurred_at, a.id * 8 + 6) < (:before_at, :before_place)
        ORDER BY a.occurred_at DESC, a.id DESC
        LIMIT :most
    )
    UNION ALL
    (
        SELECT 'note', n.id, n.created_at, n.id * 8 + 7,
            jsonb_build_object('conversation_id', NULL, 'direction', 'note', 'author', 'person',
                'author_user_id', n.author_user_id, 'type', 'note', 'body', n.body, 'status', 'received',
                'edited_at', n.edited_at, 'mentions', n.mentions)
        FROM lead_notes AS n
        WHERE n.tenant_id = :tenant_id AND n.lead_id = :lead_id
            AND (:kinds::text[] IS NULL OR 'note' = ANY(:kinds))
            AND (n.created_at, n.id * 8 + 7) < (:before_at, :before_place)
        ORDER BY n.created_at DESC, n.id DESC
        LIMIT :most
    )
) AS t
ORDER BY t.at DESC, t.place DESC
LIMIT :most;
