-- name: files
-- Every file, as it was left.
SELECT id, state, reason, attempts, sniffed_type, size_bytes, sha256, storage_key, words_state, words_reason, words,
    words_attempts, direction
FROM media_files WHERE tenant_id = :tenant_id ORDER BY id;

-- name: steps
-- The timeline of what was heard.
SELECT s.outcome, s.detail FROM turn_steps AS s
WHERE s.tenant_id = :tenant_id AND s.name = 'transcribe' ORDER BY s.turn_id, s.attempt;

-- name: jobs_about
-- Jobs that wait, by name.
SELECT count(*)
FROM (
    SELECT (args ->> 'tenant_id')::int AS tenant_id, task_name FROM jobs.procrastinate_jobs WHERE status = 'todo'
) AS j
WHERE j.tenant_id = :tenant_id AND j.task_name = :name;

-- name: lanes
-- Under how many locks the company's notes are heard.
SELECT count(DISTINCT j.lock)
FROM (
    SELECT (args ->> 'tenant_id')::int AS tenant_id, lock FROM jobs.procrastinate_jobs
    WHERE task_name = 'whatsapp.put_into_words' AND lock IS NOT NULL
) AS j
WHERE j.tenant_id = :tenant_id;

-- name: hears_at
-- The company has a model that hears.
UPDATE tenant_settings SET whisper_base_url = :url, whisper_model = 'gpt-transcribe' WHERE tenant_id = :tenant_id;

-- name: sees_at
-- The company has a model that sees.
UPDATE tenant_settings SET model_base_url = :url, vision_model = 'eyes' WHERE tenant_id = :tenant_id;

-- name: open_tasks
-- What a person was asked for.
SELECT kind FROM tasks WHERE tenant_id = :tenant_id AND status = 'open' ORDER BY id;

-- name: finish_tasks
-- A person has been there.
UPDATE tasks SET status = 'done', done_at = now() WHERE tenant_id = :tenant_id;

-- name: agent_off
-- People answer.
UPDATE tenant_settings SET agent_mode = 'off' WHERE tenant_id = :tenant_id;
