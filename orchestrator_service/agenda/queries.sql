-- name: meeting_settings
-- The tenant's rules for meetings.
SELECT meeting_minutes, slot_granularity_minutes, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
    horizon_days, most_meetings_per_day, offer_minutes, assignment, holiday_country::text AS holiday_country,
    holiday_region, hold_minutes
FROM tenant_settings
WHERE tenant_id = :tenant_id;

-- name: taken_times
-- What blocks the sellers in a window; the index of the exclusion constraint answers it.
SELECT seller_id, kind, status, lower(during) AS starts_at, upper(during) AS ends_at
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = ANY (:seller_ids::bigint[]) AND status IN ('held', 'confirmed')
    AND during && tstzrange(:window_start, :window_end, '[)')
    AND (google_pending IS NOT NULL OR hold_expires_at IS NULL OR hold_expires_at > COALESCE(:now::timestamptz, now()))
ORDER BY lower(during), id;

-- name: ended_meetings
-- Meetings of a window that block no more but count against the most meetings of a day.
SELECT seller_id, kind, status, lower(during) AS starts_at, upper(during) AS ends_at
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = ANY (:seller_ids::bigint[]) AND kind = 'meeting'
    AND status IN ('done', 'no_show') AND during && tstzrange(:window_start, :window_end, '[)')
ORDER BY lower(during), id;

-- name: lead_of_conversation
-- Whom a conversation is with.
SELECT lead_id FROM conversations WHERE tenant_id = :tenant_id AND id = :conversation_id;

-- name: language_of_conversation
-- The conversation's own language, else its tenant's.
SELECT COALESCE(c.language, t.language)
FROM conversations AS c
JOIN tenants AS t ON t.id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.id = :conversation_id;

-- name: store_offer
-- A time that was offered in a conversation.
INSERT INTO agenda_offers (
    tenant_id, id, conversation_id, seller_id, starts_at, ends_at, turn_id, created_at, expires_at
)
VALUES (
    :tenant_id, :offer_id, :conversation_id, :seller_id, :starts_at, :ends_at, :turn_id, :created_at, :expires_at
);

-- name: find_offer
-- One offer, whatever conversation it was made in.
SELECT o.id, o.conversation_id, o.seller_id, s.name AS seller_name, o.starts_at, o.ends_at, o.created_at, o.expires_at,
    o.used_at
FROM agenda_offers AS o
JOIN sellers AS s ON s.tenant_id = o.tenant_id AND s.id = o.seller_id
WHERE o.tenant_id = :tenant_id AND o.id = :offer_id;

-- name: live_offers
-- The offers of a conversation that can still be taken, by time.
SELECT o.id, o.conversation_id, o.seller_id, s.name AS seller_name, o.starts_at, o.ends_at, o.created_at, o.expires_at,
    o.used_at
FROM agenda_offers AS o
JOIN sellers AS s ON s.tenant_id = o.tenant_id AND s.id = o.seller_id
WHERE o.tenant_id = :tenant_id AND o.conversation_id = :conversation_id AND o.used_at IS NULL
    AND o.expires_at > :now AND o.starts_at > :now
ORDER BY o.starts_at, o.id;

-- name: use_offer
-- An offer can be taken once. Its seller, whose row the booking has locked, has had a turn.
WITH used AS (
    UPDATE agenda_offers SET used_at = :now
    WHERE tenant_id = :tenant_id AND id = :offer_id AND used_at IS NULL
    RETURNING seller_id
)
UPDATE sellers AS s SET turns = s.turns + 1
FROM used
WHERE s.tenant_id = :tenant_id AND s.id = used.seller_id;

-- name: move_cursor
-- Whoever was away stands behind the others again, not far before them.
UPDATE sellers SET turns = GREATEST(turns, :turns) WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: lock_rotation
-- One conversation after the other asks whose turn it is.
SELECT tenant_id FROM tenant_settings WHERE tenant_id = :tenant_id FOR NO KEY UPDATE;

-- name: turns
-- How far each seller is in the queue.
SELECT id AS seller_id, turns AS number FROM sellers WHERE tenant_id = :tenant_id AND active;

-- name: pending_turns
-- In how many conversations each seller has times on offer that may yet be booked.
SELECT o.seller_id, count(DISTINCT o.conversation_id) AS number
FROM agenda_offers AS o
WHERE o.tenant_id = :tenant_id AND o.used_at IS NULL AND o.expires_at > :now AND o.conversation_id <> :conversation_id
    AND NOT EXISTS (
        SELECT 1 FROM agenda_offers AS u
        WHERE u.tenant_id = :tenant_id AND u.conversation_id = o.conversation_id AND u.used_at IS NOT NULL
            AND u.expires_at > :now
    )
GROUP BY o.seller_id;

-- name: minutes_ahead
-- What each seller has booked from now on.
SELECT seller_id, sum(extract(EPOCH FROM upper(during) - greatest(lower(during), :now)) / 60)::int AS number
FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND kind = 'meeting' AND status IN ('held', 'confirmed') AND upper(during) > :now
GROUP BY seller_id;

