-- name: add_import
-- A file that was read, with nothing done about it yet.
INSERT INTO imports (
    tenant_id, filename, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, created_by
)
VALUES (
    :tenant_id, :filename, :encoding, :delimiter, :headers, :has_header, :first_row, 0, 0, :user_id
)
RETURNING id;

-- name: add_chunks
-- Rows of the file as they stand in it.
INSERT INTO import_chunks (tenant_id, import_id, number, cells)
SELECT :tenant_id, :import_id, :first + c.place - 1, c.cells
FROM jsonb_array_elements(:chunks::jsonb) WITH ORDINALITY AS c (cells, place);

-- name: measure
-- How much the file holds, once it is read to its end.
UPDATE imports SET row_count = :row_count, chunk_count = :chunk_count
WHERE tenant_id = :tenant_id AND id = :import_id;

-- name: find_import
-- One import.
SELECT id, state, filename, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, passed, plan,
    checked, written, undone, makes_tags, new_tags, made_tags, created_by, created_at, started_at, finished_at
FROM imports
WHERE tenant_id = :tenant_id AND id = :import_id;

-- name: lock_import
-- One import, which nobody else moves before the end of the transaction.
SELECT id, state, filename, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, passed, plan,
    checked, written, undone, makes_tags, new_tags, made_tags, created_by, created_at, started_at, finished_at
FROM imports
WHERE tenant_id = :tenant_id AND id = :import_id
FOR UPDATE;

-- name: list_imports
-- One page of the company's imports, newest first.
SELECT id, state, filename, encoding, delimiter, headers, has_header, first_row, row_count, chunk_count, passed, plan,
    checked, written, undone, makes_tags, new_tags, made_tags, created_by, created_at, started_at, finished_at
FROM imports
WHERE tenant_id = :tenant_id AND id < :before_id
ORDER BY id DESC
LIMIT :most;

-- name: read_chunk
-- Rows as they stand in the file.
SELECT cells FROM import_chunks WHERE tenant_id = :tenant_id AND import_id = :import_id AND number = :number;

-- name: begin_pass
-- An import goes into a state that a worker works off, from its first chunk on.
UPDATE imports
SET state = :state, passed = 0, plan = COALESCE(:plan, plan),
    checked = CASE WHEN :state = 'checking' THEN '{}' ELSE checked END,
    new_tags = CASE WHEN :state = 'checking' THEN '{}' ELSE new_tags END,
    makes_tags = COALESCE(:makes_tags, makes_tags),
    started_at = CASE WHEN :state = 'running' THEN now() ELSE started_at END
WHERE tenant_id = :tenant_id AND id = :import_id;

-- name: note_pass
-- A chunk is behind, or the whole pass.
UPDATE imports
SET state = :state, passed = :passed, checked = :checked, written = :written, undone = :undone,
    new_tags = :new_tags::text[], made_tags = :made_tags::bigint[],
    finished_at = CASE WHEN :finished THEN now() ELSE finished_at END
WHERE tenant_id = :tenant_id AND id = :import_id;

-- name: forget_rows
-- What an earlier dry run said.
DELETE FROM import_rows WHERE tenant_id = :tenant_id AND import_id = :import_id;

-- name: forget_chunks
-- The file itself, which nobody needs any more.
DELETE FROM import_chunks WHERE tenant_id = :tenant_id AND import_id = :import_id;

-- name: add_rows
-- What the rows of a chunk say, each by itself.
INSERT INTO import_rows (
    tenant_id, import_id, number, verdict, problems, cells, fields, match_key, email_key, name_key
)
SELECT :tenant_id, :import_id, r.number, CASE WHEN r.problems = '[]' THEN 'create' ELSE 'bad' END, r.problems,
    CASE WHEN r.problems = '[]' THEN NULL ELSE r.cells END, r.fields, r.fields ->> 'match_key', r.email_key, r.name_key
FROM jsonb_to_recordset(:rows::jsonb) AS r (
    number int, problems jsonb, cells jsonb, fields jsonb, email_key text, name_key text
);

