-- name: list_stages
-- The company's stages, in order.
SELECT id, key, name, kind, position, day_limit, probability, closed_to
FROM pipeline_stages
WHERE tenant_id = :tenant_id
ORDER BY position, id;

-- name: lock_stages
-- Nobody else names or orders the stages until the end of the transaction.
SELECT id FROM pipeline_stages WHERE tenant_id = :tenant_id ORDER BY id FOR NO KEY UPDATE;

-- name: add_stage
-- A stage; where it stands and what holds in it is written with the others.
INSERT INTO pipeline_stages (tenant_id, key, name, kind, position)
VALUES (:tenant_id, :key, :name, :kind, 0)
RETURNING id;

-- name: write_stages
-- Names, kinds, limits and likelihoods, and places from 1 on in the order of the list.
UPDATE pipeline_stages AS s
SET name = n.name, kind = n.kind, day_limit = n.day_limit, probability = n.probability, position = n.position
FROM unnest(:ids::bigint[], :names::text[], :kinds::text[], :limits::int[], :probabilities::int[])
    WITH ORDINALITY AS n (id, name, kind, day_limit, probability, position)
WHERE s.tenant_id = :tenant_id AND s.id = n.id;

-- name: close_moves
-- Where leads may not go from a stage.
UPDATE pipeline_stages SET closed_to = :closed_to::text[]
WHERE tenant_id = :tenant_id AND id = :stage_id AND closed_to <> :closed_to::text[];

-- name: remove_stage
-- A stage that nothing stands in any more.
DELETE FROM pipeline_stages WHERE tenant_id = :tenant_id AND id = :stage_id;

-- name: forget_stage
-- No stage is closed to one that is no more, and none is closed to leads that must leave it.
UPDATE pipeline_stages
SET closed_to = CASE WHEN key = :key THEN '{}' ELSE array_remove(closed_to, :key) END
WHERE tenant_id = :tenant_id AND (key = :key OR :key = ANY (closed_to));

-- name: close_ranks
-- Places from 1 on, without a gap.
UPDATE pipeline_stages AS s
SET position = n.position
FROM (
    SELECT o.id, row_number() OVER (ORDER BY o.position, o.id) AS position
    FROM pipeline_stages AS o
    WHERE o.tenant_id = :tenant_id
) AS n
WHERE s.tenant_id = :tenant_id AND s.id = n.id AND s.position <> n.position;
