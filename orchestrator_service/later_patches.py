"""The patches from 54 on: `PATCHES` in `db.py` ends with them; that file alone would be too long."""

from __future__ import annotations

from typing import Final

from orchestrator_service.alert_patches import ALERT_PATCHES
from orchestrator_service.calendar_patches import CALENDAR_PATCHES
from orchestrator_service.evolution import Patch

LATER_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        54,
        "files that came with messages, and what they say",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings ADD COLUMN IF NOT EXISTS whisper_base_url text;
    ALTER TABLE tenant_settings ADD COLUMN IF NOT EXISTS whisper_model text;
    ALTER TABLE tenant_settings ADD COLUMN IF NOT EXISTS vision_model text;
    IF to_regclass('public.media_files') IS NULL THEN
        CREATE TABLE media_files (
            tenant_id int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, message_id bigint NOT NULL,
            channel_id bigint NOT NULL, direction text NOT NULL CHECK (direction IN ('in', 'out')),
            provider_media_id text, link text, declared_type text, filename text,
            state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'stored', 'refused', 'gone')),
            reason text, attempts int NOT NULL DEFAULT 0,
            sniffed_type text, size_bytes bigint, sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'), storage_key text,
            words_state text NOT NULL CHECK (words_state IN ('none', 'waiting', 'ready', 'failed')),
            words_reason text, words text, words_language text, words_attempts int NOT NULL DEFAULT 0,
            words_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT media_files_of_message UNIQUE (tenant_id, message_id),
            FOREIGN KEY (tenant_id, message_id) REFERENCES chat_messages (tenant_id, id),
            FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
            CONSTRAINT media_files_stored CHECK ((state = 'stored') = (storage_key IS NOT NULL)),
            CONSTRAINT media_files_worded CHECK ((words_state = 'ready') = (words IS NOT NULL))
        );
        CREATE INDEX media_files_waiting ON media_files (tenant_id, id) WHERE state = 'waiting';
        PERFORM protect_tenant_table('media_files');
        CREATE TABLE media_words (
            tenant_id int NOT NULL REFERENCES tenants (id), sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            model text NOT NULL, words text NOT NULL, language text, created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, sha256, model)
        );
        PERFORM protect_tenant_table('media_words');
        GRANT SELECT, INSERT, UPDATE, DELETE ON media_files, media_words TO nexus_app;
        GRANT USAGE ON SEQUENCE media_files_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        55,
        "tasks for audio that nobody could hear",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.tasks'::regclass AND conname = 'tasks_kind_check'
            AND pg_get_constraintdef(oid) LIKE '%''audio_unheard''%'
    ) THEN
        ALTER TABLE tasks DROP CONSTRAINT IF EXISTS tasks_kind_check;
        ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('person_requested', 'blocked_message',
            'agent_failed', 'send_failed', 'follow_up', 'audio_unheard'));
    END IF;
END
$$""",
    ),
    Patch(
        56,
        "what the provider tells of templates, and when it was asked",
        """
