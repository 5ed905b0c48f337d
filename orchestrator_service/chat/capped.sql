-- name: told_since
-- Whether the conversation's customer has been told since then.
SELECT EXISTS (
    SELECT 1 FROM agent_turns
    WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND error = :code AND started_at >= :since
        AND state = 'handed_over'
);

-- name: mark_day_cap
-- The day's cap is reached; nothing where that has been told.
UPDATE tenant_settings SET day_cap_reached_on = :today
WHERE tenant_id = :tenant_id AND day_cap_reached_on IS DISTINCT FROM :today;
