"""The patches of sellers and their days: a file of their own, as `later_patches.py` is long enough."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

AGENDA_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        74,
        "who gets a meeting: skills, turns and the rule",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS assignment text NOT NULL DEFAULT 'least_busy'
            CHECK (assignment IN ('least_busy', 'round_robin', 'skill')),
        ADD COLUMN IF NOT EXISTS holiday_country char(2),
        ADD COLUMN IF NOT EXISTS holiday_region text CHECK (length(holiday_region) <= 40);
    ALTER TABLE sellers
        ADD COLUMN IF NOT EXISTS skills text[] NOT NULL DEFAULT '{}' CHECK (cardinality(skills) <= 30),
        ADD COLUMN IF NOT EXISTS turns bigint NOT NULL DEFAULT 0;
    CREATE INDEX IF NOT EXISTS agenda_offers_by_expiry ON agenda_offers (tenant_id, expires_at);
END
$$""",
    ),
    Patch(
        75,
        "days on which nobody works",
        """
DO $$
BEGIN
    IF to_regclass('public.agenda_days_off') IS NULL THEN
        CREATE TABLE agenda_days_off (
            tenant_id int NOT NULL REFERENCES tenants (id), id bigint GENERATED ALWAYS AS IDENTITY,
            seller_id bigint, first_day date NOT NULL, last_day date NOT NULL, works boolean NOT NULL DEFAULT false,
            note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES sellers (tenant_id, id),
            CONSTRAINT days_off_in_order CHECK (last_day >= first_day AND last_day - first_day <= 366),
            CONSTRAINT days_off_of_company CHECK (seller_id IS NOT NULL OR first_day = last_day)
        );
        CREATE UNIQUE INDEX agenda_days_off_of_company ON agenda_days_off (tenant_id, first_day)
            WHERE seller_id IS NULL;
        CREATE INDEX agenda_days_off_by_end ON agenda_days_off (tenant_id, last_day);
        PERFORM protect_tenant_table('agenda_days_off');
        GRANT SELECT, INSERT, UPDATE, DELETE ON agenda_days_off TO nexus_app;
        GRANT USAGE ON SEQUENCE agenda_days_off_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
)
