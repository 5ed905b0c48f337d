-- name: find_summary
-- What was said in a conversation before the agent's window, and up to which message.
SELECT through_message_id, body FROM conversation_summaries
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id;

-- name: count_after
-- How many messages the agent would read after a message, counted up to a limit.
SELECT count(*) FROM (
    SELECT 1 FROM chat_messages
    WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND id > :after_id
        AND direction IN ('in', 'out') AND status NOT IN ('failed', 'refused')
    LIMIT :most
) AS later;

-- name: messages_after
-- What was said after a message, oldest first.
SELECT m.id, m.author, m.type, m.body, m.verdict, f.words
FROM chat_messages AS m
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.id > :after_id
    AND m.direction IN ('in', 'out') AND m.status NOT IN ('failed', 'refused')
ORDER BY m.id
LIMIT :most;

-- name: store_summary
-- The summary now reaches further; one that reaches less far than what is there comes too late.
INSERT INTO conversation_summaries (
    tenant_id, conversation_id, through_message_id, body, model, input_tokens, output_tokens, cost
)
VALUES (
    :tenant_id, :conversation_id, :through_message_id, :body, :model, :input_tokens, :output_tokens, :cost
)
ON CONFLICT (tenant_id, conversation_id) DO UPDATE
SET through_message_id = excluded.through_message_id, body = excluded.body, model = excluded.model,
    input_tokens = conversation_summaries.input_tokens + excluded.input_tokens,
    output_tokens = conversation_summaries.output_tokens + excluded.output_tokens,
    cost = conversation_summaries.cost + excluded.cost, updated_at = now()
WHERE conversation_summaries.through_message_id < excluded.through_message_id;
