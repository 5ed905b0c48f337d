-- name: add_leads
-- Leads of any age, each in a stage.
INSERT INTO leads (tenant_id, full_name, source, stage_key, lost_reason, value, currency, created_at, deleted_at)
SELECT :tenant_id, 'Lead ' || n.place, n.source, n.stage, n.reason, n.value, CASE WHEN n.value IS NOT NULL THEN 'USD' END,
    n.at, CASE WHEN n.gone THEN n.at END
FROM unnest(
    :sources::text[], :stages::text[], :reasons::text[], :worths::numeric[], :times::timestamptz[], :gone::boolean[]
) WITH ORDINALITY AS n (source, stage, reason, value, at, gone, place)
RETURNING id;

-- name: add_changes
-- What became of them before.
INSERT INTO lead_changes (tenant_id, lead_id, field, was, became, created_at)
SELECT :tenant_id, n.lead_id, 'stage_key', n.was, n.became, n.at
FROM unnest(:leads::bigint[], :froms::text[], :tos::text[], :times::timestamptz[]) AS n (lead_id, was, became, at);

-- name: add_meetings
-- Meetings of any outcome, none beside another.
INSERT INTO seller_agenda_events (tenant_id, seller_id, status, during, lead_id, created_at)
SELECT :tenant_id, n.seller_id, n.status, tstzrange(n.starts, n.starts + interval '20 minutes', '[)'), n.lead_id, n.at
FROM unnest(
    :sellers::bigint[], :statuses::text[], :starts::timestamptz[], :leads::bigint[], :times::timestamptz[]
) AS n (seller_id, status, starts, lead_id, at);

-- name: add_client
-- Somebody who has bought.
INSERT INTO clients (tenant_id, lead_id, full_name) VALUES (:tenant_id, :lead_id, 'Buyer') RETURNING id;

-- name: add_transaction
-- Money.
INSERT INTO accounting_transactions (
    tenant_id, kind, amount, currency, client_id, seller_id, income_id, paid_at, reverses_id, occurred_at
)
VALUES (
    :tenant_id, :kind, :amount, :currency, :client_id, :seller_id, :income_id, :paid_at, :reverses_id, :at
)
RETURNING id;

-- name: add_calls
-- What models were asked.
INSERT INTO model_calls (tenant_id, purpose, provider, model, input_tokens, cost, at, conversation_id)
SELECT :tenant_id, n.purpose, 'openai', 'gpt', 10, n.cost, n.at, :conversation_id
FROM unnest(:purposes::text[], :costs::numeric[], :times::timestamptz[]) AS n (purpose, cost, at);

-- name: date_conversation
-- When it began.
UPDATE conversations SET created_at = :at WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: close_move
-- No lead goes from the one stage to the other.
UPDATE pipeline_stages SET closed_to = array_append(closed_to, :became)
WHERE tenant_id = :tenant_id AND key = :was;

-- name: force_move
-- Another writer than the use case.
UPDATE leads SET stage_key = :stage WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: stage_of
-- Where a lead is.
SELECT stage_key FROM leads WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: told
-- How many leads were told of as changed.
SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant_id AND name = 'LEAD_UPDATED';
