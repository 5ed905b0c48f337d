"""The patches of imports, 120 and 121; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

EXCHANGE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        120,
        "imports of leads from spreadsheets",
        """
DO $$
BEGIN
    CREATE INDEX IF NOT EXISTS leads_by_email ON leads (tenant_id, email)
        WHERE email IS NOT NULL AND deleted_at IS NULL;
    CREATE INDEX IF NOT EXISTS leads_without_address ON leads (tenant_id, full_name)
        WHERE match_key IS NULL AND email IS NULL AND deleted_at IS NULL;
    IF to_regclass('public.imports') IS NULL THEN
        CREATE TABLE imports (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'checking', 'checked', 'running', 'done',
                'cancelled', 'undoing', 'undone')),
            filename text CHECK (length(filename) BETWEEN 1 AND 200),
            encoding text NOT NULL,
            delimiter text NOT NULL CHECK (length(delimiter) = 1),
            headers jsonb NOT NULL CHECK (jsonb_typeof(headers) = 'array'),
            has_header boolean NOT NULL,
            first_row int NOT NULL,
            row_count int NOT NULL,
            chunk_count int NOT NULL,
            passed int NOT NULL DEFAULT 0,
            plan jsonb CHECK (jsonb_typeof(plan) = 'object'),
            checked jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(checked) = 'object'),
            written jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(written) = 'object'),
            undone jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(undone) = 'object'),
            created_by bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            started_at timestamptz,
            finished_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        CREATE UNIQUE INDEX imports_one_moving ON imports (tenant_id)
            WHERE state IN ('checking', 'running', 'undoing');
        PERFORM protect_tenant_table('imports');
        GRANT SELECT, INSERT, UPDATE, DELETE ON imports TO nexus_app;
        GRANT USAGE ON SEQUENCE imports_id_seq TO nexus_app;
    END IF;
    IF to_regclass('public.import_chunks') IS NULL THEN
        CREATE TABLE import_chunks (
            tenant_id int NOT NULL,
            import_id bigint NOT NULL,
            number int NOT NULL,
            cells jsonb NOT NULL CHECK (jsonb_typeof(cells) = 'array'),
            PRIMARY KEY (tenant_id, import_id, number),
            FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('import_chunks');
        GRANT SELECT, INSERT, UPDATE, DELETE ON import_chunks TO nexus_app;
    END IF;
    IF to_regclass('public.import_rows') IS NULL THEN
        CREATE TABLE import_rows (
            tenant_id int NOT NULL,
            import_id bigint NOT NULL,
            number int NOT NULL,
            verdict text NOT NULL CHECK (verdict IN ('create', 'change', 'same', 'skip', 'repeated', 'bad')),
            problems jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(problems) = 'array'),
            cells jsonb CHECK (jsonb_typeof(cells) = 'array'),
            fields jsonb CHECK (jsonb_typeof(fields) = 'object'),
            match_key text,
            email_key text,
            name_key text,
            lead_id bigint,
            before jsonb CHECK (jsonb_typeof(before) = 'object'),
            after jsonb CHECK (jsonb_typeof(after) = 'object'),
            written_at timestamptz,
            undone text CHECK (undone IN ('restored', 'partly', 'kept')),
            PRIMARY KEY (tenant_id, import_id, number),
            FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX import_rows_by_phone ON import_rows (tenant_id, import_id, match_key)
            WHERE match_key IS NOT NULL;
        CREATE INDEX import_rows_by_email ON import_rows (tenant_id, import_id, email_key)
            WHERE email_key IS NOT NULL;
        CREATE INDEX import_rows_by_name ON import_rows (tenant_id, import_id, name_key) WHERE name_key IS NOT NULL;
        CREATE INDEX import_rows_by_lead ON import_rows (tenant_id, lead_id) WHERE lead_id IS NOT NULL;
        PERFORM protect_tenant_table('import_rows');
        GRANT SELECT, INSERT, UPDATE, DELETE ON import_rows TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        121,
        "which leads something refers to, whatever table that is",
        """
DO $$
BEGIN
    IF to_regprocedure('public.leads_referred_to(bigint[])') IS NULL THEN
        CREATE FUNCTION leads_referred_to(wanted bigint[]) RETURNS SETOF bigint
            LANGUAGE plpgsql STABLE
            SET search_path = pg_catalog, public, pg_temp
        AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    reference record;
BEGIN
    FOR reference IN
        SELECT c.conrelid::regclass AS place, a.attname AS holder
        FROM pg_constraint AS c
        JOIN pg_attribute AS own ON own.attrelid = c.confrelid AND own.attname = 'id'
        JOIN pg_attribute AS a ON a.attrelid = c.conrelid
            AND a.attnum = c.conkey[array_position(c.confkey, own.attnum)]
        WHERE c.contype = 'f' AND c.confrelid = 'public.leads'::regclass
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT t.%2$I FROM %1$s AS t WHERE t.tenant_id = $1 AND t.%2$I = ANY($2)',
            reference.place, reference.holder
        ) USING tenant, wanted;
    END LOOP;
END;
$function$;
        REVOKE ALL ON FUNCTION leads_referred_to(bigint[]) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION leads_referred_to(bigint[]) TO nexus_app;
    END IF;
END
$$""",
    ),
)
