-- name: list_triggers
-- How the company writes by itself.
SELECT kind, step, enabled, template_id, fills, window_text, delay_minutes, quiet_from, quiet_to
FROM message_triggers
WHERE tenant_id = :tenant_id
ORDER BY kind, step;

-- name: find_trigger
-- One of them.
SELECT kind, step, enabled, template_id, fills, window_text, delay_minutes, quiet_from, quiet_to
FROM message_triggers
WHERE tenant_id = :tenant_id AND kind = :kind AND step = :step;

-- name: store_trigger
-- As it shall be from now on.
INSERT INTO message_triggers (
    tenant_id, kind, step, enabled, template_id, fills, window_text, delay_minutes, quiet_from, quiet_to
)
VALUES (
    :tenant_id, :kind, :step, :enabled, :template_id, :fills, :window_text, :delay_minutes, :quiet_from, :quiet_to
)
ON CONFLICT (tenant_id, kind, step) DO UPDATE
SET enabled = excluded.enabled, template_id = excluded.template_id, fills = excluded.fills,
    window_text = excluded.window_text, delay_minutes = excluded.delay_minutes, quiet_from = excluded.quiet_from,
    quiet_to = excluded.quiet_to, updated_at = now();

-- name: remove_trigger
-- The last step of the sequence is no more.
DELETE FROM message_triggers AS t
WHERE t.tenant_id = :tenant_id AND t.kind = :kind AND t.step = :step AND NOT EXISTS (
    SELECT 1 FROM message_triggers AS later
    WHERE later.tenant_id = :tenant_id AND later.kind = :kind AND later.step > :step
);

-- name: tallies
-- How many messages of each trigger wait, and what became of those of late.
SELECT kind, step, count(*) FILTER (WHERE status = 'pending') AS pending,
    count(*) FILTER (WHERE status = 'sent') AS sent, count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE status = 'refused') AS refused
FROM scheduled_messages
WHERE tenant_id = :tenant_id AND (status = 'pending' OR created_at > :since)
GROUP BY kind, step;

-- name: lock_event
-- A meeting whose messages are planned: two plans of one meeting take turns.
SELECT id, status, lead_id FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND id = :event_id AND kind = 'meeting'
FOR NO KEY UPDATE;

-- name: cancel_stale
-- What was planned for a meeting that is no longer what it was.
UPDATE scheduled_messages AS s
SET status = 'cancelled', reason = 'meeting_changed', settled_at = now()
WHERE s.tenant_id = :tenant_id AND s.event_id = :event_id AND s.status = 'pending'
    AND NOT EXISTS (
        SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.id = s.event_id AND e.lead_id = s.lead_id AND (
            (s.kind IN ('follow_up', 'no_show') AND e.status = 'no_show')
            OR (s.kind IN ('confirmation', 'reminder_24h', 'reminder_1h') AND e.status = 'confirmed'
                AND lower(e.during) = s.starts_at)
        )
    );

-- name: plan_for_meetings
-- A message for one meeting, or for every one ahead: none where one is planned or was sent for that time.
INSERT INTO scheduled_messages (tenant_id, kind, lead_id, event_id, starts_at, due_at)
SELECT :tenant_id, :kind, e.lead_id, e.id, lower(e.during),
    COALESCE(lower(e.during) - :before::interval, :now::timestamptz)
FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.kind = 'meeting' AND e.status = 'confirmed' AND e.lead_id IS NOT NULL
    AND (:event_id::bigint IS NULL OR e.id = :event_id)
    AND lower(e.during) > :now AND COALESCE(lower(e.during) - :before::interval, :now::timestamptz) >= :now
    AND NOT EXISTS (
        SELECT 1 FROM scheduled_messages AS s
        WHERE s.tenant_id = :tenant_id AND s.event_id = e.id AND s.kind = :kind AND s.starts_at = lower(e.during)
            AND s.status <> 'cancelled'
    )
ON CONFLICT DO NOTHING;

-- name: plan_after_no_show
-- Somebody did not come: they are asked once, unless they are being written to already. A mark taken back counts not.
INSERT INTO scheduled_messages (tenant_id, kind, lead_id, event_id, due_at)
SELECT :tenant_id, :kind, e.lead_id, e.id, :due_at::timestamptz
FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.id = :event_id AND e.status = 'no_show' AND e.lead_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM scheduled_messages AS s
        WHERE s.tenant_id = :tenant_id AND s.event_id = e.id AND s.kind IN ('follow_up', 'no_show')
            AND (s.status <> 'cancelled' OR s.reason <> 'meeting_changed')
    )
ON CONFLICT DO NOTHING;

