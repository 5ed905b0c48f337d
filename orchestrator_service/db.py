"""The Maintenance Robot (seed §1): PATCHES and `evolve()`; and `append_chat_message`, the only writer of messages.

A brand-new database gets the foundation (`db/init/*.sql`); every database then gets the patches it lacks. A patch is
idempotent, guarded by the catalog, and has its counterpart in the foundation, so both ways lead to one schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.database import TenantTransaction
from core.outbox import emit
from core.statements import sibling_statements
from orchestrator_service.evolution import Evolution, Patch, apply_patches, job_library_schema
from orchestrator_service.later_patches import LATER_PATCHES
from orchestrator_service.new_message import Appended, NewMessage, as_event

SQL = sibling_statements(__file__)


PATCHES: Final[tuple[Patch, ...]] = (
    Patch(1, "job library", job_library_schema()),
    Patch(
        35,
        "system_events.tenant_id",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = 'system_events' AND column_name = 'tenant_id'
    ) THEN
        ALTER TABLE system_events ADD COLUMN tenant_id int NOT NULL DEFAULT 0 REFERENCES tenants (id);
        ALTER TABLE system_events DROP CONSTRAINT system_events_pkey;
        ALTER TABLE system_events ADD PRIMARY KEY (tenant_id, id);
        DROP INDEX IF EXISTS system_events_by_action;
        CREATE INDEX system_events_by_action ON system_events (tenant_id, action, id DESC);
        PERFORM protect_tenant_table('system_events');
    END IF;
END
$$""",
    ),
    Patch(
        36,
        "directory holds join codes",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.directory'::regclass AND conname = 'directory_kind_check'
            AND pg_get_constraintdef(oid) LIKE '%''join''%'
    ) THEN
        ALTER TABLE directory DROP CONSTRAINT IF EXISTS directory_kind_check;
        ALTER TABLE directory ADD CONSTRAINT directory_kind_check
            CHECK (kind IN ('tenant', 'email', 'endpoint', 'join'));
    END IF;
END
$$""",
    ),
    Patch(
        37,
        "who waits, what was read, drafts and changes of leads",
        """