-- name: days_off
-- What was said of days between two dates, in the order in which it was said.
SELECT id, seller_id, first_day, last_day, works, note
FROM agenda_days_off
WHERE tenant_id = :tenant_id AND last_day >= :first AND first_day <= :last
ORDER BY id;

-- name: days_off_of_seller
-- What a seller said of days from a date on, by day.
SELECT id, seller_id, first_day, last_day, works, note
FROM agenda_days_off
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND last_day >= :first
ORDER BY first_day, id;

-- name: add_day_off
-- Days of a seller.
INSERT INTO agenda_days_off (tenant_id, seller_id, first_day, last_day, works, note)
VALUES (:tenant_id, :seller_id, :first_day, :last_day, :works, :note)
RETURNING id;

-- name: drop_day_off
-- Days of a seller are as any others.
DELETE FROM agenda_days_off WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND id = :day_off_id;

-- name: set_company_days
-- The company's word on days; a row each, so that one of them can be worked after all.
INSERT INTO agenda_days_off (tenant_id, first_day, last_day, works, note)
SELECT :tenant_id, d.day, d.day, :works, :note FROM unnest(:days::date[]) AS d (day)
ON CONFLICT (tenant_id, first_day) WHERE seller_id IS NULL DO UPDATE SET works = excluded.works, note = excluded.note;

-- name: clear_company_days
-- Days are what the calendar of public holidays says.
DELETE FROM agenda_days_off WHERE tenant_id = :tenant_id AND seller_id IS NULL AND first_day = ANY(:days::date[]);

-- name: store_meeting
-- A meeting; the exclusion constraint has the last word.
INSERT INTO seller_agenda_events (
    tenant_id, seller_id, kind, status, during, lead_id, conversation_id, offer_id, title, created_by
)
VALUES (
    :tenant_id, :seller_id, 'meeting', :status, tstzrange(:starts_at, :ends_at, '[)'), :lead_id, :conversation_id,
    :offer_id, :title, :created_by
)
RETURNING id;

-- name: has_meeting_ahead
-- Whether a lead has a meeting that is not over: a confirmed one, or one that Google is being told of.
SELECT EXISTS (
    SELECT 1 FROM seller_agenda_events AS e
    WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting'
        AND (e.status = 'confirmed' OR e.google_pending = 'book') AND upper(e.during) > :now
);

-- name: meetings_of_lead
-- A lead's meetings that are not over, cancelled ones too, by time.
SELECT e.id AS meeting_id, e.seller_id, s.name AS seller_name, lower(e.during) AS starts_at, upper(e.during) AS ends_at, e.status
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.kind = 'meeting' AND upper(e.during) > :now
ORDER BY lower(e.during), e.id;

-- name: move_event
-- An event takes place at another time, or is another seller's; the exclusion constraint has the last word.
UPDATE seller_agenda_events
SET seller_id = :seller_id, during = tstzrange(:starts_at, :ends_at, '[)'), updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: cancel_event
-- An event does not take place.
UPDATE seller_agenda_events SET status = 'cancelled', updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: restore_event
-- A cancelled event takes place after all; the exclusion constraint has the last word.
UPDATE seller_agenda_events SET status = 'confirmed', updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND status = 'cancelled';

-- name: mark_event
-- How a meeting went, or that nobody knows; the exclusion constraint has the last word on taking a mark back.
UPDATE seller_agenda_events SET status = :status, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND kind = 'meeting' AND status IN ('confirmed', 'done', 'no_show');

-- name: set_meeting_url
-- On which page a meeting takes place.
UPDATE seller_agenda_events SET meeting_url = :meeting_url, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND kind = 'meeting';

-- name: google_event_of
-- The id that an event has in Google; none where it was never to be there.
SELECT google_calendar_event_id FROM seller_agenda_events WHERE tenant_id = :tenant_id AND id = :event_id;

-- name: is_taken
-- Whether a seller is booked at a time, by something else than one event or one conversation's own offers. No proof of
-- the opposite: that is for whoever holds the seller's lock.
SELECT EXISTS (
    SELECT 1 FROM seller_agenda_events AS e
    WHERE e.tenant_id = :tenant_id AND e.seller_id = :seller_id AND e.status IN ('held', 'confirmed')
        AND e.during && tstzrange(:starts_at, :ends_at, '[)') AND e.id IS DISTINCT FROM :but_event_id::bigint
        AND (e.hold_expires_at IS NULL OR (e.hold_expires_at > :now
            AND e.conversation_id IS DISTINCT FROM :but_conversation_id::bigint))
);

-- name: offered_until
-- Where nothing but offers to customers is against a time: until when the last of them holds it.
SELECT max(e.hold_expires_at)
FROM seller_agenda_events AS e
WHERE e.tenant_id = :tenant_id AND e.seller_id = :seller_id AND e.status IN ('held', 'confirmed')
    AND e.during && tstzrange(:starts_at, :ends_at, '[)') AND e.id IS DISTINCT FROM :but_event_id::bigint
    AND (e.google_pending IS NOT NULL OR e.hold_expires_at IS NULL OR e.hold_expires_at > :now)
HAVING bool_and(e.google_pending IS NULL AND e.hold_expires_at IS NOT NULL);