-- name: earlier_rows
-- Earlier rows of the file that name one of those people. The keys are joined, so that each is looked up in its index
-- whatever the planner knows of a table that has just been filled.
SELECT r.number, r.match_key, r.email_key, r.name_key
FROM unnest(:match_keys::text[]) AS k (key)
JOIN import_rows AS r ON r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.match_key = k.key
WHERE r.number < :first_row AND r.verdict NOT IN ('bad', 'repeated')
UNION
SELECT r.number, r.match_key, r.email_key, r.name_key
FROM unnest(:email_keys::text[]) AS k (key)
JOIN import_rows AS r ON r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.email_key = k.key
WHERE r.number < :first_row AND r.verdict NOT IN ('bad', 'repeated')
UNION
SELECT r.number, r.match_key, r.email_key, r.name_key
FROM unnest(:name_keys::text[]) AS k (key)
JOIN import_rows AS r ON r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.name_key = k.key
WHERE r.number < :first_row AND r.verdict NOT IN ('bad', 'repeated')
ORDER BY 1;

-- name: open_rows
-- The rows of a chunk that may be somebody's.
SELECT r.number, r.match_key, r.email_key, r.name_key
FROM import_rows AS r
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict IN ('create', 'change', 'same', 'skip')
ORDER BY r.number;

-- name: known_leads
-- The leads that have one of those numbers or e-mails, or no address at all and one of those names. Row level security
-- lets an index serve equality alone, so nothing is folded here.
SELECT l.id, l.match_key, l.email AS email_key, NULL AS name_key
FROM unnest(:match_keys::text[]) AS k (key)
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.match_key = k.key
WHERE l.deleted_at IS NULL
UNION
SELECT l.id, l.match_key, l.email, NULL
FROM unnest(:email_keys::text[]) AS k (key)
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.email = k.key
WHERE l.deleted_at IS NULL
UNION
SELECT l.id, NULL, NULL, l.full_name || E'\n' || COALESCE(l.company, '')
FROM unnest(:names::text[]) AS k (key)
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.full_name = k.key
WHERE l.match_key IS NULL AND l.email IS NULL AND l.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM contacts AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id)
ORDER BY 1;

-- name: earlier_leads
-- Leads that earlier rows of the file are.
SELECT r.lead_id, min(r.number) AS number
FROM unnest(:lead_ids::bigint[]) AS k (id)
JOIN import_rows AS r ON r.tenant_id = :tenant_id AND r.lead_id = k.id
WHERE r.import_id = :import_id AND r.number < :first_row
GROUP BY r.lead_id;

-- name: note_matches
-- Which leads the rows of a chunk are, and which rows name somebody whom an earlier one names.
UPDATE import_rows AS r
SET lead_id = m.lead_id, before = NULL, after = NULL,
    verdict = CASE
        WHEN m.repeats IS NOT NULL THEN 'repeated'
        WHEN m.lead_id IS NULL THEN 'create'
        WHEN :existing = 'skip' THEN 'skip'
        ELSE 'same'
    END,
    problems = CASE
        WHEN m.repeats IS NULL THEN '[]'
        ELSE jsonb_build_array(jsonb_build_object('code', 'repeated', 'row', m.repeats))
    END,
    cells = CASE
        WHEN m.repeats IS NOT NULL THEN (
            SELECT c.cells -> (r.number - :first_row) FROM import_chunks AS c
            WHERE c.tenant_id = :tenant_id AND c.import_id = :import_id AND c.number = :chunk
        )
    END
FROM jsonb_to_recordset(:matches::jsonb) AS m (number int, lead_id bigint, repeats int)
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = m.number
    AND r.number BETWEEN :first_row AND :last_row;

-- name: lock_matched
-- The leads that the rows of a chunk are, in the order of their ids: nobody changes them before they are compared.
SELECT l.id
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id IN (
    SELECT r.lead_id FROM import_rows AS r
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
)
ORDER BY l.id
FOR NO KEY UPDATE;

