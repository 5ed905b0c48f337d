-- name: begin_pending
-- Google is to be told of what has just been written. Whoever is telling it something of this meeting already keeps the
-- claim until it ends: two must never write one event at a time.
UPDATE seller_agenda_events
SET google_pending = :pending, google_calendar_event_id = :google_id, google_attempts = 0, google_pending_since = :now,
    google_claim = CASE WHEN google_claimed_until > :now THEN google_claim ELSE :claim::uuid END,
    google_claimed_until = CASE WHEN google_claimed_until > :now THEN google_claimed_until
        ELSE :claimed_until::timestamptz END,
    moved_from = CASE WHEN :pending = 'move' THEN tstzrange(:from_starts_at, :from_ends_at, '[)') END,
    moved_from_seller_id = COALESCE(:from_seller_id, moved_from_seller_id)
WHERE tenant_id = :tenant_id AND id = :event_id
RETURNING google_claim, google_claimed_until;

-- name: claim_pending
-- The right to tell Google of one meeting, until an instant; none while somebody else has it.
UPDATE seller_agenda_events
SET google_claim = :claim, google_claimed_until = :claimed_until, google_attempts = google_attempts + 1
WHERE tenant_id = :tenant_id AND id = :event_id AND google_pending IS NOT NULL
    AND (google_claimed_until IS NULL OR google_claimed_until <= :now)
RETURNING id;

-- name: read_pending
-- A meeting that Google is to be told of.
SELECT e.tenant_id, e.id, e.seller_id, s.user_id AS seller_user_id, s.name AS seller_name, s.zone AS seller_zone, e.status,
    lower(e.during) AS starts_at, upper(e.during) AS ends_at, e.lead_id, l.full_name AS lead_name, e.conversation_id,
    e.offer_id, e.title, e.created_by, e.google_calendar_event_id AS google_id, e.google_pending AS pending,
    e.google_claim AS claim, e.google_claimed_until AS claimed_until, e.google_attempts AS attempts,
    e.google_pending_since AS since, e.moved_from_seller_id
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
LEFT JOIN leads AS l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id
WHERE e.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND e.id = :event_id AND e.google_pending IS NOT NULL;

-- name: event_of_offer
-- What an offer has become: a meeting, or one that Google is being told of.
SELECT e.id, e.status, e.google_pending, e.seller_id, s.name AS seller_name, lower(e.during) AS starts_at,
    upper(e.during) AS ends_at
FROM seller_agenda_events AS e
JOIN sellers AS s ON s.tenant_id = e.tenant_id AND s.id = e.seller_id
WHERE e.tenant_id = :tenant_id AND s.tenant_id = :tenant_id AND e.offer_id = :offer_id AND e.lead_id = :lead_id
    AND (e.status = 'confirmed' OR e.google_pending = 'book');

-- name: finish_pending
-- Google knows it: the meeting stands.
UPDATE seller_agenda_events
SET status = 'confirmed', meeting_url = COALESCE(:meeting_url, meeting_url), google_pending = NULL, google_claim = NULL,
    google_claimed_until = NULL, moved_from = NULL, moved_from_seller_id = NULL, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND google_claim = :claim AND google_pending = :pending;

-- name: forget_pending
-- Google need not be told any more.
UPDATE seller_agenda_events
SET google_pending = NULL, google_claim = NULL, google_claimed_until = NULL, moved_from = NULL,
    moved_from_seller_id = NULL
WHERE tenant_id = :tenant_id AND id = :event_id AND google_claim = :claim AND google_pending = :pending;

-- name: undo_booking
-- Google refused, or somebody was faster there: the meeting was never confirmed. What may have got there is erased.
UPDATE seller_agenda_events
SET status = 'cancelled', google_pending = :next::text, google_attempts = 0, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND google_claim = :claim AND google_pending = 'book';

-- name: undo_move
-- The meeting is where it was; the exclusion constraint has the last word. Google is told so.
UPDATE seller_agenda_events
SET during = moved_from, seller_id = COALESCE(moved_from_seller_id, seller_id), moved_from = NULL,
    moved_from_seller_id = CASE WHEN moved_from_seller_id IS NULL THEN NULL ELSE seller_id END,
    google_pending = 'write', google_attempts = 0, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :event_id AND google_claim = :claim AND google_pending = 'move';

-- name: release_claim
-- Whoever comes next may go on at once.
UPDATE seller_agenda_events SET google_claim = NULL, google_claimed_until = NULL
WHERE tenant_id = :tenant_id AND id = :event_id AND google_claim = :claim;

-- name: drop_expired_holds
-- Offers of one seller that hold their time no longer. The seller's row is locked.
DELETE FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND seller_id = :seller_id AND status = 'held' AND google_pending IS NULL
    AND hold_expires_at <= COALESCE(:now::timestamptz, now());

-- name: chosen_in_chat
-- Whether the time that a meeting has now was chosen from an offer of its own conversation since then.
SELECT EXISTS (
    SELECT 1 FROM agenda_offers AS o
    WHERE o.tenant_id = :tenant_id AND o.conversation_id = :conversation_id AND o.seller_id = :seller_id
        AND o.starts_at = :starts_at AND o.used_at >= :since
);

-- name: holding_sellers
-- Whose time a conversation's offers hold.
SELECT DISTINCT seller_id FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND status = 'held' AND google_pending IS NULL
    AND hold_expires_at IS NOT NULL
ORDER BY seller_id;

-- name: drop_holds_of_conversation
-- What a conversation's offers of one seller hold is free again. The seller's row is locked.
DELETE FROM seller_agenda_events
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id AND seller_id = :seller_id AND status = 'held'
    AND google_pending IS NULL AND hold_expires_at IS NOT NULL;

-- name: hold_offer
-- An offer holds its time until an instant; the exclusion constraint has the last word.
INSERT INTO seller_agenda_events (
    tenant_id, seller_id, kind, status, during, conversation_id, offer_id, hold_expires_at
)
VALUES (
    :tenant_id, :seller_id, 'meeting', 'held', tstzrange(:starts_at, :ends_at, '[)'), :conversation_id, :offer_id,
    :expires_at
)
RETURNING id;

-- name: users_of_sellers
-- Whose agendas the sellers' are.
SELECT id AS seller_id, user_id FROM sellers WHERE tenant_id = :tenant_id AND id = ANY (:seller_ids::bigint[]) ORDER BY id;
