-- name: replies
-- As one would say it: messages in their order, each with how many answers stand before it.
-- How long customers of the conversations that began in a period waited for the agent's and for a person's first answer.
-- A wait is from the first message that nobody had answered to the next message of the agent or the team.
WITH said AS (
    SELECT m.conversation_id, m.author, m.direction, m.created_at,
        count(*) FILTER (WHERE m.direction = 'out') OVER (
            PARTITION BY m.conversation_id ORDER BY m.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS wait
    FROM conversations AS c
    JOIN chat_messages AS m ON m.tenant_id = :tenant_id AND m.conversation_id = c.id
    WHERE c.tenant_id = :tenant_id AND c.created_at >= :since AND c.created_at < :until
        AND m.author <> 'system' AND m.direction <> 'note' AND m.status <> 'imported'
), waited AS (
    SELECT s.conversation_id, s.wait, min(s.created_at) FILTER (WHERE s.direction = 'in') AS asked_at,
        min(s.created_at) FILTER (WHERE s.direction = 'out') AS answered_at,
        min(s.author) FILTER (WHERE s.direction = 'out') AS author
    FROM said AS s
    GROUP BY s.conversation_id, s.wait
), answered AS (
    SELECT DISTINCT ON (w.conversation_id, w.author) w.author,
        extract(EPOCH FROM w.answered_at - w.asked_at)::float8 AS seconds
    FROM waited AS w
    WHERE w.asked_at IS NOT NULL AND w.answered_at IS NOT NULL
    ORDER BY w.conversation_id, w.author, w.wait
)
SELECT a.author, count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY a.seconds) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY a.seconds) AS p90
FROM answered AS a
GROUP BY a.author
ORDER BY a.author;

-- name: server_process
-- The process of the server that this connection speaks to.
-- cross-tenant: it reads no table
SELECT pg_backend_pid();
