-- name: active_sellers
-- Every seller who can be booked, by id; whoever may not log in takes no meetings either.
SELECT s.id, s.user_id, s.name, s.zone, s.working_hours, s.active, s.skills, s.turns,
    s.most_meetings_per_day
FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.active AND NOT EXISTS (
    SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = s.user_id AND u.status = 'suspended'
)
ORDER BY s.id;

-- name: bookable_seller
-- One of them.
SELECT s.id, s.user_id, s.name, s.zone, s.working_hours, s.active, s.skills, s.turns,
    s.most_meetings_per_day
FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.id = :seller_id AND s.active AND NOT EXISTS (
    SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = s.user_id AND u.status = 'suspended'
);

-- name: lock_seller
-- One seller, locked against every other booking of theirs until the end of the transaction. NO KEY: rows that only
-- refer to the seller (new offers) do not wait for a booking.
SELECT s.id, s.user_id, s.name, s.zone, s.working_hours, s.active AND NOT EXISTS (
    SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = s.user_id AND u.status = 'suspended'
) AS active, s.skills, s.turns, s.most_meetings_per_day
FROM sellers AS s
WHERE s.tenant_id = :tenant_id AND s.id = :seller_id
FOR NO KEY UPDATE;

-- name: create_seller
-- Someone who can be booked.
INSERT INTO sellers (tenant_id, user_id, name, zone, working_hours)
VALUES (:tenant_id, :user_id, :name, :zone, :working_hours)
RETURNING id;

-- name: company_zone
-- Where the company is.
SELECT zone FROM tenants WHERE id = :tenant_id;

-- name: seat_seller
-- Whoever was let in to sell can be booked, in the company's zone; nothing where they can already.
INSERT INTO sellers (tenant_id, user_id, name, zone, working_hours)
SELECT u.tenant_id, u.id, u.name, t.zone, :working_hours
FROM users AS u
JOIN tenants AS t ON t.id = u.tenant_id
WHERE u.tenant_id = :tenant_id AND t.id = :tenant_id AND u.id = :user_id AND u.status = 'active'
    AND u.role = ANY (:roles::text[])
ON CONFLICT (tenant_id, user_id) DO NOTHING
RETURNING id;

-- name: follow_role
-- Whoever sells no more is offered no more, whoever sells again is; what is booked stays.
UPDATE sellers AS s SET active = u.role = ANY (:roles::text[])
FROM users AS u
WHERE s.tenant_id = :tenant_id AND u.tenant_id = :tenant_id AND u.id = :user_id AND s.user_id = u.id
    AND s.active <> (u.role = ANY (:roles::text[]))
RETURNING s.id, s.active;

-- name: change_seller
-- What is not given stays; 0 meetings a day: as the company has it.
UPDATE sellers
SET name = COALESCE(:name, name), zone = COALESCE(:zone, zone), working_hours = COALESCE(:working_hours, working_hours),
    skills = COALESCE(:skills::text[], skills), active = COALESCE(:active, active), bio = COALESCE(:bio, bio),
    most_meetings_per_day = CASE
        WHEN :most::int = 0 THEN NULL
        ELSE COALESCE(:most, most_meetings_per_day)
    END
WHERE tenant_id = :tenant_id AND id = :seller_id;

-- name: list_sellers
-- One page of the sellers whose agenda somebody may see, by id, with what they have ahead.
SELECT s.id, s.user_id, s.name, s.zone, s.working_hours, s.active, s.skills, s.bio,
    s.most_meetings_per_day, COALESCE(u.status = 'suspended', false) AS suspended, COALESCE(a.meetings, 0) AS meetings_ahead, COALESCE(a.minutes, 0) AS minutes_ahead,
    CASE WHEN s.photo_shown THEN s.photo_number END AS photo
FROM sellers AS s
LEFT JOIN users AS u ON u.tenant_id = :tenant_id AND u.id = s.user_id
LEFT JOIN (
    SELECT e.seller_id, count(*) AS meetings,
        sum(extract(EPOCH FROM upper(e.during) - lower(e.during)) / 60)::int AS minutes
    FROM seller_agenda_events AS e
    WHERE e.tenant_id = :tenant_id AND e.kind = 'meeting' AND e.status IN ('held', 'confirmed')
        AND lower(e.during) > :now
    GROUP BY e.seller_id
) AS a ON a.seller_id = s.id
WHERE s.tenant_id = :tenant_id AND s.id > :after_id AND (:user_id::bigint IS NULL OR s.user_id = :user_id)
    AND (:seller_id::bigint IS NULL OR s.id = :seller_id)
ORDER BY s.id
LIMIT :most;
