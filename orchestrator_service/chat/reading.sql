-- name: list_conversations
-- One page of the conversations that somebody may see, the one that moved last first.
SELECT c.id, c.channel_id, c.lead_id, c.status, c.needs_person, c.agent_paused_until, c.language, c.last_inbound_at,
    c.last_message_at, p.name AS contact_name, l.full_name AS lead_name, l.owner_user_id, l.stage_key,
    last.body AS last_body, last.direction AS last_direction, last.status AS last_status, last.author AS last_author,
    last.author_user_id AS last_author_user_id, last.type AS last_type, last.id AS last_message_id, l.interest, l.score, turn.state AS turn_state, c.agent_mode,
    COALESCE(p.reply_phone, l.phone) AS phone, p.username, seen.read_through_id,
    p.opted_out_at IS NOT NULL AS opted_out, p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out,
    s.sending_paused, ch.active AS channel_active,
    CASE WHEN c.needs_person THEN COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at) END AS waiting_since,
    (
        SELECT count(*) FROM (
            SELECT 1 FROM chat_messages AS u
            WHERE u.tenant_id = :tenant_id AND u.conversation_id = c.id AND u.direction = 'in'
                AND u.status = 'received' AND u.id > COALESCE(seen.read_through_id, 0)
            LIMIT 100
        ) AS fresh
    ) AS unread
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN channels AS ch ON ch.tenant_id = c.tenant_id AND ch.id = c.channel_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
LEFT JOIN conversation_reads AS seen
    ON seen.tenant_id = c.tenant_id AND seen.conversation_id = c.id AND seen.user_id = :user_id
LEFT JOIN agent_turns AS turn
    ON turn.tenant_id = c.tenant_id AND turn.conversation_id = c.id
        AND turn.state NOT IN ('done', 'handed_over', 'failed', 'superseded')
