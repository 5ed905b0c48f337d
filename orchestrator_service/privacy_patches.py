"""Patches 153 and 154, of what is erased and what is kept how long; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

PRIVACY_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        153,
        "requests to hand out and to erase, and how long things are kept",
        """
DO $$
BEGIN
    ALTER TABLE leads ADD COLUMN IF NOT EXISTS erased_at timestamptz;
    ALTER TABLE clients ADD COLUMN IF NOT EXISTS erased_at timestamptz;
    IF to_regclass('public.privacy_requests') IS NULL THEN
        CREATE TABLE privacy_requests (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            kind text NOT NULL CHECK (kind IN ('export', 'erase')),
            reason text NOT NULL CHECK (reason IN ('asked', 'retention')),
            state text NOT NULL CHECK (state IN ('waiting', 'done')),
            lead_id bigint,
            client_id bigint,
            lead_ids bigint[] NOT NULL DEFAULT '{}',
            client_ids bigint[] NOT NULL DEFAULT '{}',
            contact_ids bigint[] NOT NULL DEFAULT '{}',
            conversation_ids bigint[] NOT NULL DEFAULT '{}',
            words text[] NOT NULL DEFAULT '{}', -- what finds the person in others' texts; emptied with the last step
            numbers text[] NOT NULL DEFAULT '{}', -- as above
            counts jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(counts) = 'object'),
            asked_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, asked_by) REFERENCES users (tenant_id, id),
            CONSTRAINT privacy_requests_forget CHECK (state <> 'done' OR (words = '{}' AND numbers = '{}'))
        );
        CREATE TABLE privacy_files (
            tenant_id int NOT NULL REFERENCES tenants (id),
            storage_key text NOT NULL,
            PRIMARY KEY (tenant_id, storage_key)
        );
        CREATE TABLE privacy_keys (
            tenant_id int NOT NULL REFERENCES tenants (id),
            key bytea NOT NULL CHECK (octet_length(key) = 32),
            PRIMARY KEY (tenant_id)
        );
        CREATE TABLE erased_opt_outs (
            tenant_id int NOT NULL REFERENCES tenants (id),
            key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
            PRIMARY KEY (tenant_id, key_hash)
        );
        CREATE TABLE retention_rules (
            tenant_id int NOT NULL REFERENCES tenants (id),
            lead_months int CHECK (lead_months BETWEEN 1 AND 120),
            media_months int CHECK (media_months BETWEEN 1 AND 120),
            payload_days int NOT NULL DEFAULT 90 CHECK (payload_days BETWEEN 7 AND 3650),
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id)
        );
        PERFORM protect_tenant_table('privacy_requests');
        PERFORM protect_tenant_table('privacy_files');
        PERFORM protect_tenant_table('privacy_keys');
        PERFORM protect_tenant_table('erased_opt_outs');
        PERFORM protect_tenant_table('retention_rules');
        GRANT SELECT, INSERT, UPDATE, DELETE ON privacy_requests, privacy_files, privacy_keys,
            erased_opt_outs, retention_rules TO nexus_app;
        GRANT USAGE ON SEQUENCE privacy_requests_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        154,
        "who refused advertising and was erased refuses it still",
        """
DO $$
BEGIN
    CREATE OR REPLACE FUNCTION tells_of(said text, words text[], numbers text[]) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $function$
        SELECT EXISTS (SELECT 1 FROM unnest(words) AS w (word) WHERE strpos(lower(said), w.word) > 0)
            OR EXISTS (
                SELECT 1 FROM unnest(numbers) AS n (digits)
                WHERE strpos(regexp_replace(said, '[^0-9]', '', 'g'), n.digits) > 0
            );
    $function$;
    CREATE OR REPLACE FUNCTION opt_out_hash(key bytea, kind text, value text) RETURNS bytea
        LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $function$
        SELECT sha256(key || sha256(key || convert_to(kind || ' ' || value, 'UTF8')));
    $function$;
    CREATE OR REPLACE FUNCTION keep_opt_out() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $function$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM privacy_keys AS k
            JOIN erased_opt_outs AS o ON o.tenant_id = k.tenant_id
                AND o.key_hash = opt_out_hash(k.key, NEW.kind, NEW.value)
            WHERE k.tenant_id = NEW.tenant_id
        ) THEN
            UPDATE contacts SET marketing_opted_out_at = COALESCE(marketing_opted_out_at, now())
            WHERE tenant_id = NEW.tenant_id AND id = NEW.contact_id;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION tells_of(text, text[], text[]), opt_out_hash(bytea, text, text), keep_opt_out() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tells_of(text, text[], text[]), opt_out_hash(bytea, text, text), keep_opt_out()
        TO nexus_app;
    DROP TRIGGER IF EXISTS lead_identities_opt_out ON lead_identities;
    CREATE TRIGGER lead_identities_opt_out AFTER INSERT ON lead_identities FOR EACH ROW
        WHEN (NEW.kind IN ('match_key', 'user_id')) EXECUTE FUNCTION keep_opt_out();
END
$$""",
    ),
)
