"""The patches of API keys, 140 and 141; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

KEY_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        140,
        "directory holds API keys",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.directory'::regclass AND conname = 'directory_kind_check'
            AND pg_get_constraintdef(oid) LIKE '%''api_key''%'
    ) THEN
        ALTER TABLE directory DROP CONSTRAINT IF EXISTS directory_kind_check;
        ALTER TABLE directory ADD CONSTRAINT directory_kind_check
            CHECK (kind IN ('tenant', 'email', 'endpoint', 'join', 'api_key', 'form', 'lead_hook'));
    END IF;
END
$$""",
    ),
    Patch(
        141,
        "API keys",
        """
DO $$
BEGIN
    IF to_regclass('public.api_keys') IS NULL THEN
        CREATE TABLE api_keys (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            user_id bigint NOT NULL,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
            key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
            hint text NOT NULL CHECK (length(hint) = 4),
            scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 100),
            created_by bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            expires_at timestamptz,
            rotated_at timestamptz,
            revoked_at timestamptz,
            last_used_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT api_keys_of_hash UNIQUE (tenant_id, key_hash),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('api_keys');
        GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO nexus_app;
        GRANT USAGE ON SEQUENCE api_keys_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
)
