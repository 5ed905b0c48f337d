"""The patches that make what a new lead costs less."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

LOAD_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        174,
        "folding of text and the terms of a lead, a third cheaper and the same",
        r"""
DO $migration$
BEGIN
CREATE OR REPLACE FUNCTION search_text(said text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN octet_length(said) = length(said)
        THEN translate(lower(said), '_-+./:@#%&<>\', '             ')
        ELSE translate(lower(said),
            'áàâãäéèêëíìîïóòôõöúùûüñç_-+./:@#%&<>\' || E'\u0300\u0301\u0302\u0303\u0308\u0327',
            'aaaaaeeeeiiiiooooouuuunc             ')
        END;

CREATE OR REPLACE FUNCTION lead_terms(
    tenant int, full_name text, company text, email text, phone text, need text, custom jsonb, also text
) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000
AS $function$
DECLARE
    mark text := tenant::text || '_';
    handles text := concat_ws(
        ' ', public.search_text(full_name), public.search_text(company), public.search_text(email)
    );
    rest text := concat_ws(' ', left(need, 2000), left(also, 20000));
BEGIN
    IF custom <> '{}'::jsonb THEN
        rest := concat_ws(' ', rest, (SELECT string_agg(f.value, ' ') FROM jsonb_each_text(custom) AS f));
    END IF;
    RETURN array_to_tsvector(string_to_array(mark || array_to_string(
        public.show_trgm(concat_ws(' ', handles, public.search_text(phone)))
            || tsvector_to_array(to_tsvector('pg_catalog.simple', concat_ws(' ', handles, public.search_text(rest)))),
        E'\n' || mark), E'\n'));
END;
$function$;
END
$migration$""",
    ),
    Patch(
        175,
        "what very many leads have is looked for among the newest",
        r"""
DO $migration$
BEGIN
DROP FUNCTION IF EXISTS find_leads(text, text, text, bigint, boolean, boolean);
CREATE OR REPLACE FUNCTION find_leads(
    words text, part text, digits text, owner bigint, unassigned boolean, binned boolean,
    before bigint DEFAULT NULL, among int DEFAULT NULL, enough int DEFAULT NULL
) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    mark text := tenant::text || '_';
    own_words text := replace(' ' || words, ' ''', ' ''' || mark);
    pen text := search_text(part);
    inner_part text := (
        SELECT string_agg(DISTINCT quote_literal(mark || substr(w.word, s.at, 3)), ' & ')
        FROM regexp_split_to_table(COALESCE(digits, pen), '[^[:alnum:]]+') AS w (word)
        CROSS JOIN LATERAL generate_series(1, length(w.word) - 2) AS s (at)
    );
    pens text[];
    unknown text[];
    slipped text[];
    near_part text;
    place bigint;
    lead_id bigint;
    holds boolean;
    hits int := 0;
BEGIN
    -- One after the other, until there are enough; what few of the first have is better asked of the index.
    IF among IS NOT NULL THEN
        FOR place, lead_id, holds IN
            SELECT row_number() OVER (ORDER BY l.id DESC), l.id,
                (l.deleted_at IS NOT NULL) = binned
                AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
                AND (
                    inner_part IS NOT NULL AND lead_handles(l.full_name, l.company, l.email, l.phone)
                        LIKE '%' || COALESCE(digits, pen) || '%'
                    OR lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
                        @@ own_words::tsquery
                    OR EXISTS (
                        SELECT 1 FROM contacts AS p
                        WHERE p.tenant_id = tenant AND p.lead_id = l.id AND p.username IS NOT NULL
                            AND strpos(lower(p.username), ltrim(part, '@')) > 0
                    )
                )
            FROM leads AS l
            WHERE l.tenant_id = tenant AND l.id < before
            ORDER BY l.id DESC LIMIT among
        LOOP
            IF holds THEN
                hits := hits + 1;
                RETURN NEXT lead_id;
            END IF;
            EXIT WHEN hits >= enough OR (place = 50 AND hits < 8);
        END LOOP;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.id FROM leads AS l
    WHERE l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
        AND lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
            @@ own_words::tsquery
        AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
    UNION
    SELECT l.id FROM leads AS l
    WHERE inner_part IS NOT NULL AND l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
        AND lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
            @@ inner_part::tsquery
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
                AND lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
                    @@ (quote_literal(mark || p.word) || ':*')::tsquery
        )
    );
    FOR slipped IN SELECT t.told FROM (VALUES (unknown), (pens)) AS t (told) WHERE t.told <> '{}' LOOP
        near_part := (
            SELECT string_agg(
                '(' || quote_literal(mark || w.word) || ':*' || COALESCE(' | ' || n.slips, '') || ')', ' & '
            )
            FROM unnest(pens) AS w (word)
            CROSS JOIN LATERAL (SELECT length(w.word) AS long, '  ' || w.word || ' ' AS padded) AS m
            CROSS JOIN LATERAL (
                SELECT string_agg(k.slip, ' | ') AS slips
                FROM (
                    SELECT quote_literal(mark || left(w.word, s.at - 1) || substr(w.word, s.at + 1, 1)
                        || substr(w.word, s.at, 1) || substr(w.word, s.at + 2)) || ':*' AS slip
                    FROM generate_series(1, m.long - 1) AS s (at)
                    UNION ALL
                    SELECT '(' || string_agg(quote_literal(mark || substr(m.padded, t.at, 3)), ' & ') || ')'
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
            AND lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
                @@ near_part::tsquery
            AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL));
        EXIT WHEN FOUND;
    END LOOP;
END;
$function$;
REVOKE ALL ON FUNCTION find_leads(text, text, text, bigint, boolean, boolean, bigint, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_leads(text, text, text, bigint, boolean, boolean, bigint, int, int) TO nexus_app;
END
$migration$""",
    ),
)
