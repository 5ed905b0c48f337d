"""Patch 126: how duplicates are looked up, and how a merge turns references and turns them back."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

MERGE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        126,
        "duplicates are found by key, merges move what hangs on a lead",
        """
DO $$
BEGIN
CREATE OR REPLACE FUNCTION person_key(said text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        btrim(regexp_replace(public.search_text(said), '[^[:alnum:]]+', ' ', 'g')),
        '^((dr|dra|doctor|doctora|lic|licda|licdo|licenciado|licenciada|ing|ingeniero|ingeniera|eng|arq|arquitecto'
            '|arquitecta|mtro|mtra|sr|sra|srta|prof|profa|profesor|profesora|mr|mrs|ms) )+(?=[^ ])',
        '');

CREATE OR REPLACE FUNCTION find_pairs(wanted bigint[], most int)
    RETURNS TABLE (low_id bigint, high_id bigint, reasons text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
BEGIN
    RETURN QUERY
    WITH found AS (
        SELECT l.id AS one, k.other, k.reason
        FROM leads AS l
        CROSS JOIN LATERAL (
            (
                SELECT o.id AS other, 'email' AS reason FROM leads AS o
                WHERE o.tenant_id = tenant AND o.deleted_at IS NULL AND lower(o.email) = lower(l.email) AND o.id <> l.id
                LIMIT most
            )
            UNION ALL
            (
                SELECT o.id, 'name_company' FROM leads AS o
                WHERE o.tenant_id = tenant AND o.deleted_at IS NULL AND o.id <> l.id
                    AND person_key(o.full_name) = person_key(l.full_name) AND person_key(l.full_name) <> ''
                    AND person_key(o.company) = person_key(l.company) AND person_key(l.company) <> ''
                LIMIT most
            )
            UNION ALL
            (
                SELECT o.id, 'name' FROM leads AS o
                WHERE o.tenant_id = tenant AND o.deleted_at IS NULL AND o.id <> l.id
                    AND person_key(o.full_name) = person_key(l.full_name) AND strpos(person_key(l.full_name), ' ') > 0
                LIMIT most
            )
            UNION ALL
            (
                SELECT p.lead_id, 'phone' FROM lead_identities AS i
                JOIN contacts AS p ON p.tenant_id = tenant AND p.id = i.contact_id
                WHERE i.tenant_id = tenant AND i.kind = 'match_key' AND i.value = l.match_key AND p.lead_id <> l.id
            )
            UNION ALL
            (
                SELECT o.id, 'phone' FROM contacts AS p
                JOIN lead_identities AS i ON i.tenant_id = tenant AND i.contact_id = p.id AND i.kind = 'match_key'
                JOIN leads AS o ON o.tenant_id = tenant AND o.match_key = i.value AND o.deleted_at IS NULL
                WHERE p.tenant_id = tenant AND p.lead_id = l.id AND o.id <> l.id
                LIMIT most
            )
            UNION ALL
            (
                SELECT q.lead_id, 'username' FROM contacts AS p
                JOIN contacts AS q ON q.tenant_id = tenant AND md5(lower(q.username)) = md5(lower(p.username))
                WHERE p.tenant_id = tenant AND p.lead_id = l.id AND q.lead_id <> l.id
                LIMIT most
            )
            UNION ALL
            (
                SELECT q.lead_id, 'whatsapp' FROM contacts AS p
                JOIN contact_links AS s ON s.tenant_id = tenant AND p.id IN (s.contact_id, s.other_id)
                JOIN contacts AS q ON q.tenant_id = tenant AND q.id IN (s.contact_id, s.other_id) AND q.id <> p.id
                WHERE p.tenant_id = tenant AND p.lead_id = l.id AND q.lead_id <> l.id
                LIMIT most
            )
        ) AS k
        WHERE l.tenant_id = tenant AND l.id = ANY(wanted) AND l.deleted_at IS NULL
    )
    SELECT LEAST(f.one, f.other), GREATEST(f.one, f.other), array_agg(DISTINCT f.reason ORDER BY f.reason)
    FROM found AS f
    JOIN leads AS o ON o.tenant_id = tenant AND o.id = f.other AND o.deleted_at IS NULL
    GROUP BY 1, 2
    ORDER BY 1, 2;
END;
$function$;

CREATE OR REPLACE FUNCTION move_references(merge bigint, target regclass, from_id bigint, into_id bigint, wanted text[])
    RETURNS int
    LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    place record;
    statement text;
    row_key jsonb;
    turned int;
    total int := 0;
BEGIN
    FOR place IN
        SELECT r.oid::regclass AS relation, r.relname, a.attname, (
            SELECT string_agg(format('%L, t.%I', k.attname, k.attname), ', ' ORDER BY k.attnum)
            FROM pg_index AS i
            JOIN pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
            WHERE i.indrelid = r.oid AND i.indisprimary AND k.attname NOT IN ('tenant_id', a.attname)
        ) AS keyed
        FROM pg_constraint AS c
        JOIN pg_class AS r ON r.oid = c.conrelid
        JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
        WHERE c.contype = 'f' AND c.confrelid = target AND array_length(c.conkey, 1) = 2
            AND r.relname || '.' || a.attname = ANY(wanted)
        ORDER BY r.relname, a.attname
    LOOP
        statement := format(
            'WITH turned AS (UPDATE %1$s AS t SET %2$I = $3 WHERE t.tenant_id = $1 AND t.%2$I = $2'
            ' AND ($5::jsonb IS NULL OR jsonb_build_object(%3$s) = $5) RETURNING jsonb_build_object(%3$s) AS key)'
            ' INSERT INTO merge_moves (tenant_id, merge_id, relation, place, key, was, became)'
            ' SELECT $1, $4, %4$L, %2$L, turned.key, $2, $3 FROM turned',
            place.relation, place.attname, place.keyed, place.relname
        );
        BEGIN
            EXECUTE statement USING tenant, from_id, into_id, merge, NULL::jsonb;
            GET DIAGNOSTICS turned = ROW_COUNT;
            total := total + turned;
        EXCEPTION WHEN unique_violation THEN
            FOR row_key IN EXECUTE format(
                'SELECT jsonb_build_object(%s) FROM %s AS t WHERE t.tenant_id = $1 AND t.%I = $2 ORDER BY 1',
                place.keyed, place.relation, place.attname
            ) USING tenant, from_id
            LOOP
                BEGIN
                    EXECUTE statement USING tenant, from_id, into_id, merge, row_key;
                    total := total + 1;
                EXCEPTION WHEN unique_violation THEN
                    NULL; -- it stays with the row that it came with
                END;
            END LOOP;
        END;
    END LOOP;
    RETURN total;
END;
$function$;

CREATE OR REPLACE FUNCTION return_references(merge bigint) RETURNS int
    LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    place record;
    statement text;
    move_id bigint;
    turned int;
    total int := 0;
BEGIN
    FOR place IN
        SELECT m.relation, m.place, (
            SELECT string_agg(format('%L, t.%I', k.attname, k.attname), ', ' ORDER BY k.attnum)
            FROM pg_index AS i
            JOIN pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
            WHERE i.indrelid = to_regclass('public.' || quote_ident(m.relation)) AND i.indisprimary
                AND k.attname NOT IN ('tenant_id', m.place)
        ) AS keyed
        FROM merge_moves AS m
        WHERE m.tenant_id = tenant AND m.merge_id = merge
            AND to_regclass('public.' || quote_ident(m.relation)) IS NOT NULL
        GROUP BY m.relation, m.place
        ORDER BY m.relation, m.place
    LOOP
        statement := format(
            'UPDATE %1$I AS t SET %2$I = m.was FROM merge_moves AS m WHERE m.tenant_id = $1 AND m.merge_id = $2'
            ' AND m.relation = %1$L AND m.place = %2$L AND ($3::bigint IS NULL OR m.id = $3)'
            ' AND t.tenant_id = $1 AND t.%2$I = m.became AND jsonb_build_object(%3$s) = m.key',
            place.relation, place.place, place.keyed
        );
        BEGIN
            EXECUTE statement USING tenant, merge, NULL::bigint;
            GET DIAGNOSTICS turned = ROW_COUNT;
            total := total + turned;
        EXCEPTION WHEN unique_violation THEN
            FOR move_id IN
                SELECT m.id FROM merge_moves AS m
                WHERE m.tenant_id = tenant AND m.merge_id = merge AND m.relation = place.relation
                    AND m.place = place.place
                ORDER BY m.id
            LOOP
                BEGIN
                    EXECUTE statement USING tenant, merge, move_id;
                    GET DIAGNOSTICS turned = ROW_COUNT;
                    total := total + turned;
                EXCEPTION WHEN unique_violation THEN
                    NULL; -- its former place was given to another since
                END;
            END LOOP;
        END;
    END LOOP;
    RETURN total;
END;
$function$;
REVOKE ALL ON FUNCTION find_pairs(bigint[], int), move_references(bigint, regclass, bigint, bigint, text[]),
    return_references(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_pairs(bigint[], int), move_references(bigint, regclass, bigint, bigint, text[]),
    return_references(bigint) TO nexus_app;

CREATE INDEX IF NOT EXISTS leads_by_lower_email ON leads (tenant_id, lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS leads_by_person ON leads (tenant_id, person_key(full_name), person_key(company))
    WHERE deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_by_username ON contacts (tenant_id, md5(lower(username)))
    WHERE username IS NOT NULL;
END
$$""",
    ),
)
