-- name: append_message
-- Store one message; nothing where its origin is known already.
INSERT INTO chat_messages (
    tenant_id, conversation_id, direction, author, author_user_id, type, body, content, reply_id, wamid, origin_key,
    status, error_code, turn_id, created_at, imported
)
VALUES (
    :tenant_id, :conversation_id, :direction, :author, :author_user_id, :type, :body, :content, :reply_id, :wamid,
    :origin_key, :status, :error_code, :turn_id, COALESCE(:at::timestamptz, now()),
    :status = 'imported'
)
ON CONFLICT (tenant_id, origin_key) DO NOTHING
RETURNING id;

-- name: message_of_origin
-- The message that an origin has led to.
SELECT id FROM chat_messages WHERE tenant_id = :tenant_id AND origin_key = :origin_key;

-- name: touch_conversation
-- Note when the conversation last moved; answers the owner of its lead.
UPDATE conversations AS c
SET last_message_at = GREATEST(c.last_message_at, COALESCE(:at::timestamptz, now())),
    last_inbound_at = CASE WHEN :inbound THEN GREATEST(c.last_inbound_at, COALESCE(:at::timestamptz, now()))
        ELSE c.last_inbound_at END
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id
RETURNING (SELECT l.owner_user_id FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = c.lead_id);
