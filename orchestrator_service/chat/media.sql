-- name: expect_file
-- The file of a message, still at the provider; nothing where it is expected already. Voice is always wanted in words,
-- what can be seen where the company has a model that sees, and a PDF anyhow: its text can be read.
INSERT INTO media_files (tenant_id, message_id, channel_id, direction, provider_media_id, link, declared_type, filename,
    words_state)
SELECT :tenant_id, :message_id, c.channel_id, :direction, :provider_media_id, :link, :declared_type, :filename,
    CASE WHEN :worded AND (
        m.type = 'audio' OR (m.type IN ('image', 'document') AND s.vision_model IS NOT NULL)
        OR (m.type = 'document' AND :declared_type::text LIKE 'application/pdf%')
    ) THEN 'waiting' ELSE 'none' END
FROM conversations AS c
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
JOIN chat_messages AS m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
WHERE c.tenant_id = :tenant_id AND m.tenant_id = :tenant_id AND c.id = :conversation_id AND m.id = :message_id
ON CONFLICT (tenant_id, message_id) DO NOTHING
RETURNING id;

-- name: keep_sent_file
-- The file of a message that somebody has just written: ours already, and not yet at the provider.
INSERT INTO media_files (tenant_id, message_id, channel_id, direction, filename, declared_type, state, sniffed_type,
    size_bytes, sha256, storage_key, words_state)
SELECT :tenant_id, m.id, c.channel_id, 'out', :filename, :sniffed_type, 'stored', :sniffed_type, :size_bytes, :sha256,
    :storage_key, 'none'
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.tenant_id = :tenant_id AND m.id = :message_id
RETURNING id;

-- name: sha256_of_message
-- What was sent with a message.
SELECT sha256 FROM media_files WHERE tenant_id = :tenant_id AND message_id = :message_id;

-- name: files_waiting
-- How many files of the company are still at their provider, a hundred at most.
SELECT count(*) FROM (
    SELECT 1 FROM media_files AS f WHERE f.tenant_id = :tenant_id AND f.state = 'waiting' LIMIT 100
) AS waiting;

-- name: file_place
-- Whose conversation a file is in.
SELECT m.conversation_id, c.lead_id, f.message_id
FROM media_files AS f
JOIN chat_messages AS m ON m.tenant_id = f.tenant_id AND m.id = f.message_id
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE f.tenant_id = :tenant_id AND f.id = :media_id;

-- name: file_card
-- A file as the team sees it.
SELECT id, state, reason, sniffed_type AS media_type, size_bytes, filename, words_state, words
FROM media_files
WHERE tenant_id = :tenant_id AND id = :media_id;

-- name: file_to_serve
-- A stored file with its conversation.
SELECT m.conversation_id, f.storage_key, f.sniffed_type AS media_type, f.size_bytes, f.filename
FROM media_files AS f
JOIN chat_messages AS m ON m.tenant_id = f.tenant_id AND m.id = f.message_id
WHERE f.tenant_id = :tenant_id AND f.id = :media_id AND f.state = 'stored';

-- name: files_of_messages
-- The files of some messages.
SELECT f.message_id, f.id, f.state, f.reason, f.sniffed_type AS media_type, f.size_bytes, f.filename, f.words_state,
    f.words
FROM media_files AS f
WHERE f.tenant_id = :tenant_id AND f.message_id = ANY(:message_ids);

-- name: audio_task_is_open
-- Whether a person has been called already for a voice note of the conversation.
SELECT EXISTS (
    SELECT 1 FROM tasks
    WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND kind = 'audio_unheard' AND status = 'open'
);

-- name: files_of_lead
-- One page of the files in a lead's conversations, newest first.
SELECT f.id, m.conversation_id, f.message_id, f.direction, f.filename, f.sniffed_type, f.declared_type, f.size_bytes,
    f.state, f.created_at
FROM media_files AS f
JOIN chat_messages AS m ON m.tenant_id = f.tenant_id AND m.id = f.message_id
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE f.tenant_id = :tenant_id AND c.lead_id = :lead_id AND f.id < :before_id
ORDER BY f.id DESC
LIMIT :most;
