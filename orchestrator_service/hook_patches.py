"""The patches of what leaves for other systems and of leads that come from them, 147 to 150."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

HOOK_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        147,
        "outgoing webhooks, their deliveries and attempts",
        """
DO $$
BEGIN
    IF to_regclass('public.webhook_attempts') IS NULL THEN
        CREATE TABLE webhook_endpoints (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
            url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
            event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
            state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'gone', 'failing')),
            last_seq bigint NOT NULL DEFAULT 0,
            failing_since timestamptz,
            last_success_at timestamptz,
            rotated_at timestamptz,
            created_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        CREATE TABLE webhook_deliveries (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            endpoint_id bigint NOT NULL,
            message_id text NOT NULL,
            seq bigint,
            type text NOT NULL,
            data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
            happened_at timestamptz NOT NULL,
            state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')),
            attempts int NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL DEFAULT now(),
            created_at timestamptz NOT NULL DEFAULT now(),
            settled_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT webhook_deliveries_once UNIQUE (tenant_id, endpoint_id, message_id),
            FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (tenant_id, endpoint_id, id)
            WHERE state = 'waiting';
        CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (tenant_id, endpoint_id, id) WHERE state = 'dead';
        CREATE TABLE webhook_attempts (
            tenant_id int NOT NULL,
            delivery_id bigint NOT NULL,
            number int NOT NULL CHECK (number > 0),
            at timestamptz NOT NULL,
            status int,
            ms int NOT NULL,
            problem text,
            answer text CHECK (length(answer) <= 1024),
            PRIMARY KEY (tenant_id, delivery_id, number),
            FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_deliveries (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table(t::regclass)
        FROM unnest('{webhook_endpoints,webhook_deliveries,webhook_attempts}'::text[]) AS t;
        GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_endpoints, webhook_deliveries, webhook_attempts TO nexus_app;
        GRANT USAGE ON SEQUENCE webhook_endpoints_id_seq, webhook_deliveries_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        148,
        "which endpoints wait for a sender",
        """
DO $$
BEGIN
    IF to_regclass('public.webhook_queues') IS NULL THEN
        CREATE TABLE webhook_queues (
            tenant_id int NOT NULL,
            endpoint_id bigint NOT NULL,
            due_at timestamptz,
            leased_until timestamptz,
            sick boolean NOT NULL DEFAULT false,
            PRIMARY KEY (tenant_id, endpoint_id),
            FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX webhook_queues_due ON webhook_queues (due_at) WHERE due_at IS NOT NULL;
        GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_queues TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        149,
        "where leads come from, and what came",
        """
DO $$
BEGIN
    IF to_regclass('public.received_leads') IS NULL THEN
        CREATE TABLE lead_sources (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            kind text NOT NULL CHECK (kind IN ('form', 'hook', 'page')),
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
            key text NOT NULL CHECK (length(key) BETWEEN 16 AND 64),
            active boolean NOT NULL DEFAULT true,
            settings jsonb NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
            page_id text CHECK (page_id ~ '^[0-9]{1,32}$'),
            owner_ids bigint[] NOT NULL DEFAULT '{}',
            received int NOT NULL DEFAULT 0,
            last_received_at timestamptz,
            reconciled_until timestamptz,
            reconcile_at timestamptz,
            problem text,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT lead_sources_by_page UNIQUE (tenant_id, page_id),
            CONSTRAINT lead_sources_page CHECK ((kind = 'page') = (page_id IS NOT NULL))
        );
        CREATE TABLE received_leads (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            source_id bigint NOT NULL,
            event_id text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 256),
            state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
            attempts int NOT NULL DEFAULT 0,
            problem text,
            lead_id bigint,
            made_lead boolean NOT NULL DEFAULT false,
            answers jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(answers) = 'object'),
            consent text,
            received_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT received_leads_once UNIQUE (tenant_id, source_id, event_id),
            FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources (tenant_id, id),
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id)
        );
        CREATE INDEX received_leads_of_lead ON received_leads (tenant_id, lead_id, id DESC);
        CREATE INDEX received_leads_waiting ON received_leads (tenant_id, id) WHERE state = 'waiting';
        PERFORM protect_tenant_table('lead_sources'), protect_tenant_table('received_leads');
        GRANT SELECT, INSERT, UPDATE, DELETE ON lead_sources, received_leads TO nexus_app;
        GRANT USAGE ON SEQUENCE lead_sources_id_seq, received_leads_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        150,
        "keys of forms and lead hooks in the directory, notices of leads received and webhooks that fail",
        """
DO $$
BEGIN
    ALTER TABLE directory DROP CONSTRAINT IF EXISTS directory_kind_check;
    ALTER TABLE directory ADD CONSTRAINT directory_kind_check
        CHECK (kind IN ('tenant', 'email', 'endpoint', 'join', 'api_key', 'form', 'lead_hook'));
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
        CHECK (kind IN ('person_needed', 'booking', 'failure', 'hot_lead', 'mention', 'account_waiting',
            'recovery_code_used', 'totp_reset', 'codes_refused', 'reset_asked', 'password_reset',
            'draft_waiting', 'calendar_lost', 'meeting_moved', 'meeting_cancelled', 'budget_reached',
            'qualified_high', 'learned_answer', 'import_finished', 'lead_received', 'webhook_failing',
            'task_due'));
END
$$""",
    ),
)
