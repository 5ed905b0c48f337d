-- name: stored_file
-- A file of a message, in the store.
INSERT INTO media_files (tenant_id, message_id, channel_id, direction, state, sniffed_type, size_bytes, sha256,
    storage_key, filename, words_state)
SELECT :tenant_id, m.id, c.channel_id, 'in', 'stored', :media_type, :size_bytes, :sha256, :storage_key, :filename,
    'none'
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.tenant_id = :tenant_id AND m.id = :message_id
RETURNING id;

-- name: forget_bytes
-- The file was never stored.
UPDATE media_files
SET state = 'waiting', storage_key = NULL
WHERE tenant_id = :tenant_id AND id = :media_id;
