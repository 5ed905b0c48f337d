-- name: active_sellers
-- Every seller who can be booked, by id.
SELECT id, user_id, name, zone, working_hours, active
FROM sellers
WHERE tenant_id = :tenant_id AND active
ORDER BY id;

-- name: lock_seller
-- One seller, locked against every other booking of theirs until the end of the transaction. NO KEY: rows that only
-- refer to the seller (new offers) do not wait for a booking.
SELECT id, user_id, name, zone, working_hours, active
FROM sellers
WHERE tenant_id = :tenant_id AND id = :seller_id
FOR NO KEY UPDATE;

-- name: create_seller
-- Someone who can be booked.
INSERT INTO sellers (tenant_id, user_id, name, zone, working_hours)
VALUES (:tenant_id, :user_id, :name, :zone, :working_hours)
RETURNING id;

-- name: list_sellers
-- One page of the sellers whose agenda somebody may see, by id.
SELECT id, user_id, name, zone, working_hours, active
FROM sellers
WHERE tenant_id = :tenant_id AND id > :after_id AND (:user_id::bigint IS NULL OR user_id = :user_id)
ORDER BY id
LIMIT :most;