LEFT JOIN LATERAL (
    SELECT m.id, m.type, m.body, m.direction, m.status, m.author, m.author_user_id
    FROM chat_messages AS m
    WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id
    ORDER BY m.id DESC
    LIMIT 1
) AS last ON true
WHERE c.tenant_id = :tenant_id AND (c.last_message_at, c.id) < (:place_at, :place_id)
    AND l.deleted_at IS NULL
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
    AND (NOT :mine OR l.owner_user_id = :user_id)
    AND (NOT :nobodys OR l.owner_user_id IS NULL)
    AND (:needs_person::bool IS NULL OR c.needs_person = :needs_person)
    AND (:status::text IS NULL OR c.status = :status)
    AND (:folded::text IS NULL
        OR strpos(translate(lower(COALESCE(l.full_name, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(translate(lower(COALESCE(p.name, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(lower(COALESCE(p.username, '')), ltrim(:folded, '@')) > 0
        OR (:digits::text IS NOT NULL AND (strpos(l.phone, :digits) > 0 OR strpos(p.reply_phone, :digits) > 0)))
ORDER BY c.last_message_at DESC, c.id DESC
LIMIT :most;

-- name: list_waiting
-- One page of those that wait for a person, the longest wait first.
SELECT c.id, c.channel_id, c.lead_id, c.status, c.needs_person, c.agent_paused_until, c.language, c.last_inbound_at,
    c.last_message_at, p.name AS contact_name, l.full_name AS lead_name, l.owner_user_id, l.stage_key,
    last.body AS last_body, last.direction AS last_direction, last.status AS last_status, last.author AS last_author,
    last.author_user_id AS last_author_user_id, last.type AS last_type, last.id AS last_message_id, l.interest, l.score, turn.state AS turn_state, c.agent_mode,
    COALESCE(p.reply_phone, l.phone) AS phone, p.username, seen.read_through_id,
    p.opted_out_at IS NOT NULL AS opted_out, p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out,
    s.sending_paused, ch.active AS channel_active,
    CASE WHEN c.needs_person THEN COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at) END AS waiting_since,
    (
        SELECT count(*) FROM (
            SELECT 1 FROM chat_messages AS u
            WHERE u.tenant_id = :tenant_id AND u.conversation_id = c.id AND u.direction = 'in'
                AND u.status = 'received' AND u.id > COALESCE(seen.read_through_id, 0)
            LIMIT 100
        ) AS fresh
    ) AS unread
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN channels AS ch ON ch.tenant_id = c.tenant_id AND ch.id = c.channel_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
LEFT JOIN conversation_reads AS seen
    ON seen.tenant_id = c.tenant_id AND seen.conversation_id = c.id AND seen.user_id = :user_id
LEFT JOIN agent_turns AS turn
    ON turn.tenant_id = c.tenant_id AND turn.conversation_id = c.id
        AND turn.state NOT IN ('done', 'handed_over', 'failed', 'superseded')
LEFT JOIN LATERAL (
    SELECT m.id, m.type, m.body, m.direction, m.status, m.author, m.author_user_id
    FROM chat_messages AS m
    WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id
    ORDER BY m.id DESC
    LIMIT 1
) AS last ON true
WHERE c.tenant_id = :tenant_id AND c.needs_person
    AND (COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at), c.id) > (:place_at, :place_id)
    AND l.deleted_at IS NULL
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
    AND (NOT :mine OR l.owner_user_id = :user_id)
    AND (NOT :nobodys OR l.owner_user_id IS NULL)
    AND (:needs_person::bool IS NULL OR c.needs_person = :needs_person)
    AND (:status::text IS NULL OR c.status = :status)
    AND (:folded::text IS NULL
        OR strpos(translate(lower(COALESCE(l.full_name, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(translate(lower(COALESCE(p.name, '')), 'áàâãäéèêíìîóòôõöúùûüñç', 'aaaaaeeeiiiooooouuuunc'), :folded) > 0
        OR strpos(lower(COALESCE(p.username, '')), ltrim(:folded, '@')) > 0
        OR (:digits::text IS NOT NULL AND (strpos(l.phone, :digits) > 0 OR strpos(p.reply_phone, :digits) > 0)))
ORDER BY COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at), c.id
LIMIT :most;

-- name: read_conversation
-- One conversation as the list shows it; one without a message is not in the list.
SELECT c.id, c.channel_id, c.lead_id, c.status, c.needs_person, c.agent_paused_until, c.language, c.last_inbound_at,
    COALESCE(c.last_message_at, c.created_at) AS last_message_at, p.name AS contact_name, l.full_name AS lead_name, l.owner_user_id, l.stage_key,
    last.body AS last_body, last.direction AS last_direction, last.status AS last_status, last.author AS last_author,
    last.author_user_id AS last_author_user_id, last.type AS last_type, last.id AS last_message_id, l.interest, l.score, turn.state AS turn_state, c.agent_mode,
    COALESCE(p.reply_phone, l.phone) AS phone, p.username, seen.read_through_id,
    p.opted_out_at IS NOT NULL AS opted_out, p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out,
    s.sending_paused, ch.active AS channel_active,
    CASE WHEN c.needs_person THEN COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at) END AS waiting_since,
    (
        SELECT count(*) FROM (
            SELECT 1 FROM chat_messages AS u
            WHERE u.tenant_id = :tenant_id AND u.conversation_id = c.id AND u.direction = 'in'
                AND u.status = 'received' AND u.id > COALESCE(seen.read_through_id, 0)
            LIMIT 100
        ) AS fresh
    ) AS unread
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN channels AS ch ON ch.tenant_id = c.tenant_id AND ch.id = c.channel_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
LEFT JOIN conversation_reads AS seen
    ON seen.tenant_id = c.tenant_id AND seen.conversation_id = c.id AND seen.user_id = :user_id
LEFT JOIN agent_turns AS turn
    ON turn.tenant_id = c.tenant_id AND turn.conversation_id = c.id
        AND turn.state NOT IN ('done', 'handed_over', 'failed', 'superseded')
LEFT JOIN LATERAL (
    SELECT m.id, m.type, m.body, m.direction, m.status, m.author, m.author_user_id
    FROM chat_messages AS m
    WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id
    ORDER BY m.id DESC
    LIMIT 1
) AS last ON true
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id AND l.deleted_at IS NULL;

-- name: conversation_owner
-- Whose lead a conversation is with; no row where the conversation is missing, or the lead deleted.
SELECT c.id, c.lead_id, l.owner_user_id
FROM conversations AS c
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id AND l.deleted_at IS NULL;

-- name: list_messages
-- One page of a conversation, newest first.
SELECT id, direction, author, author_user_id, type, body, content, reply_id, status, error_code, verdict, turn_id,
    created_at
FROM chat_messages
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND id < :before_id
ORDER BY id DESC
LIMIT :most;

-- name: list_newer_messages
-- One page of a conversation above an id, oldest first.
SELECT id, direction, author, author_user_id, type, body, content, reply_id, status, error_code, verdict, turn_id,
    created_at
FROM chat_messages
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND id > :after_id
ORDER BY id
LIMIT :most;

-- name: who_talks
-- Who is on the other side of a conversation, whose it is, and who writes there.
SELECT p.name AS contact_name, t.name AS our_company, s.agent_name AS agent, u.name AS writer
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN tenants AS t ON t.id = c.tenant_id
JOIN tenant_settings AS s ON s.tenant_id = c.tenant_id
LEFT JOIN users AS u ON u.tenant_id = c.tenant_id AND u.id = :user_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.id = :conversation_id;

-- name: find_messages
-- What a search has found, the newest first. The function tells ids of the transaction's tenant and of a scope; both are
-- demanded once more here.
SELECT m.id, m.conversation_id, m.direction, m.author, m.author_user_id, m.type, m.body, m.created_at, f.filename,
    f.words, l.full_name AS lead_name, p.name AS contact_name, COALESCE(p.reply_phone, l.phone) AS phone, p.username
FROM chat_messages AS m
JOIN conversations AS c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
LEFT JOIN media_files AS f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = :tenant_id AND l.deleted_at IS NULL
    AND m.id = ANY(ARRAY(
        SELECT find_messages(:wanted::text, :owner::bigint, :unassigned::boolean, :before_id::bigint, :most::int)
    ))
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
ORDER BY m.id DESC;

-- name: near_words
-- Words of the company's messages that come near one which nobody has written. None of it is shown.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT near_words(:word::text) AS word;

-- name: resume_agent
-- The agent answers again.
UPDATE conversations SET agent_paused_until = NULL, needs_person = false, needs_person_since = NULL
WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: conversation_state
-- What the team's list shows of a conversation beside its messages.
SELECT c.id, c.lead_id, c.status, c.needs_person, c.agent_paused_until, c.agent_mode, l.owner_user_id,
    CASE WHEN c.needs_person THEN COALESCE(c.needs_person_since, c.last_inbound_at, c.created_at) END AS waiting_since,
    p.marketing_opted_out_at IS NOT NULL AS marketing_opted_out
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id;

-- name: close_conversation
-- Nothing is left to do in it; nothing where it is closed already.
UPDATE conversations SET status = 'closed', needs_person = false, needs_person_since = NULL
WHERE tenant_id = :tenant_id AND id = :conversation_id AND status = 'open';

-- name: set_agent_mode
-- How the agent works in one conversation; null: as in the whole company.
UPDATE conversations SET agent_mode = :agent_mode WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: person_answered
-- Nobody waits for a person any more.
UPDATE conversations SET needs_person = false, needs_person_since = NULL
WHERE tenant_id = :tenant_id AND id = :conversation_id AND needs_person;

-- name: finish_calls
-- What called for a person in a conversation is done; a follow-up stays.
UPDATE tasks SET status = 'done', done_at = now()
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND status = 'open' AND kind <> 'follow_up';

-- name: read_message
-- One message.
SELECT id, direction, author, author_user_id, type, body, content, reply_id, status, error_code, verdict, turn_id,
    created_at
FROM chat_messages
WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: message_of_origin
-- What was written under a key before.
SELECT id, direction, author, author_user_id, type, body, content, reply_id, status, error_code, verdict, turn_id,
    created_at
FROM chat_messages
WHERE tenant_id = :tenant_id AND origin_key = :origin_key;

-- name: inbound_before
-- The newest message of the customer since the answer before this one; nothing where there is none.
SELECT m.id FROM chat_messages AS m
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id AND m.direction = 'in'
    AND m.status = 'received' AND m.wamid IS NOT NULL AND m.id > COALESCE((
        SELECT max(o.id) FROM chat_messages AS o
        WHERE o.tenant_id = :tenant_id AND o.conversation_id = :conversation_id AND o.direction = 'out'
            AND o.id < :answer_id
    ), 0)
ORDER BY m.id DESC
LIMIT 1;

-- name: mark_read
-- How far somebody has read, never beyond what there is; nothing where that is known already.
INSERT INTO conversation_reads AS r (tenant_id, conversation_id, user_id, read_through_id)
SELECT :tenant_id, :conversation_id, :user_id, COALESCE(LEAST(:through_id::bigint, max(m.id)), 0)
FROM chat_messages AS m
WHERE m.tenant_id = :tenant_id AND m.conversation_id = :conversation_id
ON CONFLICT (tenant_id, conversation_id, user_id) DO UPDATE SET read_through_id = excluded.read_through_id
WHERE r.tenant_id = :tenant_id AND r.read_through_id <> excluded.read_through_id;

-- name: read_through
-- How far somebody has read, and how much is new to them, a hundred at most.
SELECT r.read_through_id, (
    SELECT count(*) FROM (
        SELECT 1 FROM chat_messages AS u
        WHERE u.tenant_id = :tenant_id AND u.conversation_id = :conversation_id AND u.direction = 'in'
            AND u.status = 'received' AND u.id > r.read_through_id
        LIMIT 100
    ) AS fresh
) AS unread
FROM conversation_reads AS r
WHERE r.tenant_id = :tenant_id AND r.conversation_id = :conversation_id AND r.user_id = :user_id;
