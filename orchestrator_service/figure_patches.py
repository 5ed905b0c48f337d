"""The patches that make reports, merged leads and the search answer at once (ADR 0035); they end `CALENDAR_PATCHES`.

What a report reads of a message or of a move between stages is in the index, so that a year of a company lying between
those of a hundred others is read without visiting its rows. Whether a message came with an import stands in a column of
its own: the status changes, and an index that looked at it would be written anew at every tick.
"""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

FIGURE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        158,
        "messages that came with an import are told apart for good",
        """
DO $$
BEGIN
    ALTER TABLE chat_messages ADD COLUMN IF NOT EXISTS imported boolean NOT NULL DEFAULT false;
END
$$""",
    ),
    Patch(
        159,
        "indexes that answer reports by themselves, and one of merged leads",
        # The update writes imported history alone and locks no row that is still said.
        """
UPDATE chat_messages SET imported = true WHERE status = 'imported' AND NOT imported;
DROP INDEX CONCURRENTLY IF EXISTS chat_messages_spoken;
CREATE INDEX CONCURRENTLY chat_messages_spoken ON chat_messages (tenant_id, conversation_id, id DESC)
    INCLUDE (direction, author, created_at, imported);
DROP INDEX CONCURRENTLY IF EXISTS lead_changes_by_time;
CREATE INDEX CONCURRENTLY lead_changes_by_time ON lead_changes (tenant_id, created_at)
    INCLUDE (lead_id, id, was, became) WHERE field = 'stage_key';
DROP INDEX CONCURRENTLY IF EXISTS lead_changes_in_order;
CREATE INDEX CONCURRENTLY lead_changes_in_order ON lead_changes (tenant_id, lead_id, id)
    INCLUDE (created_at, was, became) WHERE field = 'stage_key';
DROP INDEX CONCURRENTLY IF EXISTS leads_by_time;
CREATE INDEX CONCURRENTLY leads_by_time ON leads (tenant_id, created_at) INCLUDE (id) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS leads_merged_into;
CREATE INDEX CONCURRENTLY leads_merged_into ON leads (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
""",
        alone=True,
    ),
    Patch(
        160,
        "slips of the pen are found by the index of the search alone; what the new indexes replace goes",
        """
DO $patch$
BEGIN
DROP INDEX IF EXISTS chat_messages_of_conversation, lead_changes_of_stage, leads_by_creation;
CREATE OR REPLACE FUNCTION find_leads(
    words text, part text, digits text, owner bigint, unassigned boolean, binned boolean
) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    own text := quote_literal('@' || tenant::text);
    pen text := search_text(part);
    inner_part text := (
        SELECT string_agg(DISTINCT quote_literal(substr(w.word, s.at, 3)), ' & ')
        FROM regexp_split_to_table(COALESCE(digits, pen), '[^[:alnum:]]+') AS w (word)
        CROSS JOIN LATERAL generate_series(1, length(w.word) - 2) AS s (at)
    );
    pens text[];
    unknown text[];
    slipped text[];
    near_part text;
BEGIN
    RETURN QUERY
    SELECT l.id FROM leads AS l
    WHERE l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
        AND lead_words(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
            @@ (own || ' & ' || words)::tsquery
        AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
    UNION
    SELECT l.id FROM leads AS l
    WHERE inner_part IS NOT NULL AND l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
        AND lead_words(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
            @@ (own || ' & ' || inner_part)::tsquery
        AND lead_handles(l.full_name, l.company, l.email, l.phone) LIKE '%' || COALESCE(digits, pen) || '%'
        AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
    UNION
    SELECT l.id FROM contacts AS p
    JOIN leads AS l ON l.tenant_id = tenant AND l.id = p.lead_id AND (l.deleted_at IS NOT NULL) = binned
    WHERE p.tenant_id = tenant AND p.username IS NOT NULL AND strpos(lower(p.username), ltrim(part, '@')) > 0
        AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL));
    IF FOUND OR digits IS NOT NULL THEN
        RETURN;
    END IF;
    -- Each word as it is, or with one slip: two neighbours swapped, a letter wrong or too many, one that lacks. First
    -- those that no lead has are taken for slips; where that finds nobody, any of them may be one.
    pens := ARRAY(
        SELECT DISTINCT left(p.word, 40) FROM regexp_split_to_table(pen, '[^[:alnum:]]+') AS p (word)
        WHERE p.word <> ''
        LIMIT 8
    );
    unknown := ARRAY(
        SELECT p.word FROM unnest(pens) AS p (word)
        WHERE length(p.word) > 3 AND NOT EXISTS (
            SELECT 1 FROM leads AS l
            WHERE l.tenant_id = tenant
                AND lead_words(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
                    @@ (own || ' & ' || quote_literal(p.word) || ':*')::tsquery
        )
    );
    FOR slipped IN SELECT t.told FROM (VALUES (unknown), (pens)) AS t (told) WHERE t.told <> '{}' LOOP
        near_part := (
            SELECT string_agg('(' || quote_literal(w.word) || ':*' || COALESCE(' | ' || n.slips, '') || ')', ' & ')
            FROM unnest(pens) AS w (word)
            CROSS JOIN LATERAL (SELECT length(w.word) AS long, '  ' || w.word || ' ' AS padded) AS m
            CROSS JOIN LATERAL (
                SELECT string_agg(k.slip, ' | ') AS slips
                FROM (
                    SELECT quote_literal(left(w.word, s.at - 1) || substr(w.word, s.at + 1, 1)
                        || substr(w.word, s.at, 1) || substr(w.word, s.at + 2)) || ':*' AS slip
                    FROM generate_series(1, m.long - 1) AS s (at)
                    UNION ALL
                    SELECT '(' || string_agg(quote_literal(substr(m.padded, t.at, 3)), ' & ') || ')'
                    FROM generate_series(1, m.long - CASE WHEN m.long = 4 THEN 1 ELSE 0 END) AS s (at)
                    CROSS JOIN generate_series(1, m.long + CASE WHEN m.long > 5 THEN 0 ELSE 1 END) AS t (at)
                    WHERE s.at NOT BETWEEN t.at - 2 AND t.at OR (m.long = 4 AND s.at + 1 NOT BETWEEN t.at - 2 AND t.at)
                    GROUP BY s.at
                ) AS k
                WHERE m.long > 3 AND w.word = ANY (slipped)
            ) AS n
            HAVING bool_or(n.slips IS NOT NULL)
        );
        RETURN QUERY
        SELECT l.id FROM leads AS l
        WHERE l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
            AND lead_words(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
                @@ (own || ' & ' || near_part)::tsquery
            AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL));
        EXIT WHEN FOUND;
    END LOOP;
END;
$function$;
END
$patch$""",
    ),
)
