-- name: conversation
-- The only conversation.
SELECT id FROM conversations WHERE tenant_id = :tenant_id;

-- name: messages
-- Everything that was said.
SELECT id, conversation_id, direction, author, type, body, content, status, verdict, turn_id
FROM chat_messages WHERE tenant_id = :tenant_id ORDER BY id;

-- name: turns
-- Every turn.
SELECT id, state, attempts, verdict FROM agent_turns WHERE tenant_id = :tenant_id ORDER BY id;

-- name: events
-- What was announced.
SELECT name FROM outbox_events WHERE tenant_id = :tenant_id ORDER BY id;

-- name: answer_at_once
-- No quiet period.
UPDATE tenant_settings SET quiet_seconds = 0 WHERE tenant_id = :tenant_id;

-- name: answer_later
-- A long quiet period.
UPDATE tenant_settings SET quiet_seconds = 30, maximum_wait_seconds = 60 WHERE tenant_id = :tenant_id;

-- name: pause
-- Nothing may leave.
UPDATE tenant_settings SET sending_paused = true WHERE tenant_id = :tenant_id;

-- name: close_window
-- The person wrote more than a day ago.
UPDATE conversations SET last_inbound_at = now() - interval '25 hours' WHERE tenant_id = :tenant_id;

-- name: go_live
-- The company leaves the demo; it has no model key.
UPDATE tenants SET mode = 'live' WHERE tenants.id = :tenant_id;

-- name: leads
-- How many leads there are.
SELECT count(*) FROM leads WHERE tenant_id = :tenant_id;

-- name: clients
-- How many clients there are.
SELECT count(*) FROM clients WHERE tenant_id = :tenant_id;

-- name: meetings
-- How many meetings stand.
SELECT count(*) FROM seller_agenda_events WHERE tenant_id = :tenant_id AND status = 'confirmed';

-- name: tasks
-- How many tasks wait for a person.
SELECT count(*) FROM tasks WHERE tenant_id = :tenant_id AND status = 'open';

-- name: deliveries
-- How many messages wait to be sent.
SELECT count(*) FROM message_deliveries WHERE tenant_id = :tenant_id AND state = 'queued';

-- name: blocked_events
-- How often a block was told.
SELECT count(*) FROM system_events WHERE tenant_id = :tenant_id AND action = 'agent.message_blocked';

-- name: agent_off
-- The company turns its agent off.
UPDATE tenant_settings SET agent_mode = 'off' WHERE tenant_id = :tenant_id;

-- name: agent_on
-- The company turns its agent on again.
UPDATE tenant_settings SET agent_mode = 'autopilot' WHERE tenant_id = :tenant_id;

-- name: delete_lead
-- Every lead is put into the bin.
UPDATE leads SET deleted_at = now() WHERE tenant_id = :tenant_id;

-- name: pending_turns
-- Mailboxes that wait for a turn.
SELECT count(*) FROM conversation_mailboxes WHERE tenant_id = :tenant_id AND turn_pending;

-- name: use_model
-- The company's own model.
UPDATE tenant_settings SET brain = 'live', model_name = 'test', model_base_url = :url WHERE tenant_id = :tenant_id;

-- name: lock_turns
-- Hold every turn.
SELECT id FROM agent_turns WHERE tenant_id = :tenant_id FOR UPDATE;

-- name: lock_conversations
-- Hold every conversation as a turn does.
SELECT id FROM conversations WHERE tenant_id = :tenant_id FOR NO KEY UPDATE;

-- name: reply_phones
-- Where the person is answered.
SELECT reply_phone FROM contacts WHERE tenant_id = :tenant_id;

-- name: open_windows
-- Conversations in which free text may be sent.
SELECT count(*) FROM conversations WHERE tenant_id = :tenant_id AND last_inbound_at > now() - interval '24 hours';

-- name: begin_sending
-- A worker has claimed every delivery and waits for the provider.
UPDATE message_deliveries SET state = 'sending' WHERE tenant_id = :tenant_id;

-- name: paused
-- Conversations that a person has taken over.
SELECT count(*) FROM conversations WHERE tenant_id = :tenant_id AND agent_paused_until > now();

-- name: flood
-- A hundred messages at once.
INSERT INTO chat_messages (tenant_id, conversation_id, direction, author, type, body, origin_key, status)
SELECT :tenant_id, c.id, 'in', 'customer', 'text', :text, 'flood:' || n, 'received'
FROM conversations AS c, generate_series(1, 100) AS n
WHERE c.tenant_id = :tenant_id;

-- name: lock_inbox
-- Hold every accepted event.
SELECT id FROM webhook_inbox WHERE tenant_id = :tenant_id AND processed_at IS NULL FOR UPDATE;