DO $$
BEGIN
    ALTER TABLE conversations ADD COLUMN IF NOT EXISTS needs_person_since timestamptz;
    CREATE INDEX IF NOT EXISTS conversations_waiting ON conversations (tenant_id, id) WHERE needs_person;
    ALTER TABLE agent_turns ADD COLUMN IF NOT EXISTS draft jsonb CHECK (jsonb_typeof(draft) = 'object');
    IF to_regclass('public.conversation_reads') IS NULL THEN
        CREATE TABLE conversation_reads (
            tenant_id int NOT NULL, conversation_id bigint NOT NULL, user_id bigint NOT NULL,
            read_through_id bigint NOT NULL,
            PRIMARY KEY (tenant_id, conversation_id, user_id),
            FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('conversation_reads');
    END IF;
    IF to_regclass('public.lead_changes') IS NULL THEN
        CREATE TABLE lead_changes (
            tenant_id int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, lead_id bigint NOT NULL,
            field text NOT NULL CHECK (field IN ('stage_key', 'owner_user_id')), was text, became text, user_id bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX lead_changes_of_lead ON lead_changes (tenant_id, lead_id, id DESC);
        PERFORM protect_tenant_table('lead_changes');
        GRANT USAGE ON SEQUENCE lead_changes_id_seq TO nexus_app;
    END IF;
    GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_reads, lead_changes TO nexus_app;
END
$$""",
    ),
    Patch(
        40,
        "why a lead was lost, and saved views",
        """
DO $$
BEGIN
    ALTER TABLE leads ADD COLUMN IF NOT EXISTS lost_reason text CHECK (length(lost_reason) BETWEEN 1 AND 200);
    ALTER TABLE lead_changes DROP CONSTRAINT IF EXISTS lead_changes_field_check;
    ALTER TABLE lead_changes ADD CONSTRAINT lead_changes_field_check
        CHECK (field IN ('stage_key', 'owner_user_id', 'lost_reason'));
    IF to_regclass('public.saved_views') IS NULL THEN
        CREATE TABLE saved_views (
            tenant_id int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, user_id bigint NOT NULL,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            filters jsonb NOT NULL CHECK (jsonb_typeof(filters) = 'object'),
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT saved_views_by_name UNIQUE (tenant_id, user_id, name),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('saved_views');
        GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO nexus_app;
        GRANT USAGE ON SEQUENCE saved_views_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        41,
        "second factors",
        """
DO $$
BEGIN
    ALTER TABLE tenant_settings ADD COLUMN IF NOT EXISTS require_totp boolean NOT NULL DEFAULT false;
    IF to_regclass('public.user_totps') IS NULL THEN
        CREATE TABLE user_totps (
            tenant_id int NOT NULL, user_id bigint NOT NULL, confirmed_at timestamptz,
            last_step bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, user_id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        CREATE TABLE recovery_codes (
            tenant_id int NOT NULL, user_id bigint NOT NULL,
            code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32), used_at timestamptz,
            PRIMARY KEY (tenant_id, user_id, code_hash),
            FOREIGN KEY (tenant_id, user_id) REFERENCES user_totps (tenant_id, user_id) ON DELETE CASCADE
        );
        CREATE TABLE login_challenges (
            tenant_id int NOT NULL, id uuid NOT NULL, user_id bigint NOT NULL, expires_at timestamptz NOT NULL,
            wrong_codes int NOT NULL DEFAULT 0, PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX login_challenges_of_user ON login_challenges (tenant_id, user_id);
        PERFORM protect_tenant_table(t::regclass) FROM unnest('{user_totps,recovery_codes,login_challenges}'::text[]) t;
        GRANT SELECT, INSERT, UPDATE, DELETE ON user_totps, recovery_codes, login_challenges TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        42,
        "invitations, links that work once, and who forgot the password",
        """
DO $$
BEGIN
    ALTER TABLE users ADD COLUMN IF NOT EXISTS reset_asked_at timestamptz;
    IF to_regclass('public.account_tokens') IS NULL THEN
        CREATE TABLE invitations (
            tenant_id int NOT NULL REFERENCES tenants (id), id bigint GENERATED ALWAYS AS IDENTITY,
            email text NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
            role text NOT NULL CHECK (role IN ('professional', 'secretary', 'setter', 'closer')),
            invited_by bigint NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), accepted_at timestamptz,
            revoked_at timestamptz, user_id bigint, PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, invited_by) REFERENCES users, FOREIGN KEY (tenant_id, user_id) REFERENCES users
        );
        CREATE UNIQUE INDEX invitations_open ON invitations (tenant_id, email)
            WHERE accepted_at IS NULL AND revoked_at IS NULL;
        CREATE TABLE account_tokens (
            tenant_id int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, jti uuid NOT NULL,
            purpose text NOT NULL CHECK (purpose IN ('reset', 'invitation')), user_id bigint, invitation_id bigint,
            origin text NOT NULL CHECK (origin IN ('person', 'ceo', 'operator')), created_by bigint,
            created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz,
            voided_at timestamptz, mail text CHECK (mail IN ('waiting', 'sent', 'refused')), sealed text,
            PRIMARY KEY (tenant_id, id), CONSTRAINT account_tokens_by_jti UNIQUE (tenant_id, jti),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, invitation_id) REFERENCES invitations ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, created_by) REFERENCES users,
            CONSTRAINT account_tokens_of_one CHECK (num_nonnulls(user_id, invitation_id) = 1),
            CONSTRAINT account_tokens_of_purpose CHECK ((purpose = 'reset') = (user_id IS NOT NULL)),
            CONSTRAINT account_tokens_sealed CHECK (sealed IS NULL OR mail = 'waiting')
        );
        CREATE INDEX account_tokens_of_user ON account_tokens (tenant_id, user_id);
        CREATE INDEX account_tokens_of_invitation ON account_tokens (tenant_id, invitation_id);
        PERFORM protect_tenant_table('invitations'), protect_tenant_table('account_tokens');
        GRANT SELECT, INSERT, UPDATE, DELETE ON invitations, account_tokens TO nexus_app;
        GRANT USAGE ON SEQUENCE invitations_id_seq, account_tokens_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        43,
        "events for those who read accounts",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.outbox_events'::regclass AND conname = 'outbox_events_audience_check'
            AND pg_get_constraintdef(oid) LIKE '%''accounts''%'
    ) THEN
        ALTER TABLE outbox_events DROP CONSTRAINT IF EXISTS outbox_events_audience_check;
        ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_audience_check
            CHECK (audience IN ('owned', 'everyone', 'user', 'accounts'));
    END IF;
