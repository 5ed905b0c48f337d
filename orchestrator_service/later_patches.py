"""Patches from 54 on; `db.py` holds those before, the list of all and the only writer of messages."""

from __future__ import annotations

from typing import Final

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
)