-- name: compare
-- What the rows of a chunk would change on the leads that they are. A number is only ever learned, an advertisement
-- never replaced, an amount goes with its currency, and tags are only ever put on: those that are not made yet by name.
UPDATE import_rows AS r
SET verdict = 'change', before = d.before, after = d.after
FROM (
    SELECT w.number, jsonb_object_agg(w.key, w.value) AS after,
        jsonb_object_agg(w.key, w.was) || jsonb_build_object(
            'updated_at', min(w.updated_at), 'stage_since', min(w.stage_since)
        ) || CASE WHEN bool_or(w.key = 'tags') THEN jsonb_build_object('also', min(w.also)) ELSE '{}' END AS before
    FROM (
        SELECT o.number, v.key, v.value, v.was, l.updated_at, l.stage_since, l.also,
            bool_or(v.key IN ('value', 'currency') AND v.was <> v.value) OVER (PARTITION BY o.number) AS is_other_amount
        FROM import_rows AS o
        JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = o.lead_id
        CROSS JOIN LATERAL (
            SELECT e.key, e.value, to_jsonb(l) -> e.key AS was
            FROM jsonb_each(o.fields - '{custom,tags}'::text[]) AS e
            UNION ALL
            SELECT 'custom:' || c.key, c.value, COALESCE(l.custom -> c.key, 'null')
            FROM jsonb_each(o.fields -> 'custom') AS c
            UNION ALL
            SELECT 'tags', jsonb_agg(COALESCE(to_jsonb(t.id), to_jsonb(n.name))), 'null'
            FROM jsonb_array_elements_text(o.fields -> 'tags') AS n (name)
            LEFT JOIN tags AS t ON t.tenant_id = :tenant_id AND lower(t.name) = lower(n.name)
            LEFT JOIN lead_tags AS g ON g.tenant_id = :tenant_id AND g.lead_id = l.id AND g.tag_id = t.id
            WHERE g.lead_id IS NULL
            HAVING count(*) > 0
        ) AS v
        WHERE o.tenant_id = :tenant_id AND o.import_id = :import_id AND o.number BETWEEN :first_row AND :last_row
            AND o.verdict = 'same'
    ) AS w
    WHERE CASE
            WHEN w.key = 'tags' THEN true
            WHEN w.key IN ('phone', 'match_key', 'referral') OR :existing = 'fill' THEN w.was = 'null'
            WHEN w.key IN ('value', 'currency') THEN w.is_other_amount
            ELSE w.was <> w.value
        END
    GROUP BY w.number
) AS d
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = d.number
    AND r.number BETWEEN :first_row AND :last_row;

-- name: missing_tags
-- Names of tags that rows of a chunk bring and that the company does not have.
SELECT min(n.name) AS name
FROM import_rows AS r
CROSS JOIN LATERAL jsonb_array_elements_text(r.fields -> 'tags') AS n (name)
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict IN ('create', 'change', 'same') AND NOT EXISTS (
        SELECT 1 FROM tags AS t WHERE t.tenant_id = :tenant_id AND lower(t.name) = lower(n.name)
    )
GROUP BY lower(n.name)
ORDER BY min(r.number), min(n.name);

-- name: write_changed
-- Existing leads as their rows of the chunk want them.
UPDATE leads AS l
SET (
    full_name, phone, match_key, email, company, need, language, owner_user_id, source, stage_key, value, currency,
    referral, custom, stage_since, updated_at
) = (
    SELECT p.full_name, p.phone, p.match_key, p.email, p.company, p.need, p.language, p.owner_user_id, p.source,
        p.stage_key, p.value, p.currency, p.referral,
        l.custom || COALESCE((
            SELECT jsonb_object_agg(substr(v.key, 8), v.value) FROM jsonb_each(r.after) AS v WHERE v.key LIKE 'custom:%'
        ), '{}'),
        CASE WHEN r.after -> 'stage_key' IS NULL THEN l.stage_since ELSE now() END, now()
    FROM jsonb_populate_record(l, r.after) AS p
)
FROM import_rows AS r
WHERE l.tenant_id = :tenant_id AND l.id = r.lead_id AND r.tenant_id = :tenant_id AND r.import_id = :import_id
    AND r.number BETWEEN :first_row AND :last_row AND r.verdict = 'change';

-- name: remember_changed
-- Who moved them, for their timelines.
INSERT INTO lead_changes (tenant_id, lead_id, field, name, was, became, user_id)
SELECT :tenant_id, r.lead_id, split_part(v.key, ':', 1), NULLIF(split_part(v.key, ':', 2), ''), r.before ->> v.key,
    v.value, :user_id
FROM import_rows AS r
CROSS JOIN LATERAL jsonb_each_text(r.after) AS v
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict = 'change' AND (v.key IN ('stage_key', 'owner_user_id') OR v.key LIKE 'custom:%')
ORDER BY r.number, v.key;

-- name: tag_changed
-- Existing leads carry the tags that their rows bring, and their timelines tell of it.
WITH tagged AS (
    INSERT INTO lead_tags (tenant_id, lead_id, tag_id, added_by)
    SELECT :tenant_id, r.lead_id, t.id, :user_id
    FROM import_rows AS r
    CROSS JOIN LATERAL jsonb_array_elements(r.after -> 'tags') AS n (tag)
    JOIN tags AS t ON t.tenant_id = :tenant_id AND to_jsonb(t.id) = n.tag
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
        AND r.verdict = 'change'
    RETURNING lead_id, tag_id
), remembered AS (
    INSERT INTO lead_changes (tenant_id, lead_id, field, was, became, user_id)
    SELECT :tenant_id, d.lead_id, 'tags', NULL, t.name, :user_id
    FROM tagged AS d
    JOIN tags AS t ON t.tenant_id = :tenant_id AND t.id = d.tag_id
    ORDER BY d.lead_id, d.tag_id
)
SELECT DISTINCT d.lead_id FROM tagged AS d ORDER BY d.lead_id;

