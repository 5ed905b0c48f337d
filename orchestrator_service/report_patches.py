"""The patches of the pipeline's rules, of sellers' targets and of the reports; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

REPORT_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        135,
        "how likely a stage's leads are won, and where a lead may not go from it",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = 'pipeline_stages'::regclass AND attname = 'probability' AND NOT attisdropped
    ) THEN
        ALTER TABLE pipeline_stages
            ADD COLUMN probability int NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100);
        UPDATE pipeline_stages SET probability = CASE
            WHEN kind = 'won' THEN 100
            WHEN kind = 'lost' THEN 0
            WHEN key = 'new' THEN 10
            WHEN key = 'contacted' THEN 20
            WHEN key = 'qualified' THEN 40
            WHEN key = 'meeting' THEN 60
            WHEN key = 'proposal' THEN 80
            ELSE 50
        END;
    END IF;
    ALTER TABLE pipeline_stages ADD COLUMN IF NOT EXISTS closed_to text[] NOT NULL DEFAULT '{}';
    CREATE OR REPLACE FUNCTION keep_stage_moves() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $function$
    BEGIN
        IF current_setting('app.stage_moves', true) IS DISTINCT FROM 'free' AND EXISTS (
            SELECT 1 FROM pipeline_stages AS s
            WHERE s.tenant_id = NEW.tenant_id AND s.key = OLD.stage_key AND NEW.stage_key = ANY (s.closed_to)
        ) THEN
            RAISE EXCEPTION 'no lead goes from % to %', OLD.stage_key, NEW.stage_key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_stage_moves';
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION keep_stage_moves() FROM PUBLIC;
    IF NOT EXISTS (
        SELECT 1 FROM pg_trigger WHERE tgrelid = 'leads'::regclass AND tgname = 'lead_stage_moves'
    ) THEN
        CREATE TRIGGER lead_stage_moves BEFORE UPDATE OF stage_key ON leads FOR EACH ROW
            WHEN (OLD.stage_key IS DISTINCT FROM NEW.stage_key) EXECUTE FUNCTION keep_stage_moves();
    END IF;
END
$$""",
    ),
    Patch(
        136,
        "what sellers say of themselves, how many meetings they take a day, and what they are to reach in a month",
        """
DO $$
BEGIN
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS bio text NOT NULL DEFAULT '' CHECK (length(bio) <= 1000);
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS most_meetings_per_day int
        CHECK (most_meetings_per_day BETWEEN 1 AND 100);
    IF to_regclass('public.seller_targets') IS NULL THEN
        CREATE TABLE seller_targets (
            tenant_id int NOT NULL REFERENCES tenants (id),
            seller_id bigint NOT NULL,
            month date NOT NULL CHECK (extract(DAY FROM month) = 1),
            measure text NOT NULL CHECK (measure IN ('meetings', 'won', 'revenue')),
            currency text NOT NULL DEFAULT '' CHECK (currency ~ '^([A-Z]{3})?$'),
            amount numeric(14, 2) NOT NULL CHECK (amount > 0),
            PRIMARY KEY (tenant_id, seller_id, month, measure, currency),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES sellers (tenant_id, id),
            CONSTRAINT seller_targets_money CHECK ((measure = 'revenue') = (currency <> ''))
        );
        PERFORM protect_tenant_table('seller_targets');
        GRANT SELECT, INSERT, UPDATE, DELETE ON seller_targets TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        137,
        "indexes by time for the reports",
        """
DO $$
BEGIN
    CREATE INDEX IF NOT EXISTS leads_by_creation ON leads (tenant_id, created_at) WHERE deleted_at IS NULL;
    CREATE INDEX IF NOT EXISTS lead_changes_of_stage ON lead_changes (tenant_id, created_at)
        WHERE field = 'stage_key';
    CREATE INDEX IF NOT EXISTS conversations_by_creation ON conversations (tenant_id, created_at);
END
$$""",
    ),
)
