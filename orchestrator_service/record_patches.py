"""The patches of leads as a team keeps them: tags, fields of its own, notes, tasks, edits of many, search."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

RECORD_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        113,
        "tags, custom fields and the campaign of leads",
        """
DO $$
BEGIN
    ALTER TABLE leads
        ADD COLUMN IF NOT EXISTS campaign text CHECK (length(campaign) <= 200),
        ADD COLUMN IF NOT EXISTS custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object'),
        ADD COLUMN IF NOT EXISTS also text NOT NULL DEFAULT '';
    ALTER TABLE lead_changes ADD COLUMN IF NOT EXISTS name text CHECK (length(name) BETWEEN 1 AND 80);
    ALTER TABLE lead_changes DROP CONSTRAINT IF EXISTS lead_changes_field_check;
    ALTER TABLE lead_changes ADD CONSTRAINT lead_changes_field_check CHECK (field ~ '^[a-z_]{1,40}$');
    ALTER TABLE qualifications ADD COLUMN IF NOT EXISTS qualified_by bigint;
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'qualifications_by_hand') THEN
        ALTER TABLE qualifications ADD CONSTRAINT qualifications_by_hand
            FOREIGN KEY (tenant_id, qualified_by) REFERENCES users (tenant_id, id);
    END IF;
    IF to_regclass('public.tags') IS NULL THEN
        CREATE TABLE tags (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
            color text NOT NULL DEFAULT 'muted'
                CHECK (color IN ('primary', 'ok', 'note', 'danger', 'cold', 'warm', 'hot', 'muted')),
            created_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        CREATE UNIQUE INDEX tags_by_name ON tags (tenant_id, lower(name));
        CREATE TABLE lead_tags (
            tenant_id int NOT NULL,
            lead_id bigint NOT NULL,
            tag_id bigint NOT NULL,
            added_by bigint,
            added_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, lead_id, tag_id),
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, tag_id) REFERENCES tags (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, added_by) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX lead_tags_of_tag ON lead_tags (tenant_id, tag_id, lead_id);
        CREATE TABLE custom_fields (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
            label text NOT NULL CHECK (length(label) BETWEEN 1 AND 60),
            type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'choice', 'yes_no')),
            choices text[] NOT NULL DEFAULT '{}',
            required boolean NOT NULL DEFAULT false,
            position int NOT NULL DEFAULT 0,
            archived_at timestamptz,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, key),
            CHECK ((type = 'choice') = (cardinality(choices) > 0))
        );
        CREATE TABLE lead_notes (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            lead_id bigint NOT NULL,
            author_user_id bigint NOT NULL,
            body text NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
            mentions bigint[] NOT NULL DEFAULT '{}',
            created_at timestamptz NOT NULL DEFAULT now(),
            edited_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, author_user_id) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX lead_notes_of_lead ON lead_notes (tenant_id, lead_id, id DESC);
        PERFORM protect_tenant_table('tags'), protect_tenant_table('lead_tags'),
            protect_tenant_table('custom_fields'), protect_tenant_table('lead_notes');
        GRANT SELECT, INSERT, UPDATE, DELETE ON tags, lead_tags, custom_fields, lead_notes TO nexus_app;
        GRANT USAGE ON SEQUENCE tags_id_seq, custom_fields_id_seq, lead_notes_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        114,
        "tasks that people give each other",
        """
DO $$
BEGIN
    ALTER TABLE tasks
        ADD COLUMN IF NOT EXISTS title text CHECK (length(title) BETWEEN 1 AND 200),
        ADD COLUMN IF NOT EXISTS due_at timestamptz,
        ADD COLUMN IF NOT EXISTS created_by bigint,
        ADD COLUMN IF NOT EXISTS reminded_for timestamptz,
        ADD COLUMN IF NOT EXISTS changed_at timestamptz;
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'tasks_by_somebody') THEN
        ALTER TABLE tasks ADD CONSTRAINT tasks_by_somebody
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id);
    END IF;
    ALTER TABLE tasks DROP CONSTRAINT IF EXISTS tasks_kind_check;
    ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('person_requested', 'blocked_message',
        'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain', 'calendar_conflict', 'manual'));
    ALTER TABLE tasks DROP CONSTRAINT IF EXISTS tasks_manual;
    ALTER TABLE tasks ADD CONSTRAINT tasks_manual
        CHECK (kind <> 'manual' OR (title IS NOT NULL AND lead_id IS NOT NULL));
    CREATE INDEX IF NOT EXISTS tasks_open ON tasks (tenant_id, due_at, id) WHERE status = 'open';
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting', 'calendar_lost', 'meeting_moved', 'meeting_cancelled',
        'budget_reached', 'qualified_high', 'learned_answer', 'import_finished', 'lead_received', 'webhook_failing',
        'task_due'));
END
$$""",
    ),
    Patch(
        115,
        "edits of many leads that can be undone",
        """
DO $$
BEGIN
    IF to_regclass('public.lead_bulks') IS NULL THEN
        CREATE TABLE lead_bulks (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id uuid NOT NULL,
            made_by bigint NOT NULL,
            made_at timestamptz NOT NULL DEFAULT now(),
            undone_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, made_by) REFERENCES users (tenant_id, id)
        );
        CREATE TABLE lead_bulk_rows (
            tenant_id int NOT NULL,
            bulk_id uuid NOT NULL,
            lead_id bigint NOT NULL,
            before jsonb NOT NULL CHECK (jsonb_typeof(before) = 'object'),
            after jsonb NOT NULL CHECK (jsonb_typeof(after) = 'object'),
            PRIMARY KEY (tenant_id, bulk_id, lead_id),
            FOREIGN KEY (tenant_id, bulk_id) REFERENCES lead_bulks (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id)
        );
        PERFORM protect_tenant_table('lead_bulks'), protect_tenant_table('lead_bulk_rows');
        GRANT SELECT, INSERT, UPDATE, DELETE ON lead_bulks, lead_bulk_rows TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        116,
        "leads found by words and by what comes near them",
        r"""
DO $migration$
BEGIN
CREATE OR REPLACE FUNCTION lead_handles(full_name text, company text, email text, phone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN public.search_text(COALESCE(full_name, '') || '|' || COALESCE(company, '') || '|' || COALESCE(email, '')
        || '|' || COALESCE(phone, ''));

CREATE OR REPLACE FUNCTION lead_words(
    tenant int, full_name text, company text, email text, phone text, need text, custom jsonb, also text
) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000
AS $function$
DECLARE
    own text := '';
BEGIN
    IF custom <> '{}'::jsonb THEN
        SELECT string_agg(f.value, ' ') INTO own FROM jsonb_each_text(custom) AS f;
    END IF;
    RETURN array_to_tsvector(ARRAY['@' || tenant::text]
            || public.show_trgm(public.lead_handles(full_name, company, email, phone)))
        || to_tsvector('pg_catalog.simple', public.search_text(
            concat_ws(' ', full_name, company, email, left(need, 2000), own, left(also, 20000))));
END;
$function$;

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
    near_part text := (
        SELECT string_agg('(' || quote_literal(substr(w.word, s.at, 3)) || ' & '
            || quote_literal(substr(w.word, s.at + 1, 3)) || ')', ' | ')
        FROM (
            SELECT '  ' || p.word || ' ' AS word FROM regexp_split_to_table(pen, '[^[:alnum:]]+') AS p (word)
            WHERE length(p.word) > 3
        ) AS w
        CROSS JOIN LATERAL generate_series(1, length(w.word) - 3) AS s (at)
    );
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
    IF FOUND OR near_part IS NULL OR digits IS NOT NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.id FROM leads AS l
    WHERE l.tenant_id = tenant AND (l.deleted_at IS NOT NULL) = binned
        AND lead_words(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also)
            @@ (own || ' & (' || near_part || ')')::tsquery
        AND word_similarity(pen, lead_handles(l.full_name, l.company, l.email, l.phone)) >= 0.5
        AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL));