END
$$""",
    ),
    Patch(
        44,
        "notifications, and events for one person",
        """
DO $$
BEGIN
    IF to_regclass('public.notifications') IS NULL THEN
        CREATE TABLE notifications (
            tenant_id int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, user_id bigint NOT NULL,
            kind text NOT NULL
                CHECK (kind IN ('person_needed', 'booking', 'failure', 'hot_lead', 'mention', 'account_waiting')),
            lead_id bigint, conversation_id bigint, event_id bigint,
            data jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(data) = 'object'),
            created_at timestamptz NOT NULL DEFAULT now(), read_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
            FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
            FOREIGN KEY (tenant_id, event_id) REFERENCES seller_agenda_events (tenant_id, id)
        );
        CREATE UNIQUE INDEX notifications_once_unread ON notifications
            (tenant_id, user_id, kind, lead_id, conversation_id, event_id) NULLS NOT DISTINCT WHERE read_at IS NULL;
        CREATE INDEX notifications_unread ON notifications (tenant_id, user_id, id DESC) WHERE read_at IS NULL;
        CREATE INDEX notifications_of_user ON notifications (tenant_id, user_id, id DESC);
        CREATE INDEX notifications_of_conversation ON notifications (tenant_id, conversation_id) WHERE read_at IS NULL;
        PERFORM protect_tenant_table('notifications');
        GRANT USAGE ON SEQUENCE notifications_id_seq TO nexus_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO nexus_app;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.outbox_events'::regclass AND conname = 'outbox_events_audience_check'
            AND pg_get_constraintdef(oid) LIKE '%''user''%'
    ) THEN
        ALTER TABLE outbox_events DROP CONSTRAINT IF EXISTS outbox_events_audience_check;
        ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_audience_check
            CHECK (audience IN ('owned', 'everyone', 'user'));
    END IF;
END
$$""",
    ),
    Patch(
        45,
        "the chain of the audit trail",
        """
DO $patch$
BEGIN
    ALTER TABLE system_events ALTER COLUMN detail DROP NOT NULL;
    ALTER TABLE system_events ADD COLUMN IF NOT EXISTS salt uuid;
    ALTER TABLE system_events ALTER COLUMN salt SET DEFAULT gen_random_uuid();
    IF to_regclass('public.system_event_links') IS NULL THEN
        CREATE TABLE system_event_links (
            tenant_id int NOT NULL REFERENCES tenants (id), seq bigint NOT NULL CHECK (seq > 0),
            event_id bigint NOT NULL, kid text NOT NULL,
            payload_digest bytea NOT NULL CHECK (octet_length(payload_digest) = 32),
            digest bytea NOT NULL CHECK (octet_length(digest) = 32),
            mac bytea NOT NULL CHECK (octet_length(mac) = 32),
            PRIMARY KEY (tenant_id, seq),
            UNIQUE (tenant_id, event_id)
        );
        PERFORM protect_tenant_table('system_event_links');
        CREATE TABLE system_events_waiting (
            tenant_id int NOT NULL, event_id bigint NOT NULL, after_id bigint, PRIMARY KEY (tenant_id, event_id)
        );
        CREATE INDEX system_events_waiting_older ON system_events_waiting (tenant_id) WHERE after_id IS NOT NULL;
        -- Rows from before the chain: one line a company, which the chainer works off in batches.
        INSERT INTO system_events_waiting (tenant_id, event_id, after_id)
        SELECT t.id, e.id, 0
        FROM tenants AS t
        CROSS JOIN LATERAL (
            SELECT id FROM system_events WHERE tenant_id = t.id ORDER BY id DESC LIMIT 1
        ) AS e;
    END IF;
    GRANT SELECT, INSERT ON system_event_links TO nexus_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON system_events_waiting TO nexus_app;
    CREATE OR REPLACE FUNCTION erase_event_payloads(events bigint[]) RETURNS int
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    erased int;
BEGIN
    UPDATE system_events SET address = NULL, detail = NULL, salt = NULL
    WHERE tenant_id = tenant AND id = ANY(events) AND detail IS NOT NULL AND action <> 'audit.erased';
    GET DIAGNOSTICS erased = ROW_COUNT;
    IF erased > 0 THEN
        WITH event AS (
            INSERT INTO system_events (tenant_id, action, severity, detail)
            VALUES (tenant, 'audit.erased', 'warning', jsonb_build_object('count', erased))
            RETURNING tenant_id, id
        )
        INSERT INTO system_events_waiting (tenant_id, event_id) SELECT event.tenant_id, event.id FROM event;
    END IF;
    RETURN erased;