-- name: tag_created
-- New leads carry the tags that their rows bring.
INSERT INTO lead_tags (tenant_id, lead_id, tag_id, added_by)
SELECT :tenant_id, r.lead_id, t.id, :user_id
FROM import_rows AS r
CROSS JOIN LATERAL jsonb_array_elements_text(r.fields -> 'tags') AS n (name)
JOIN tags AS t ON t.tenant_id = :tenant_id AND lower(t.name) = lower(n.name)
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict = 'create';

-- name: number_created
-- Ids for the leads that a chunk makes, so that each row knows its own.
UPDATE import_rows AS r SET lead_id = nextval('leads_id_seq')
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict = 'create';

-- name: write_created
-- The leads that a chunk makes; nothing where a number has become a lead's meanwhile.
INSERT INTO leads (
    tenant_id, id, full_name, phone, match_key, email, company, need, language, owner_user_id, source, stage_key, value,
    currency, referral, custom, also
)
OVERRIDING SYSTEM VALUE
SELECT :tenant_id, r.lead_id, f.full_name, f.phone, f.match_key, f.email, f.company, f.need, f.language,
    COALESCE(f.owner_user_id, :owner_user_id), COALESCE(f.source, 'import'), COALESCE(f.stage_key, :stage_key), f.value,
    f.currency, f.referral, COALESCE(f.custom, '{}'),
    COALESCE((SELECT string_agg(n.name, ' ') FROM jsonb_array_elements_text(f.tags) AS n (name)), '')
FROM import_rows AS r
CROSS JOIN LATERAL jsonb_to_record(r.fields) AS f (
    full_name text, phone text, match_key text, email text, company text, need text, language text,
    owner_user_id bigint, source text, stage_key text, value numeric, currency text, referral jsonb,
    custom jsonb, tags jsonb
)
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.verdict = 'create'
ORDER BY r.number
ON CONFLICT (tenant_id, match_key) WHERE match_key IS NOT NULL AND deleted_at IS NULL DO NOTHING;

-- name: note_written
-- The rows of a chunk have been taken in; what they said is a lead's now, and kept there alone.
UPDATE import_rows
SET fields = NULL, match_key = NULL, email_key = NULL, name_key = NULL,
    written_at = CASE WHEN verdict IN ('create', 'change') THEN now() END
WHERE tenant_id = :tenant_id AND import_id = :import_id AND number BETWEEN :first_row AND :last_row;

-- name: count_verdicts
-- What the rows of a chunk came to.
SELECT verdict AS name, count(*) AS rows
FROM import_rows
WHERE tenant_id = :tenant_id AND import_id = :import_id AND number BETWEEN :first_row AND :last_row
GROUP BY verdict;

-- name: touched_leads
-- The leads of a chunk that were written, by row: all, or those whose change may fulfil what makes a client.
SELECT r.lead_id, r.verdict = 'create' AS created,
    (SELECT array_agg(k.key ORDER BY k.key) FROM jsonb_object_keys(r.after) AS k (key)) AS changed
FROM import_rows AS r
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
    AND r.written_at IS NOT NULL
ORDER BY r.number;

-- name: lock_written
-- The leads that a chunk wrote, in the order of their ids: nothing is hung on them, nor changed, until the end.
SELECT l.id
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id IN (
    SELECT r.lead_id FROM import_rows AS r
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
        AND r.written_at IS NOT NULL
)
ORDER BY l.id
FOR UPDATE;

-- name: untag_created
-- Tags keep nobody: they come off the leads that a chunk made and nobody has touched, for `retag` to put back on those
-- that stay.
DELETE FROM lead_tags AS g
USING import_rows AS r, leads AS l
WHERE g.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND l.tenant_id = :tenant_id
    AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row AND r.verdict = 'create'
    AND l.id = r.lead_id AND l.updated_at = r.written_at AND g.lead_id = l.id
RETURNING g.lead_id, g.tag_id, g.added_by, g.added_at;