-- name: revive_turn
-- The last turn as a worker that was killed while it thought left it.
UPDATE agent_turns SET state = 'thinking', finished_at = NULL
WHERE tenant_id = :tenant_id AND id = (SELECT max(t.id) FROM agent_turns AS t WHERE t.tenant_id = :tenant_id);

-- name: suspend
-- The operator has suspended the company.
UPDATE tenants SET status = 'suspended' WHERE tenants.id = :tenant_id;

-- name: close_conversation
-- Somebody has closed every conversation.
UPDATE conversations SET status = 'closed' WHERE tenant_id = :tenant_id;

-- name: open_conversations
-- Conversations that are open.
SELECT count(*) FROM conversations WHERE tenant_id = :tenant_id AND status = 'open';

-- name: agent_drafts
-- The company wants to see each reply first.
UPDATE tenant_settings SET agent_mode = 'draft' WHERE tenant_id = :tenant_id;

-- name: payloads
-- What was announced under a name.
SELECT payload FROM outbox_events WHERE tenant_id = :tenant_id AND name = :name ORDER BY id;

-- name: last_conversation
-- The conversation of the event that was accepted last; none where it has none.
SELECT conversation_id FROM webhook_inbox WHERE tenant_id = :tenant_id ORDER BY id DESC LIMIT 1;

-- name: lead_phone
-- The phone of the only lead.
SELECT phone FROM leads WHERE tenant_id = :tenant_id;

-- name: never_on_duty
-- One hour of the agent, on another day than today and tomorrow whatever the zone.
UPDATE tenant_settings
SET agent_hours = jsonb_build_object(
    ((extract(isodow FROM now())::int + 2) % 7)::text,
    jsonb_build_array(jsonb_build_object('start', '09:00', 'end', '10:00'))
)
WHERE tenant_id = :tenant_id;

-- name: disclose
-- The agent says what it is.
UPDATE tenant_settings SET ai_disclosure = true WHERE tenant_id = :tenant_id;

-- name: one_turn_a_day
-- The smallest quota.
UPDATE tenant_settings SET turns_per_day = 1 WHERE tenant_id = :tenant_id;

-- name: spare_model
-- A second model, and what a million tokens cost.
UPDATE tenant_settings SET model_input_price = 2, model_output_price = 4.5, fallback_models = jsonb_build_array(
    jsonb_build_object('provider', 'openai', 'model', 'spare', 'base_url', :url::text, 'input_price', '4',
        'output_price', '9'))
WHERE tenant_id = :tenant_id;

-- name: costs
-- What the turns cost.
SELECT sum(cost) FROM agent_turns WHERE tenant_id = :tenant_id;

-- name: step_outcomes
-- How the thinking of turns went.
SELECT string_agg(outcome || ' ' || COALESCE(detail->>'model', '?'), ', ' ORDER BY started_at)
FROM turn_steps WHERE tenant_id = :tenant_id AND name LIKE 'think:%';

-- name: drafts_that_ring
-- How many people are told of a draft that waits, and have not looked.
SELECT count(*) FROM notifications WHERE tenant_id = :tenant_id AND kind = 'draft_waiting' AND read_at IS NULL;

-- name: seller
-- The company's seller.
SELECT id FROM sellers WHERE tenant_id = :tenant_id;

-- name: finish_turns
-- Something newer overtook every turn.
UPDATE agent_turns SET state = 'superseded' WHERE tenant_id = :tenant_id;

-- name: judge
-- What the screen said of a message.
UPDATE chat_messages SET verdict = :verdict WHERE tenant_id = :tenant_id AND id = :message_id;

-- name: answered
-- All that was said is answered.
UPDATE conversations AS c
SET answered_through_id = (SELECT max(m.id) FROM chat_messages AS m WHERE m.tenant_id = :tenant_id)
WHERE c.tenant_id = :tenant_id;

-- name: poison
-- A summary that says what it should not.
UPDATE conversation_summaries SET body = :body WHERE tenant_id = :tenant_id;

-- name: summaries
-- How many conversations have a summary.
SELECT count(*) FROM conversation_summaries WHERE tenant_id = :tenant_id;

-- name: summaries_waiting
-- How many summaries wait to be written.
-- cross-tenant: the job tables know no tenants; the database is the test's own
SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'chat.summarise';

-- name: block_messages
-- The screen has blocked everything.
UPDATE chat_messages SET verdict = '{"action": "block", "score": 1, "reasons": []}' WHERE tenant_id = :tenant_id;

-- name: judgements
-- How interested the person was said to be, in order.
SELECT string_agg(interest || ' ' || score, ', ' ORDER BY id) FROM qualifications WHERE tenant_id = :tenant_id;

-- name: hot_notices
-- How often somebody was told of a hot lead.
SELECT count(*) FROM notifications WHERE tenant_id = :tenant_id AND kind = 'hot_lead';

-- name: ceos
-- How many lead the company.
SELECT count(*) FROM users WHERE tenant_id = :tenant_id AND role = 'ceo';
