-- name: events
-- What was written down of changes of settings.
SELECT action, user_id, subject, detail FROM system_events
WHERE tenant_id = :tenant_id AND action = 'settings.changed' ORDER BY id;

-- name: due_in
-- In how many seconds the turn that waits is due, counted from when its burst began.
SELECT extract(epoch FROM due_at - first_at)::float8 FROM conversation_mailboxes
WHERE tenant_id = :tenant_id AND turn_pending;

-- name: paused_hours
-- For how long the agent is silent from now on.
SELECT round(extract(epoch FROM agent_paused_until - now()) / 3600)::int FROM conversations
WHERE tenant_id = :tenant_id AND agent_paused_until IS NOT NULL;