END;
$function$;
CREATE OR REPLACE FUNCTION leads_with_open_tasks() RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE
AS $function$
BEGIN
    RETURN QUERY
    SELECT DISTINCT k.lead_id FROM tasks AS k
    WHERE k.tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::int AND k.status = 'open'
        AND k.lead_id IS NOT NULL;
END;
$function$;
    REVOKE ALL ON FUNCTION find_leads(text, text, text, bigint, boolean, boolean) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION find_leads(text, text, text, bigint, boolean, boolean) TO nexus_app;
END
$migration$""",
    ),
    Patch(
        117,
        "indexes of the search for leads",
        """
DROP INDEX CONCURRENTLY IF EXISTS leads_by_words;
CREATE INDEX CONCURRENTLY leads_by_words ON leads
    USING gin (lead_words(tenant_id, full_name, company, email, phone, need, custom, also));
DROP INDEX CONCURRENTLY IF EXISTS leads_in_bin;
CREATE INDEX CONCURRENTLY leads_in_bin ON leads (tenant_id, id DESC) WHERE deleted_at IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS contacts_with_username;
CREATE INDEX CONCURRENTLY contacts_with_username ON contacts (tenant_id, lead_id) WHERE username IS NOT NULL;
""",
        alone=True,
    ),
)