-- name: plan_for_silent
-- Leads who have been silent since we wrote last, for as long as the trigger says and not two days more: switching it
-- on must not wake everybody who ever wrote. Once for each silence; a later step only after the one before it.
INSERT INTO scheduled_messages (tenant_id, kind, step, lead_id, due_at)
SELECT DISTINCT ON (l.id) :tenant_id, :kind, :step::int, l.id, :now::timestamptz
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
JOIN pipeline_stages AS g ON g.tenant_id = c.tenant_id AND g.key = l.stage_key
JOIN tenants AS t ON t.id = c.tenant_id AND t.status = 'active'
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.last_message_at <= :silent_since::timestamptz
    AND c.last_message_at > :silent_since::timestamptz - interval '2 days'
    AND c.last_inbound_at IS NOT NULL AND NOT c.needs_person
    AND p.opted_out_at IS NULL AND p.marketing_opted_out_at IS NULL
    AND (c.agent_paused_until IS NULL OR c.agent_paused_until <= :now)
    AND l.deleted_at IS NULL AND g.kind = 'open' AND l.interest IS DISTINCT FROM 'not_interested'
    AND 'out' = (
        SELECT m.direction FROM chat_messages AS m
        WHERE m.tenant_id = :tenant_id AND m.conversation_id = c.id AND m.direction <> 'note'
            AND m.status NOT IN ('failed', 'refused', 'queued')
        ORDER BY m.id DESC LIMIT 1
    )
    AND NOT EXISTS (
        SELECT 1 FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = l.id AND e.kind = 'meeting' AND e.status = 'confirmed'
            AND upper(e.during) > :now
    )
    AND NOT EXISTS (
        SELECT 1 FROM scheduled_messages AS s
        WHERE s.tenant_id = :tenant_id AND s.lead_id = l.id AND s.kind = :kind AND s.step = :step::int
            AND s.created_at > c.last_inbound_at
    )
    AND (:step::int <= 1 OR EXISTS (
        SELECT 1 FROM scheduled_messages AS b
        WHERE b.tenant_id = :tenant_id AND b.lead_id = l.id AND b.kind = :kind AND b.step = :step::int - 1
            AND b.status = 'sent' AND b.created_at > c.last_inbound_at
    ))
ORDER BY l.id
LIMIT :most
ON CONFLICT DO NOTHING;

-- name: cancel_kind
-- A trigger was switched off: what it has planned does not leave.
UPDATE scheduled_messages SET status = 'cancelled', reason = 'trigger_off', settled_at = now()
WHERE tenant_id = :tenant_id AND kind = :kind AND step = :step AND status = 'pending';

-- name: due_ids
-- What is due, the longest overdue first; a suspended company writes to nobody.
SELECT s.id
FROM scheduled_messages AS s
JOIN tenants AS t ON t.id = s.tenant_id AND t.status = 'active'
WHERE s.tenant_id = :tenant_id AND t.id = :tenant_id AND s.status = 'pending' AND s.due_at <= :now
ORDER BY s.due_at, s.id
LIMIT :most;

-- name: lock_due
-- One of them, for one worker alone: another one passes it by.
SELECT id FROM scheduled_messages
WHERE tenant_id = :tenant_id AND id = :scheduled_id AND status = 'pending' AND due_at <= :now
FOR UPDATE SKIP LOCKED;

-- name: read_due
-- All that is checked before it leaves, as it is now.
SELECT s.id, s.kind, s.step, s.lead_id, s.event_id, s.starts_at, s.due_at, s.created_at,
    l.deleted_at IS NULL AS lead_is_there, g.kind AS stage_kind, l.interest, t.sending_paused,
    EXISTS (
        SELECT 1 FROM contacts AS o
        WHERE o.tenant_id = :tenant_id AND o.lead_id = s.lead_id
            AND (o.opted_out_at IS NOT NULL
                OR (s.kind IN ('follow_up', 'reactivation', 'no_show') AND o.marketing_opted_out_at IS NOT NULL))
    ) AS opted_out,
    EXISTS (
        SELECT 1 FROM conversations AS w
        WHERE w.tenant_id = :tenant_id AND w.lead_id = s.lead_id AND w.last_inbound_at > s.created_at
    ) AS wrote_since,
    EXISTS (
        SELECT 1 FROM seller_agenda_events AS m
        WHERE m.tenant_id = :tenant_id AND m.lead_id = s.lead_id AND m.kind = 'meeting' AND m.status = 'confirmed'
            AND upper(m.during) > :now
    ) AS has_meeting,
    EXISTS (
        SELECT 1 FROM conversations AS q
        WHERE q.tenant_id = :tenant_id AND q.lead_id = s.lead_id
            AND (q.needs_person OR q.agent_paused_until > :now)
    ) AS person_has_it,
    e.status AS event_status, lower(e.during) AS event_starts_at, c.id AS conversation_id, c.last_inbound_at
FROM scheduled_messages AS s
JOIN leads AS l ON l.tenant_id = s.tenant_id AND l.id = s.lead_id
JOIN tenant_settings AS t ON t.tenant_id = s.tenant_id
LEFT JOIN pipeline_stages AS g ON g.tenant_id = s.tenant_id AND g.key = l.stage_key
LEFT JOIN seller_agenda_events AS e ON e.tenant_id = s.tenant_id AND e.id = s.event_id
LEFT JOIN LATERAL (
    SELECT k.id, k.last_inbound_at FROM conversations AS k
    WHERE k.tenant_id = :tenant_id AND k.lead_id = s.lead_id
    ORDER BY k.last_inbound_at DESC NULLS LAST, k.id DESC LIMIT 1
) AS c ON true
WHERE s.tenant_id = :tenant_id AND s.id = :scheduled_id;

-- name: settle
-- What became of a planned message.
UPDATE scheduled_messages SET status = :status, reason = :reason, message_id = :message_id, settled_at = :now
WHERE tenant_id = :tenant_id AND id = :scheduled_id;

-- name: postpone
-- It is not the hour.
UPDATE scheduled_messages SET due_at = :due_at WHERE tenant_id = :tenant_id AND id = :scheduled_id;
