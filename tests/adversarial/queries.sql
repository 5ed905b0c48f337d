-- name: newest
-- The newest conversation and whose it is.
SELECT id AS conversation_id, lead_id, contact_id FROM conversations WHERE tenant_id = :tenant_id ORDER BY id DESC LIMIT 1;

-- name: expire
-- The offers of a conversation are over.
UPDATE agenda_offers SET expires_at = now() - interval '1 minute', created_at = now() - interval '31 minutes'
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id;

-- name: phone
-- The number of a lead.
SELECT phone FROM leads WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: messages_of
-- What was said in a conversation.
SELECT conversation_id, direction, body FROM chat_messages
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id ORDER BY id;

-- name: waiting_mailbox
-- The conversation whose turn is the newest to wait.
SELECT max(conversation_id) FROM conversation_mailboxes WHERE tenant_id = :tenant_id AND turn_pending;

-- name: calls
-- How many tools a turn has called.
SELECT count(*) FROM tool_calls WHERE tenant_id = :tenant_id AND turn_id = :turn_id;

-- name: expire_offer
-- An offer is over.
UPDATE agenda_offers SET expires_at = now() - interval '1 minute', created_at = now() - interval '31 minutes'
WHERE tenant_id = :tenant_id AND id = :offer_id::uuid
RETURNING 1;

-- name: clients_of
-- How many clients a lead is.
SELECT count(*) FROM clients WHERE tenant_id = :tenant_id AND lead_id = :lead_id;

-- name: meetings_of
-- How many meetings of a lead stand.
SELECT count(*) FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND lead_id = :lead_id AND status IN ('held', 'confirmed');

-- name: own_meeting
-- Whether a meeting is the lead's own.
SELECT count(*) FROM seller_agenda_events WHERE tenant_id = :tenant_id AND id = :event_id AND lead_id = :lead_id;
