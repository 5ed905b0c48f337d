-- name: file_to_fetch
-- A file that is still at the provider, with the channel that it came through.
SELECT f.channel_id, f.provider_media_id, f.link, f.declared_type, f.filename, f.attempts, f.words_state
FROM media_files AS f
WHERE f.tenant_id = :tenant_id AND f.id = :media_id AND f.state = 'waiting';

-- name: file_stored
-- A file is ours; nothing where another worker was first.
UPDATE media_files
SET state = 'stored', reason = NULL, sniffed_type = :sniffed_type, size_bytes = :size_bytes, sha256 = :sha256,
    storage_key = :storage_key,
    words_state = CASE WHEN words_state = 'waiting' AND NOT :worded THEN 'none' ELSE words_state END
WHERE tenant_id = :tenant_id AND id = :media_id AND state = 'waiting'
RETURNING words_state;

-- name: file_not_to_be_had
-- A file that was refused, or that the provider has no more; what it said will not be known.
UPDATE media_files
SET state = :state, reason = :reason,
    words_state = CASE WHEN words_state = 'waiting' THEN 'failed' ELSE words_state END,
    words_reason = CASE WHEN words_state = 'waiting' THEN :reason ELSE words_reason END
WHERE tenant_id = :tenant_id AND id = :media_id AND state = 'waiting'
RETURNING id;

-- name: fetch_later
-- Another attempt was made.
UPDATE media_files SET attempts = attempts + 1 WHERE tenant_id = :tenant_id AND id = :media_id AND state = 'waiting';

-- name: file_to_word
-- A stored file whose words are wanted, with the models of its company.
SELECT f.channel_id, f.storage_key, f.sha256, f.size_bytes, f.sniffed_type, f.filename, f.words_attempts, t.mode, t.language,
    s.whisper_base_url, s.whisper_model, s.vision_model, s.model_base_url, s.model_provider, s.model_input_price,
    s.model_output_price, m.conversation_id
FROM media_files AS f
JOIN tenants AS t ON t.id = f.tenant_id
JOIN tenant_settings AS s ON s.tenant_id = f.tenant_id
LEFT JOIN chat_messages AS m ON m.tenant_id = f.tenant_id AND m.id = f.message_id
WHERE f.tenant_id = :tenant_id AND t.id = :tenant_id AND f.id = :media_id AND f.state = 'stored'
    AND f.words_state = 'waiting';

-- name: known_words
-- What the same model has made of the same file before.
SELECT words, language FROM media_words WHERE tenant_id = :tenant_id AND sha256 = :sha256 AND model = :model;

-- name: remember_words
-- What a model has made of a file.
INSERT INTO media_words (tenant_id, sha256, model, words, language)
VALUES (:tenant_id, :sha256, :model, :words, :language)
ON CONFLICT (tenant_id, sha256, model) DO NOTHING;

-- name: words_known
-- What a file says or shows.
UPDATE media_files
SET words_state = 'ready', words = :words, words_language = :language, words_reason = NULL, words_at = now()
WHERE tenant_id = :tenant_id AND id = :media_id AND words_state = 'waiting'
RETURNING id;

-- name: words_failed
-- Nobody will say what is in it.
UPDATE media_files SET words_state = 'failed', words_reason = :reason, words_at = now()
WHERE tenant_id = :tenant_id AND id = :media_id AND words_state = 'waiting'
RETURNING id;

-- name: word_later
-- Another attempt was made.
UPDATE media_files SET words_attempts = words_attempts + 1
WHERE tenant_id = :tenant_id AND id = :media_id AND words_state = 'waiting';
