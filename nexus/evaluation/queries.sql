-- name: set_rules
-- How the company of a scenario works; nobody waits for a quiet period, for the clock is the scenario's.
UPDATE tenant_settings
SET vocabulary = :vocabulary, agent_mode = :agent_mode, agent_hours = :agent_hours, ai_disclosure = :disclosure,
    quiet_seconds = 0, meeting_minutes = :minutes, slot_granularity_minutes = :granularity,
    buffer_before_minutes = :buffer_before, buffer_after_minutes = :buffer_after, minimum_notice_minutes = :notice,
    horizon_days = :horizon_days, most_meetings_per_day = :most_per_day, offer_minutes = :offer_minutes,
    assignment = :assignment, holiday_country = :holidays, model_input_price = :input_price,
    model_output_price = :output_price, model_name = :model_name, model_base_url = :model_url
WHERE tenant_id = :tenant_id;

-- name: set_seller
-- What a seller knows about, and how often the round robin came to them.
UPDATE sellers SET skills = :skills, turns = :turns WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: add_day_off
-- A day on which a seller, or everybody, does not work.
INSERT INTO agenda_days_off (tenant_id, seller_id, first_day, last_day) VALUES (:tenant_id, :seller_id, :day, :day);

-- name: add_event
-- Something that stands in a seller's agenda.
INSERT INTO seller_agenda_events (tenant_id, seller_id, kind, status, during, lead_id, conversation_id, title)
VALUES (
    :tenant_id, :seller_id, :kind, :status, tstzrange(:starts_at, :ends_at, '[)'), :lead_id, :conversation_id, :title
)
RETURNING id;

-- name: add_offer
-- A time that was offered in the conversation and can still be booked.
INSERT INTO agenda_offers (tenant_id, id, conversation_id, seller_id, starts_at, ends_at, created_at, expires_at)
VALUES (
    :tenant_id, :offer_id, :conversation_id, :seller_id, :starts_at, :ends_at, :now,
    :now::timestamptz + make_interval(mins => :minutes::int)
);

-- name: add_lead
-- Somebody whom the company knows already.
INSERT INTO leads (tenant_id, full_name, phone, match_key, email)
VALUES (:tenant_id, :full_name, :phone, :match_key, :email)
RETURNING id;

-- name: own
-- A lead is a seller's, and so of the user who is that seller.
WITH person AS (
    INSERT INTO users (tenant_id, email, name, role, status, password_hash)
    VALUES (:tenant_id, 'owner@scenario.invalid', 'Owner', 'closer', 'active', '')
    RETURNING id
), seated AS (
    UPDATE sellers SET user_id = (SELECT id FROM person) WHERE tenant_id = :tenant_id AND id = :seller_id
)
UPDATE leads SET owner_user_id = (SELECT id FROM person) WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: settle
-- All that was said before is answered; the conversation is held in a language.
UPDATE conversations AS c
SET answered_through_id = COALESCE(
        (SELECT max(m.id) FROM chat_messages AS m WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id), 0
    ),
    language = :language
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id;

-- name: received
-- An event came at the moment that the scenario says.
UPDATE webhook_inbox SET received_at = :at WHERE tenant_id = :tenant_id AND event_id = :event_id;

-- name: conversation
-- The conversation of the scenario's customer, and their lead.
SELECT c.id, c.lead_id FROM conversations AS c WHERE c.tenant_id = :tenant_id ORDER BY c.id LIMIT 1;

-- name: taken_over
-- For how long the agent is silent after a person wrote, by the clock of the scenario.
UPDATE conversations AS c
SET agent_paused_until = :now::timestamptz + make_interval(hours => s.takeover_hours)
FROM tenant_settings AS s
WHERE c.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND c.id = :conversation_id
    AND c.agent_paused_until IS NOT NULL;

-- name: heard
-- A file is here, and what it says or shows is known; empty words are nobody's.
UPDATE media_files AS f
SET words_state = CASE WHEN :words::text = '' THEN 'failed' ELSE 'ready' END, words = NULLIF(:words, ''),
    words_at = f.created_at
FROM chat_messages AS m
WHERE f.tenant_id = :tenant_id AND m.tenant_id = :tenant_id AND m.id = f.message_id AND m.wamid = :wamid;

-- name: outgoing
-- What left since a message, oldest first.
SELECT id, type, body, content, turn_id, status FROM chat_messages
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND id > :after_id AND direction = 'out'
    AND author = 'agent'
ORDER BY id;

-- name: last_message
-- The latest message that there is.
SELECT max(id) FROM chat_messages WHERE tenant_id = :tenant_id;

-- name: choices
-- What can be tapped: the choices of the latest message that has any; they stay in the phone's history.
SELECT content FROM chat_messages
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND direction = 'out' AND content ? 'choices'
ORDER BY id DESC LIMIT 1;

-- name: turns
-- The turns since one, oldest first.
SELECT id, state, verdict, input_tokens, output_tokens, cost, draft FROM agent_turns
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND id > :after_id
ORDER BY id;

-- name: calls
-- The tools that these turns called, in order.
SELECT turn_id, tool, arguments, refused, result FROM tool_calls
WHERE tenant_id = :tenant_id AND turn_id = ANY (:turn_ids::bigint[])
ORDER BY id;

-- name: rejected
-- What the brain said in these turns that was not so, and was caught.
SELECT detail FROM turn_steps
WHERE tenant_id = :tenant_id AND turn_id = ANY (:turn_ids::bigint[]) AND outcome = 'rejected'
ORDER BY turn_id, name;

-- name: qualification
-- The latest record of interest.
SELECT interest, score, need, budget, timeline, decision_maker FROM qualifications
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id
ORDER BY id DESC LIMIT 1;

-- name: lead
-- The lead's card, and whether they are a client.
SELECT l.full_name, l.email, l.need, l.stage_key, EXISTS (
    SELECT 1 FROM clients AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = l.id
) AS is_client
FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = :lead_id;

-- name: meetings
-- The lead's meetings, by their time.
SELECT e.id, s.name AS seller, lower(e.during) AS starts_at, e.status
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
WHERE e.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting'
ORDER BY lower(e.during), e.id;

-- name: offers
-- Every time that was offered in the conversation.
SELECT o.id, s.name AS seller, o.starts_at
FROM agenda_offers AS o
JOIN sellers AS s ON s.tenant_id = o.tenant_id AND s.id = o.seller_id
WHERE o.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND o.conversation_id = :conversation_id
ORDER BY o.created_at, o.starts_at;

-- name: person_called
-- Whether somebody of the team is called to this conversation.
SELECT EXISTS (
    SELECT 1 FROM tasks WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND status = 'open'
);
