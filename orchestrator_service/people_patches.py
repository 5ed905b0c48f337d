"""Patches 125 and 127 to 129: one person once, clients as a whole, and what a company calls them."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

PEOPLE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        125,
        "leads and contacts that were one person",
        """
DO $$
BEGIN
    ALTER TABLE leads ADD COLUMN IF NOT EXISTS merged_into bigint;
    ALTER TABLE contacts ADD COLUMN IF NOT EXISTS merged_into bigint;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'leads_merged') THEN
        ALTER TABLE leads
            ADD CONSTRAINT leads_merged FOREIGN KEY (tenant_id, merged_into) REFERENCES leads (tenant_id, id),
            ADD CONSTRAINT leads_merged_are_gone
                CHECK (merged_into IS NULL OR (deleted_at IS NOT NULL AND merged_into <> id));
        ALTER TABLE contacts
            ADD CONSTRAINT contacts_merged FOREIGN KEY (tenant_id, merged_into) REFERENCES contacts (tenant_id, id);
    END IF;
    CREATE INDEX IF NOT EXISTS leads_merged_by_match_key ON leads (tenant_id, match_key) WHERE merged_into IS NOT NULL;
    CREATE INDEX IF NOT EXISTS leads_by_change ON leads (tenant_id, updated_at, id) WHERE deleted_at IS NULL;
    IF to_regclass('public.contact_links') IS NULL THEN
        CREATE TABLE contact_links (
            tenant_id int NOT NULL,
            contact_id bigint NOT NULL,
            other_id bigint NOT NULL,
            seen_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, contact_id, other_id),
            FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, other_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
            CONSTRAINT contact_links_two CHECK (contact_id <> other_id)
        );
        CREATE INDEX contact_links_of_other ON contact_links (tenant_id, other_id);
        PERFORM protect_tenant_table('contact_links');
        GRANT SELECT, INSERT, UPDATE, DELETE ON contact_links TO nexus_app;
    END IF;
    IF to_regclass('public.lead_pairs') IS NULL THEN
        CREATE TABLE lead_pairs (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            low_id bigint NOT NULL,
            high_id bigint NOT NULL,
            score int NOT NULL CHECK (score BETWEEN 0 AND 100),
            reasons text[] NOT NULL,
            state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'dismissed', 'merged')),
            found_at timestamptz NOT NULL DEFAULT now(),
            decided_at timestamptz,
            decided_by bigint,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT lead_pairs_once UNIQUE (tenant_id, low_id, high_id),
            FOREIGN KEY (tenant_id, low_id) REFERENCES leads (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, high_id) REFERENCES leads (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, decided_by) REFERENCES users (tenant_id, id),
            CONSTRAINT lead_pairs_in_order CHECK (low_id < high_id)
        );
        CREATE INDEX lead_pairs_of_high ON lead_pairs (tenant_id, high_id);
        CREATE INDEX lead_pairs_open ON lead_pairs (tenant_id, score DESC, id DESC) WHERE state = 'open';
        CREATE TABLE duplicate_scans (
            tenant_id int PRIMARY KEY REFERENCES tenants (id),
            through_at timestamptz NOT NULL,
            through_id bigint NOT NULL
        );
        PERFORM protect_tenant_table('lead_pairs'), protect_tenant_table('duplicate_scans');
        GRANT SELECT, INSERT, UPDATE, DELETE ON lead_pairs, duplicate_scans TO nexus_app;
        GRANT USAGE ON SEQUENCE lead_pairs_id_seq TO nexus_app;
    END IF;
    IF to_regclass('public.merge_records') IS NULL THEN
        CREATE TABLE merge_records (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            survivor_id bigint NOT NULL,
            absorbed bigint[] NOT NULL,
            fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fields) = 'object'),
            made_by bigint,
            made_at timestamptz NOT NULL DEFAULT now(),
            undone_by bigint,
            undone_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, survivor_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, made_by) REFERENCES users (tenant_id, id),
            FOREIGN KEY (tenant_id, undone_by) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX merge_records_of_survivor ON merge_records (tenant_id, survivor_id, id DESC);
        CREATE TABLE merge_moves (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            merge_id bigint NOT NULL,
            relation text NOT NULL,
            place text NOT NULL,
            key jsonb NOT NULL CHECK (jsonb_typeof(key) = 'object'),
            was bigint,
            became bigint NOT NULL,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, merge_id) REFERENCES merge_records (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX merge_moves_of_merge ON merge_moves (tenant_id, merge_id, relation, place);
        PERFORM protect_tenant_table('merge_records'), protect_tenant_table('merge_moves');
        GRANT SELECT, INSERT, UPDATE, DELETE ON merge_records, merge_moves TO nexus_app;
        GRANT USAGE ON SEQUENCE merge_records_id_seq, merge_moves_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        127,
        "clients that are edited, deleted and have persons of their own",
        """
DO $$
BEGIN
    ALTER TABLE clients
        ADD COLUMN IF NOT EXISTS company text CHECK (length(company) BETWEEN 1 AND 200),
        ADD COLUMN IF NOT EXISTS notes text CHECK (length(notes) BETWEEN 1 AND 4000),
        ADD COLUMN IF NOT EXISTS updated_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN IF NOT EXISTS deleted_at timestamptz,
        ADD COLUMN IF NOT EXISTS merged_into bigint;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'clients_merged') THEN
        ALTER TABLE clients
            ADD CONSTRAINT clients_merged FOREIGN KEY (tenant_id, merged_into) REFERENCES clients (tenant_id, id);
    END IF;
    CREATE INDEX IF NOT EXISTS clients_merged_into ON clients (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
    IF to_regclass('public.client_contacts') IS NULL THEN
        CREATE TABLE client_contacts (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            client_id bigint NOT NULL,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
            role text CHECK (length(role) BETWEEN 1 AND 100),
            phone text,
            email text,
            position int NOT NULL,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
        );
        CREATE INDEX client_contacts_of_client ON client_contacts (tenant_id, client_id, position);
        PERFORM protect_tenant_table('client_contacts');
        GRANT SELECT, INSERT, UPDATE, DELETE ON client_contacts TO nexus_app;
        GRANT USAGE ON SEQUENCE client_contacts_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        128,
        "events about clients, heard by those who read clients",
        """
DO $$
BEGIN
    ALTER TABLE outbox_events DROP CONSTRAINT IF EXISTS outbox_events_audience_check;
    ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_audience_check
        CHECK (audience IN ('owned', 'everyone', 'user', 'accounts', 'agendas', 'clients'));
END
$$""",
    ),
    Patch(
        129,
        "what a company calls those who buy",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings DROP CONSTRAINT IF EXISTS tenant_settings_vocabulary_check;
    ALTER TABLE tenant_settings ADD CONSTRAINT tenant_settings_vocabulary_check
        CHECK (vocabulary IN ('clients', 'patients', 'students', 'members', 'guests', 'families'));
    ALTER TABLE tenant_settings ADD COLUMN IF NOT EXISTS vocabulary_words jsonb NOT NULL DEFAULT '{}'
        CHECK (jsonb_typeof(vocabulary_words) = 'object');
END
$$""",
    ),
)
