"""The patches of the agent's versions, the summaries of long conversations and the playground."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

SCRIPT_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        94,
        "versions of the agent, and which of them a turn spoke by",
        """
DO $$
BEGIN
    IF to_regclass('public.agent_versions') IS NULL THEN
        CREATE TABLE agent_versions (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            number int NOT NULL CHECK (number > 0),
            body jsonb NOT NULL CHECK (jsonb_typeof(body) = 'object'),
            restored_from int,
            author_user_id bigint,
            published_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT agent_versions_by_number UNIQUE (tenant_id, number),
            FOREIGN KEY (tenant_id, restored_from) REFERENCES agent_versions (tenant_id, number),
            FOREIGN KEY (tenant_id, author_user_id) REFERENCES users (tenant_id, id)
        );
        CREATE TABLE agent_drafts (
            tenant_id int PRIMARY KEY REFERENCES tenants (id),
            body jsonb NOT NULL CHECK (jsonb_typeof(body) = 'object'),
            author_user_id bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            FOREIGN KEY (tenant_id, author_user_id) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('agent_versions'), protect_tenant_table('agent_drafts');
        GRANT SELECT, INSERT ON agent_versions TO nexus_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON agent_drafts TO nexus_app;
        GRANT USAGE ON SEQUENCE agent_versions_id_seq TO nexus_app;
    END IF;
    ALTER TABLE agent_turns ADD COLUMN IF NOT EXISTS agent_version_id bigint;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'agent_turns_version') THEN
        ALTER TABLE agent_turns ADD CONSTRAINT agent_turns_version
            FOREIGN KEY (tenant_id, agent_version_id) REFERENCES agent_versions (tenant_id, id);
    END IF;
END
$$""",
    ),
    Patch(
        95,
        "summaries of what was said before the agent's window",
        """
DO $$
BEGIN
    IF to_regclass('public.conversation_summaries') IS NULL THEN
        CREATE TABLE conversation_summaries (
            tenant_id int NOT NULL,
            conversation_id bigint NOT NULL,
            through_message_id bigint NOT NULL,
            body text NOT NULL CHECK (length(body) <= 4000),
            model text,
            input_tokens int NOT NULL DEFAULT 0,
            output_tokens int NOT NULL DEFAULT 0,
            cost numeric(14, 6) NOT NULL DEFAULT 0,
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, conversation_id),
            FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('conversation_summaries');
        GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_summaries TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        96,
        "conversations with the agent that leave nothing behind",
        """
DO $$
BEGIN
    IF to_regclass('public.playground_runs') IS NULL THEN
        CREATE TABLE playground_runs (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            user_id bigint NOT NULL,
            state text NOT NULL CHECK (state IN ('thinking', 'ready')),
            exchanges jsonb NOT NULL CHECK (jsonb_typeof(exchanges) = 'array'),
            sandbox jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(sandbox) = 'object'),
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX playground_runs_of_user ON playground_runs (tenant_id, user_id, id DESC);
        PERFORM protect_tenant_table('playground_runs');
        GRANT SELECT, INSERT, UPDATE, DELETE ON playground_runs TO nexus_app;
        GRANT USAGE ON SEQUENCE playground_runs_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
)