DO $$
BEGIN
    ALTER TABLE message_templates ADD COLUMN IF NOT EXISTS reason text;
    ALTER TABLE message_templates ADD COLUMN IF NOT EXISTS told_at timestamptz;
    ALTER TABLE message_templates ADD COLUMN IF NOT EXISTS removed_at timestamptz;
    ALTER TABLE contacts ADD COLUMN IF NOT EXISTS marketing_opted_out_at timestamptz;
    IF to_regclass('public.template_syncs') IS NULL THEN
        CREATE TABLE template_syncs (
            tenant_id int NOT NULL, channel_id bigint NOT NULL, asked_at timestamptz NOT NULL,
            finished_at timestamptz, error text, PRIMARY KEY (tenant_id, channel_id),
            FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('template_syncs');
        GRANT SELECT, INSERT, UPDATE, DELETE ON template_syncs TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        57,
        "messages that are written by themselves",
        """
DO $$
BEGIN
    IF to_regclass('public.message_triggers') IS NULL THEN
        CREATE TABLE message_triggers (
            tenant_id int NOT NULL REFERENCES tenants (id),
            kind text NOT NULL
                CHECK (kind IN ('confirmation', 'reminder_24h', 'reminder_1h', 'follow_up', 'reactivation')),
            step int NOT NULL DEFAULT 0 CHECK (step BETWEEN 0 AND 9),
            enabled boolean NOT NULL DEFAULT false,
            template_id bigint,
            fills jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fills) = 'object'),
            window_text text CHECK (length(window_text) BETWEEN 1 AND 1024),
            delay_minutes int NOT NULL DEFAULT 0 CHECK (delay_minutes BETWEEN 0 AND 525600),
            quiet_from time,
            quiet_to time,
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, kind, step),
            FOREIGN KEY (tenant_id, template_id) REFERENCES message_templates (tenant_id, id),
            CONSTRAINT message_triggers_quiet CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
            CONSTRAINT message_triggers_steps CHECK ((kind = 'reactivation') = (step > 0))
        );

        CREATE TABLE scheduled_messages (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            kind text NOT NULL
                CHECK (kind IN ('confirmation', 'reminder_24h', 'reminder_1h', 'follow_up', 'reactivation')),
            step int NOT NULL DEFAULT 0,
            lead_id bigint NOT NULL,
            event_id bigint,
            starts_at timestamptz,
            due_at timestamptz NOT NULL,
            status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'cancelled', 'refused')),
            reason text,
            message_id bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            settled_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, event_id) REFERENCES seller_agenda_events (tenant_id, id),
            FOREIGN KEY (tenant_id, message_id) REFERENCES chat_messages (tenant_id, id)
        );
        CREATE UNIQUE INDEX scheduled_messages_one_of_meeting ON scheduled_messages (tenant_id, event_id, kind)
            WHERE status = 'pending' AND event_id IS NOT NULL;
        CREATE UNIQUE INDEX scheduled_messages_one_of_lead ON scheduled_messages (tenant_id, lead_id)
            WHERE status = 'pending' AND kind IN ('follow_up', 'reactivation');
        CREATE INDEX scheduled_messages_due ON scheduled_messages (tenant_id, due_at) WHERE status = 'pending';
        CREATE INDEX scheduled_messages_of_lead ON scheduled_messages (tenant_id, lead_id, id DESC);
        PERFORM protect_tenant_table('message_triggers'), protect_tenant_table('scheduled_messages');
        GRANT SELECT, INSERT, UPDATE, DELETE ON message_triggers, scheduled_messages TO nexus_app;
        GRANT USAGE ON SEQUENCE scheduled_messages_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        58,
        "one template to many",
        """
DO $$
BEGIN
    IF to_regclass('public.broadcasts') IS NULL THEN
        CREATE TABLE broadcasts (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
            template_id bigint NOT NULL,
            fills jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fills) = 'object'),
            filters jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(filters) = 'object'),
            per_minute int NOT NULL CHECK (per_minute BETWEEN 1 AND 600),
            status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'paused', 'done', 'cancelled')),
            next_batch_at timestamptz NOT NULL,
            created_by bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            request_key text,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT broadcasts_by_request UNIQUE (tenant_id, created_by, request_key),
            FOREIGN KEY (tenant_id, template_id) REFERENCES message_templates (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );

        CREATE TABLE broadcast_recipients (
            tenant_id int NOT NULL,
            broadcast_id bigint NOT NULL,
            lead_id bigint NOT NULL,
            status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'left_out')),
            reason text,
            message_id bigint,
            PRIMARY KEY (tenant_id, broadcast_id, lead_id),
            FOREIGN KEY (tenant_id, broadcast_id) REFERENCES broadcasts (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, message_id) REFERENCES chat_messages (tenant_id, id)
        );
        CREATE INDEX broadcast_recipients_waiting ON broadcast_recipients (tenant_id, broadcast_id, lead_id)
            WHERE status = 'waiting';
        PERFORM protect_tenant_table('broadcasts'), protect_tenant_table('broadcast_recipients');
        GRANT SELECT, INSERT, UPDATE, DELETE ON broadcasts, broadcast_recipients TO nexus_app;
        GRANT USAGE ON SEQUENCE broadcasts_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        60,
        "numbers of Meta's, and what providers tell of ours",
        """
DO $$
BEGIN
    ALTER TABLE channels
        ADD COLUMN IF NOT EXISTS phone_number_id text,
        ADD COLUMN IF NOT EXISTS quality text,
        ADD COLUMN IF NOT EXISTS shown_name text,
        ADD COLUMN IF NOT EXISTS message_limit text,
        ADD COLUMN IF NOT EXISTS provider_status text,
        ADD COLUMN IF NOT EXISTS provider_reason text,
        ADD COLUMN IF NOT EXISTS news_at timestamptz,
        ADD COLUMN IF NOT EXISTS checked_at timestamptz,
        ADD COLUMN IF NOT EXISTS check_problem text;
    CREATE UNIQUE INDEX IF NOT EXISTS channels_by_phone_number_id ON channels (tenant_id, phone_number_id);
END
$$""",
    ),
    Patch(
        61,
        "tasks about messages of which nobody knows whether they were sent",
        """
DO $$
BEGIN
    ALTER TABLE tasks DROP CONSTRAINT IF EXISTS tasks_kind_check;
    ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('person_requested', 'blocked_message',
        'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain'));
END
$$""",
    ),
    Patch(
        62,
        "what lately left by a number",
        """
DO $$
BEGIN
    CREATE INDEX IF NOT EXISTS message_deliveries_of_channel
        ON message_deliveries (tenant_id, channel_id, message_id DESC);
END
$$""",
    ),
    Patch(
        63,
        "agent hours, disclosure, prices and quotas",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS agent_hours jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(agent_hours) = 'object'),
        ADD COLUMN IF NOT EXISTS ai_disclosure boolean NOT NULL DEFAULT false,
        ADD COLUMN IF NOT EXISTS fallback_model_name text,
        ADD COLUMN IF NOT EXISTS model_input_price numeric(12, 4) NOT NULL DEFAULT 0 CHECK (model_input_price >= 0),
        ADD COLUMN IF NOT EXISTS model_output_price numeric(12, 4) NOT NULL DEFAULT 0 CHECK (model_output_price >= 0),
        ADD COLUMN IF NOT EXISTS turns_per_day int CHECK (turns_per_day > 0);
    CREATE INDEX IF NOT EXISTS conversation_mailboxes_awaiting ON conversation_mailboxes (tenant_id, conversation_id)
        WHERE turn_pending;
    CREATE INDEX IF NOT EXISTS agent_turns_by_start ON agent_turns (tenant_id, started_at);