-- name: retag
-- Leads that stay carry what they carried.
INSERT INTO lead_tags (tenant_id, lead_id, tag_id, added_by, added_at)
SELECT :tenant_id, l.id, w.tag_id, w.added_by, w.added_at
FROM jsonb_to_recordset(:worn::jsonb) AS w (lead_id bigint, tag_id bigint, added_by bigint, added_at timestamptz)
JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = w.lead_id;

-- name: unmake_created
-- The leads that a chunk made go, where they are as they came and nothing refers to them. What is deleted is told apart
-- after the join: a condition in it would let an index of the whole company look as good as the lead's own.
WITH made AS (
    SELECT r.number, l.id, l.owner_user_id, l.deleted_at
    FROM import_rows AS r
    JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = r.lead_id
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
        AND r.verdict = 'create' AND r.written_at IS NOT NULL AND l.updated_at = r.written_at
), free AS (
    SELECT m.number, m.id, m.owner_user_id FROM made AS m
    WHERE m.deleted_at IS NULL AND m.id NOT IN (SELECT t.id FROM leads_referred_to((SELECT array_agg(o.id) FROM made AS o)) AS t (id))
), gone AS (
    DELETE FROM leads AS l USING free AS f WHERE l.tenant_id = :tenant_id AND l.id = f.id RETURNING f.number
), noted AS (
    UPDATE import_rows AS r SET undone = 'restored' FROM gone AS g
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = g.number
        AND r.number BETWEEN :first_row AND :last_row
)
SELECT f.id AS lead_id, f.owner_user_id FROM free AS f ORDER BY f.number;

-- name: put_back_changed
-- Fields that still are as a row of the chunk wrote them become what they were; a field that somebody has changed since
-- stays, and so does what belongs together with it.
WITH held AS (
    SELECT r.number, l.id, l.deleted_at, l.updated_at = r.written_at AS is_untouched, r.before AS before, a.key, CASE
            WHEN a.key IN ('value', 'currency')
                THEN l.value = (r.after ->> 'value')::numeric AND l.currency::text = COALESCE(r.after ->> 'currency', l.currency::text)
            WHEN a.key IN ('phone', 'match_key')
                THEN l.phone = r.after ->> 'phone' AND l.match_key = r.after ->> 'match_key'
            WHEN a.key LIKE 'custom:%' THEN l.custom -> substr(a.key, 8) = a.value
            WHEN a.key = 'tags' THEN NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(a.value) AS n (tag)
                WHERE NOT EXISTS (
                    SELECT 1 FROM lead_tags AS g
                    WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id AND to_jsonb(g.tag_id) = n.tag
                )
            )
            ELSE to_jsonb(l) -> a.key = a.value
        END IS TRUE AS holds
    FROM import_rows AS r
    JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = r.lead_id
    CROSS JOIN LATERAL jsonb_each(r.after) AS a
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number BETWEEN :first_row AND :last_row
        AND r.verdict = 'change' AND r.written_at IS NOT NULL
), summed AS (
    SELECT h.number, h.id, h.is_untouched, h.before, bool_and(h.holds) AS is_whole,
        jsonb_object_agg(h.key, h.before -> h.key) FILTER (WHERE h.holds) AS restored
    FROM held AS h
    WHERE h.deleted_at IS NULL
    GROUP BY h.number, h.id, h.is_untouched, h.before
), remembered AS (
    INSERT INTO lead_changes (tenant_id, lead_id, field, name, was, became, user_id)
    SELECT :tenant_id, r.lead_id, split_part(v.key, ':', 1), NULLIF(split_part(v.key, ':', 2), ''), r.after ->> v.key,
        v.value, :user_id
    FROM summed AS s
    JOIN import_rows AS r ON r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = s.number
    CROSS JOIN LATERAL jsonb_each_text(s.restored) AS v
    WHERE v.key IN ('stage_key', 'owner_user_id') OR v.key LIKE 'custom:%'
), untagged AS (
    DELETE FROM lead_tags AS g
    USING summed AS s, import_rows AS r
    WHERE g.tenant_id = :tenant_id AND r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = s.number
        AND s.restored -> 'tags' IS NOT NULL AND g.lead_id = s.id AND r.after -> 'tags' @> to_jsonb(g.tag_id)
    RETURNING g.lead_id, g.tag_id
), remembered_tags AS (
    INSERT INTO lead_changes (tenant_id, lead_id, field, was, became, user_id)
    SELECT :tenant_id, u.lead_id, 'tags', t.name, NULL, :user_id
    FROM untagged AS u
    JOIN tags AS t ON t.tenant_id = :tenant_id AND t.id = u.tag_id
    ORDER BY u.lead_id, u.tag_id
), put AS (
    UPDATE leads AS l
    SET (
        full_name, phone, match_key, email, company, need, language, owner_user_id, source, stage_key, value, currency,
        referral, custom, also, stage_since, updated_at
    ) = (
        SELECT p.full_name, p.phone, p.match_key, p.email, p.company, p.need, p.language, p.owner_user_id, p.source,
            p.stage_key, p.value, p.currency, p.referral,
            (l.custom - ARRAY(SELECT substr(k.key, 8) FROM jsonb_object_keys(s.restored) AS k (key)
                WHERE k.key LIKE 'custom:%')) || COALESCE((
                SELECT jsonb_object_agg(substr(v.key, 8), v.value) FROM jsonb_each(s.restored) AS v
                WHERE v.key LIKE 'custom:%' AND v.value <> 'null'
            ), '{}'),
            CASE WHEN s.restored -> 'tags' IS NULL OR NOT s.is_untouched THEN l.also ELSE s.before ->> 'also' END,
            p.stage_since, p.updated_at
        FROM jsonb_populate_record(
            l,
            s.restored || CASE
                WHEN s.is_untouched THEN jsonb_build_object('updated_at', s.before -> 'updated_at')
                ELSE jsonb_build_object('updated_at', now())
            END || CASE
                WHEN s.restored -> 'stage_key' IS NULL THEN '{}'
                ELSE jsonb_build_object('stage_since', s.before -> 'stage_since')
            END
        ) AS p
    )
    FROM summed AS s
    WHERE l.tenant_id = :tenant_id AND l.id = s.id AND s.restored IS NOT NULL
), noted AS (
    UPDATE import_rows AS r
    SET undone = CASE WHEN s.is_whole THEN 'restored' WHEN s.restored IS NULL THEN 'kept' ELSE 'partly' END
    FROM summed AS s
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number = s.number
        AND r.number BETWEEN :first_row AND :last_row
)
SELECT s.id AS lead_id, s.is_untouched,
    (SELECT array_agg(k.key ORDER BY k.key) FROM jsonb_object_keys(s.restored) AS k (key)) AS changed
