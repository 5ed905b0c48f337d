"""The patches of what a team brings from its spreadsheet, 161 to 163; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

SPREAD_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        161,
        "tags that imports bring",
        """
DO $$
BEGIN
    ALTER TABLE imports ADD COLUMN IF NOT EXISTS makes_tags boolean NOT NULL DEFAULT false;
    ALTER TABLE imports ADD COLUMN IF NOT EXISTS new_tags text[] NOT NULL DEFAULT '{}';
    ALTER TABLE imports ADD COLUMN IF NOT EXISTS made_tags bigint[] NOT NULL DEFAULT '{}';
END
$$""",
    ),
    Patch(
        162,
        "why leads are lost, as each company says it",
        """
DO $$
BEGIN
    IF to_regclass('public.lost_reasons') IS NULL THEN
        CREATE TABLE lost_reasons (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
            position int NOT NULL,
            archived_at timestamptz,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id)
        );
        CREATE UNIQUE INDEX lost_reasons_by_name ON lost_reasons (tenant_id, lower(name));
        INSERT INTO lost_reasons (tenant_id, name, position)
        SELECT t.id, r.name, r.position
        FROM tenants AS t
        JOIN (VALUES
            ('es', 'Precio', 1), ('es', 'No respondió', 2), ('es', 'Eligió a otro', 3), ('es', 'No es el momento', 4),
            ('es', 'No es para nosotros', 5),
            ('en', 'Price', 1), ('en', 'No answer', 2), ('en', 'Chose somebody else', 3), ('en', 'Not the moment', 4),
            ('en', 'Not for us', 5),
            ('pt', 'Preço', 1), ('pt', 'Não respondeu', 2), ('pt', 'Escolheu outro', 3), ('pt', 'Não é o momento', 4),
            ('pt', 'Não é para nós', 5)
        ) AS r (language, name, position) ON r.language = t.language
        WHERE t.id > 0;
        PERFORM protect_tenant_table('lost_reasons');
        GRANT SELECT, INSERT, UPDATE, DELETE ON lost_reasons TO nexus_app;
        GRANT USAGE ON SEQUENCE lost_reasons_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        163,
        "photos of sellers",
        """
DO $$
BEGIN
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS photo_key text;
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS photo_type text
        CHECK (photo_type IN ('image/jpeg', 'image/png', 'image/webp'));
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS photo_number int NOT NULL DEFAULT 0;
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS photo_shown boolean NOT NULL DEFAULT false;
END
$$""",
    ),
)