END;
$$;
    REVOKE ALL ON FUNCTION erase_event_payloads(bigint[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION erase_event_payloads(bigint[]) TO nexus_app;
END
$patch$""",
    ),
    Patch(
        46,
        "the audit log by user, severity and time",
        """
DO $$
BEGIN
    CREATE INDEX IF NOT EXISTS system_events_by_user ON system_events (tenant_id, user_id, id DESC);
    CREATE INDEX IF NOT EXISTS system_events_by_severity ON system_events (tenant_id, severity, id DESC)
        WHERE severity <> 'info';
    CREATE INDEX IF NOT EXISTS system_events_by_time ON system_events (tenant_id, occurred_at);
END
$$""",
    ),
    Patch(
        48,
        "since when a lead is in its stage",
        """
DO $$
BEGIN
    ALTER TABLE leads ADD COLUMN IF NOT EXISTS stage_since timestamptz;
END
$$""",
    ),
    Patch(
        49,
        "events for those who read agendas",
        """
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = 'public.outbox_events'::regclass AND conname = 'outbox_events_audience_check'
            AND pg_get_constraintdef(oid) LIKE '%''agendas''%'
    ) THEN
        ALTER TABLE outbox_events DROP CONSTRAINT IF EXISTS outbox_events_audience_check;
        ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_audience_check
            CHECK (audience IN ('owned', 'everyone', 'user', 'accounts', 'agendas'));
    END IF;
END
$$""",
    ),
    Patch(
        52,
        "notices about one's own way in",
        """
DO $$
BEGIN
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset'));
END
$$""",
    ),
    *LATER_PATCHES,
)


async def evolve(owner_url: str, *, check: bool = False, patches: Sequence[Patch] = PATCHES) -> Evolution:
    """Bring a database to today's schema, as its owner; with `check`, only say what that takes. See `evolution.py`."""
    return await apply_patches(owner_url, patches, check=check)


# WhatsApp's own word of a changed number or identity: nobody has written, so it opens no 24-hour window.
NOTICE: Final = "system"


async def append_chat_message(tx: TenantTransaction, message: NewMessage) -> Appended:
    """Write a message into `chat_messages`, the only place that does, and announce it as NEW_MESSAGE at commit."""
    values = {name: getattr(message, name) for name in NewMessage.__slots__}
    message_id = await tx.value(SQL["append_message"], int, **values)
    if message_id is None:
        known = await tx.value(SQL["message_of_origin"], int, origin_key=message.origin_key)
        assert known is not None, "a message is either new or known"
        return Appended(known, new=False)
    owner = await tx.value(
        SQL["touch_conversation"],
        int,
        conversation_id=message.conversation_id,
        inbound=message.direction == "in" and message.status == "received" and message.type != NOTICE,
        at=message.at,
    )
    await emit(tx, "NEW_MESSAGE", as_event(message_id, message), owner_user_id=owner)
    return Appended(message_id, new=True)