FROM summed AS s
WHERE s.restored IS NOT NULL
ORDER BY s.number;

-- name: note_kept
-- Written rows that could not be undone: somebody has worked on their leads since.
UPDATE import_rows SET undone = 'kept'
WHERE tenant_id = :tenant_id AND import_id = :import_id AND number BETWEEN :first_row AND :last_row
    AND written_at IS NOT NULL AND undone IS NULL;

-- name: count_undone
-- What became of the written rows of a chunk.
SELECT undone AS name, count(*) AS rows
FROM import_rows
WHERE tenant_id = :tenant_id AND import_id = :import_id AND number BETWEEN :first_row AND :last_row
    AND undone IS NOT NULL
GROUP BY undone;

-- name: list_rows
-- One page of an import's rows, in the file's order.
SELECT r.number, r.verdict, r.problems, r.cells, r.lead_id, r.undone, l.full_name AS lead_name
FROM import_rows AS r
LEFT JOIN leads AS l ON l.tenant_id = :tenant_id AND l.id = r.lead_id AND l.deleted_at IS NULL
WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.number > :after
    AND r.verdict = ANY(:verdicts::text[]) AND (:undone::text[] IS NULL OR r.undone = ANY(:undone::text[]))
ORDER BY r.number
LIMIT :most;

-- name: rows_kept
-- Whether what an import wrote is still known.
SELECT EXISTS (
    SELECT 1 FROM import_rows AS r
    WHERE r.tenant_id = :tenant_id AND r.import_id = :import_id AND r.written_at IS NOT NULL
);

-- name: stage_words
-- The company's stages.
SELECT p.key, p.name FROM pipeline_stages AS p WHERE p.tenant_id = :tenant_id ORDER BY p.position;

-- name: owner_words
-- Who may own a lead.
SELECT u.id, u.email, u.name FROM users AS u WHERE u.tenant_id = :tenant_id AND u.status = 'active' ORDER BY u.id;

-- name: company_words
-- In which country's form people write numbers, and what they pay in.
SELECT country::text AS country, currency::text AS currency FROM tenants WHERE id = :tenant_id;

-- name: tag_words
-- What the company's tags are called.
SELECT t.name FROM tags AS t WHERE t.tenant_id = :tenant_id ORDER BY t.id;
