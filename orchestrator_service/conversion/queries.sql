-- name: criteria
-- Which criteria the tenant asks for.
SELECT criterion, required FROM conversion_criteria WHERE tenant_id = :tenant_id;

-- name: deeds
-- What a lead has done that its own row does not tell. A meeting that was missed does not count; income counts where
-- it was paid and not reversed.
SELECT
    (SELECT COALESCE(p.reply_phone, p.reply_user_id) FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.lead_id = :lead_id
            AND COALESCE(p.reply_phone, p.reply_user_id) IS NOT NULL
        ORDER BY p.id LIMIT 1) AS whatsapp_id,
    EXISTS (SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting'
            AND e.status IN ('confirmed', 'done')) AS has_confirmed_meeting,
    EXISTS (SELECT 1 FROM accounting_transactions AS t
        LEFT JOIN income_payments AS p ON p.tenant_id = t.tenant_id AND p.income_id = t.id
        WHERE t.tenant_id = :tenant_id AND t.kind = 'income' AND t.lead_id IN (
                SELECT l.id FROM leads AS l
                WHERE l.tenant_id = :tenant_id AND (l.id = :lead_id OR l.merged_into = :lead_id))
            AND t.reverses_id IS NULL AND COALESCE(t.paid_at, p.paid_at) IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM accounting_transactions AS r
                WHERE r.tenant_id = :tenant_id AND r.reverses_id = t.id)) AS has_paid_sale;

-- name: lead_met
-- The lead of a meeting that is confirmed or took place.
SELECT e.lead_id FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.id = :event_id AND e.kind = 'meeting' AND e.status IN ('confirmed', 'done');

-- name: opted_out
-- Since when a lead's person wants no messages, or no advertising, wherever they said so.
SELECT min(p.opted_out_at) AS opted_out_at, min(p.marketing_opted_out_at) AS marketing_opted_out_at
FROM contacts AS p
WHERE p.tenant_id = :tenant_id AND p.lead_id = :lead_id;