END
$$""",
    ),
    Patch(
        66,
        "ready answers, and where leads came from",
        """
DO $$
BEGIN
    IF to_regclass('public.canned_replies') IS NULL THEN
        CREATE TABLE canned_replies (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            owner_user_id bigint,
            title text NOT NULL CHECK (length(title) BETWEEN 1 AND 60),
            shortcut text NOT NULL CHECK (shortcut ~ '^[a-z0-9_-]{1,30}$'),
            body text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
            language text CHECK (language IN ('es', 'en', 'pt')),
            author_user_id bigint NOT NULL,
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT canned_replies_by_shortcut UNIQUE NULLS NOT DISTINCT (tenant_id, owner_user_id, shortcut),
            FOREIGN KEY (tenant_id, owner_user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, author_user_id) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('canned_replies');
        GRANT SELECT, INSERT, UPDATE, DELETE ON canned_replies TO nexus_app;
        GRANT USAGE ON SEQUENCE canned_replies_id_seq TO nexus_app;
    END IF;
    ALTER TABLE leads ADD COLUMN IF NOT EXISTS referral jsonb CHECK (jsonb_typeof(referral) = 'object');
END
$$""",
    ),
    Patch(
        67,
        "how messages are searched",
        r"""
DO $patch$
BEGIN
    CREATE OR REPLACE FUNCTION search_text(said text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN translate(lower(said),
            'áàâãäéèêëíìîïóòôõöúùûüñç_-+./:@#%&<>\' || E'\u0300\u0301\u0302\u0303\u0308\u0327',
            'aaaaaeeeeiiiiooooouuuunc             ');

    CREATE OR REPLACE FUNCTION search_words(tenant int, said text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000
    AS $function$
BEGIN
    RETURN array_to_tsvector(ARRAY['@' || tenant::text])
        || to_tsvector('pg_catalog.simple', public.search_text(left(COALESCE(said, ''), 20000)));
END;
$function$;

    CREATE OR REPLACE FUNCTION near_words(wanted text) RETURNS SETOF text
        LANGUAGE plpgsql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        SET plan_cache_mode = force_custom_plan
    AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
BEGIN
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.5', true);
    RETURN QUERY
    SELECT near.word
    FROM (
        SELECT DISTINCT regexp_split_to_table(search_text(sample.body), '[^[:alnum:]]+') AS word
        FROM (
            SELECT m.body FROM chat_messages AS m
            WHERE m.tenant_id = tenant AND search_text(m.body) %> wanted
            LIMIT 100
        ) AS sample
    ) AS near
    WHERE similarity(near.word, wanted) > 0.4
    ORDER BY similarity(near.word, wanted) DESC, near.word
    LIMIT 5;
END;
$function$;

    CREATE OR REPLACE FUNCTION find_messages(
        wanted text, owner bigint, unassigned boolean, before_id bigint, most int
    ) RETURNS SETOF bigint
        LANGUAGE plpgsql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        SET plan_cache_mode = force_custom_plan
    AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    sought tsquery;
BEGIN
    sought := (quote_literal('@' || tenant::text) || ' & ' || wanted)::tsquery;
    RETURN QUERY
    (
        SELECT m.id
        FROM chat_messages AS m
        JOIN conversations AS c ON c.tenant_id = tenant AND c.id = m.conversation_id
        LEFT JOIN leads AS l ON l.tenant_id = tenant AND l.id = c.lead_id
        WHERE m.tenant_id = tenant AND search_words(m.tenant_id, m.body) @@ sought AND m.id < before_id
            AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
        ORDER BY m.id DESC
        LIMIT most
    )
    UNION
    (
        SELECT m.id
        FROM media_files AS f
        JOIN chat_messages AS m ON m.tenant_id = tenant AND m.id = f.message_id
        JOIN conversations AS c ON c.tenant_id = tenant AND c.id = m.conversation_id
        LEFT JOIN leads AS l ON l.tenant_id = tenant AND l.id = c.lead_id
        WHERE f.tenant_id = tenant AND f.message_id < before_id
            AND search_words(f.tenant_id, COALESCE(f.filename, '') || ' ' || COALESCE(f.words, '')) @@ sought
            AND (owner IS NULL OR l.owner_user_id = owner OR (unassigned AND l.owner_user_id IS NULL))
        ORDER BY m.id DESC
        LIMIT most
    )
    ORDER BY 1 DESC
    LIMIT most;
END;
$function$;
    REVOKE ALL ON FUNCTION find_messages(text, bigint, boolean, bigint, int), near_words(text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION find_messages(text, bigint, boolean, bigint, int), near_words(text) TO nexus_app;
END
$patch$""",
    ),
    Patch(
        68,
        "indexes of the search in messages",
        """
DROP INDEX CONCURRENTLY IF EXISTS chat_messages_by_words;
CREATE INDEX CONCURRENTLY chat_messages_by_words ON chat_messages USING gin (search_words(tenant_id, body));
DROP INDEX CONCURRENTLY IF EXISTS chat_messages_alike;
CREATE INDEX CONCURRENTLY chat_messages_alike ON chat_messages USING gin (search_text(body) gin_trgm_ops);
DROP INDEX CONCURRENTLY IF EXISTS media_files_by_words;
CREATE INDEX CONCURRENTLY media_files_by_words ON media_files
    USING gin (search_words(tenant_id, COALESCE(filename, '') || ' ' || COALESCE(words, '')));
""",
        alone=True,
    ),
    *ALERT_PATCHES,
    *CALENDAR_PATCHES,
)
