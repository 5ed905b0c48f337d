-- name: customers_words
-- What the customer wrote, spoke or showed in a conversation, oldest first; what the screen has blocked is nobody's word.
SELECT w.said FROM (
    SELECT m.id, concat_ws(' ', f.words, NULLIF(m.body, '')) AS said
    FROM chat_messages AS m
    LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
    WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.direction = 'in'
        AND (m.verdict IS NULL OR m.verdict ->> 'action' <> 'block')
    ORDER BY m.id DESC
    LIMIT :most
) AS w
ORDER BY w.id;
