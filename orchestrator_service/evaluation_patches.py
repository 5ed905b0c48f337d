"""The patches of saved scenarios and their runs, 107 and 108; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

EVALUATION_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        107,
        "turns saved as scenarios",
        """
DO $$
BEGIN
    IF to_regclass('public.evaluation_scenarios') IS NULL THEN
        CREATE TABLE evaluation_scenarios (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            turn_id bigint,
            title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
            brain text NOT NULL CHECK (brain IN ('demo', 'live')),
            body jsonb NOT NULL CHECK (jsonb_typeof(body) = 'object'),
            created_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT evaluation_scenarios_of_turn UNIQUE (tenant_id, turn_id),
            FOREIGN KEY (tenant_id, turn_id) REFERENCES agent_turns (tenant_id, id) ON DELETE SET NULL (turn_id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('evaluation_scenarios');
        GRANT SELECT, INSERT, UPDATE, DELETE ON evaluation_scenarios TO nexus_app;
        GRANT USAGE ON SEQUENCE evaluation_scenarios_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        108,
        "how playing saved scenarios went",
        """
DO $$
BEGIN
    IF to_regclass('public.evaluation_runs') IS NULL THEN
        CREATE TABLE evaluation_runs (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
            scenarios int NOT NULL DEFAULT 0,
            passed int NOT NULL DEFAULT 0,
            seconds numeric(10, 2),
            results jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(results) = 'array'),
            problem text,
            asked_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, asked_by) REFERENCES users (tenant_id, id)
        );
        CREATE UNIQUE INDEX evaluation_runs_one_waiting ON evaluation_runs (tenant_id) WHERE state = 'waiting';
        PERFORM protect_tenant_table('evaluation_runs');
        GRANT SELECT, INSERT, UPDATE, DELETE ON evaluation_runs TO nexus_app;
        GRANT USAGE ON SEQUENCE evaluation_runs_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
)
