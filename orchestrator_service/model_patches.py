"""Patches for the models that answer: which, for how much, up to which cap; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

MODEL_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        90,
        "models in a row, what they may cost, and every call of one",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS model_provider text NOT NULL DEFAULT 'openai'
            CHECK (model_provider IN ('openai', 'anthropic', 'google')),
        ADD COLUMN IF NOT EXISTS fallback_models jsonb NOT NULL DEFAULT '[]'
            CHECK (jsonb_typeof(fallback_models) = 'array'),
        ADD COLUMN IF NOT EXISTS model_output_tokens int NOT NULL DEFAULT 2000
            CHECK (model_output_tokens BETWEEN 100 AND 32000),
        ADD COLUMN IF NOT EXISTS day_cost_cap numeric(12, 4) CHECK (day_cost_cap > 0),
        ADD COLUMN IF NOT EXISTS day_token_cap bigint CHECK (day_token_cap > 0),
        ADD COLUMN IF NOT EXISTS conversation_cost_cap numeric(12, 4) CHECK (conversation_cost_cap > 0),
        ADD COLUMN IF NOT EXISTS conversation_token_cap bigint CHECK (conversation_token_cap > 0),
        ADD COLUMN IF NOT EXISTS day_cap_reached_on date;
    IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public'
            AND table_name = 'tenant_settings' AND column_name = 'fallback_model_name') THEN
        UPDATE tenant_settings
        SET fallback_models = jsonb_build_array(jsonb_build_object('provider', 'openai', 'model', fallback_model_name,
            'base_url', model_base_url, 'input_price', model_input_price::text,
            'output_price', model_output_price::text))
        WHERE fallback_model_name IS NOT NULL;
        ALTER TABLE tenant_settings DROP COLUMN fallback_model_name;
    END IF;
    IF to_regclass('public.model_calls') IS NULL THEN
        CREATE TABLE model_calls (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            turn_id bigint,
            conversation_id bigint,
            purpose text NOT NULL CHECK (purpose IN ('think', 'summary', 'vision', 'playground', 'evaluation')),
            provider text NOT NULL CHECK (provider IN ('demo', 'openai', 'anthropic', 'google')),
            model text NOT NULL CHECK (length(model) BETWEEN 1 AND 200),
            input_tokens bigint NOT NULL CHECK (input_tokens >= 0),
            output_tokens bigint NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
            estimated boolean NOT NULL DEFAULT true,
            cost numeric(14, 6) NOT NULL CHECK (cost >= 0),
            currency char(3) NOT NULL DEFAULT 'USD',
            seconds numeric(8, 3) CHECK (seconds >= 0),
            outcome text NOT NULL DEFAULT 'asked' CHECK (outcome IN ('asked', 'answered', 'busy', 'broken', 'slow',
                'unreachable', 'refused', 'garbled')),
            at timestamptz NOT NULL,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, turn_id) REFERENCES agent_turns (tenant_id, id) ON DELETE SET NULL (turn_id),
            FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id)
                ON DELETE SET NULL (conversation_id)
        );
        CREATE INDEX model_calls_by_time ON model_calls (tenant_id, at) INCLUDE (cost, input_tokens, output_tokens);
        CREATE INDEX model_calls_of_conversation ON model_calls (tenant_id, conversation_id, at)
            INCLUDE (cost, input_tokens, output_tokens);
        CREATE INDEX model_calls_of_turn ON model_calls (tenant_id, turn_id, id);
        PERFORM protect_tenant_table('model_calls');
        GRANT SELECT, INSERT, UPDATE, DELETE ON model_calls TO nexus_app;
        GRANT USAGE ON SEQUENCE model_calls_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        91,
        "notices of caps that were reached, of promising leads and of answers to approve",
        """
DO $$
BEGIN
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting', 'calendar_lost', 'meeting_moved', 'meeting_cancelled',
        'budget_reached', 'qualified_high', 'learned_answer'));
END
$$""",
    ),
)
