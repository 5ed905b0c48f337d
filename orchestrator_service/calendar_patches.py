"""Patches for sellers' Google calendars; `later_patches.py` has the others."""

from __future__ import annotations

from typing import Final

from orchestrator_service.accounting_patches import ACCOUNTING_PATCHES
from orchestrator_service.agenda_patches import AGENDA_PATCHES
from orchestrator_service.evaluation_patches import EVALUATION_PATCHES
from orchestrator_service.evolution import Patch
from orchestrator_service.exchange_patches import EXCHANGE_PATCHES
from orchestrator_service.figure_patches import FIGURE_PATCHES
from orchestrator_service.gate_patches import GATE_PATCHES
from orchestrator_service.hand_patches import HAND_PATCHES
from orchestrator_service.hook_patches import HOOK_PATCHES
from orchestrator_service.idempotency_patches import IDEMPOTENCY_PATCHES
from orchestrator_service.key_patches import KEY_PATCHES
from orchestrator_service.knowledge_patches import KNOWLEDGE_PATCHES
from orchestrator_service.load_patches import LOAD_PATCHES
from orchestrator_service.merge_patches import MERGE_PATCHES
from orchestrator_service.model_patches import MODEL_PATCHES
from orchestrator_service.people_patches import PEOPLE_PATCHES
from orchestrator_service.privacy_patches import PRIVACY_PATCHES
from orchestrator_service.record_patches import RECORD_PATCHES
from orchestrator_service.report_patches import REPORT_PATCHES
from orchestrator_service.request_patches import REQUEST_PATCHES
from orchestrator_service.room_patches import ROOM_PATCHES
from orchestrator_service.scale_patches import SCALE_PATCHES
from orchestrator_service.script_patches import SCRIPT_PATCHES
from orchestrator_service.spread_patches import SPREAD_PATCHES

CALENDAR_PATCHES: Final[tuple[Patch, ...]] = (
    *AGENDA_PATCHES,
    Patch(
        82,
        "meetings on their way to Google, and offers that hold their time",
        """
DO $$
BEGIN
    ALTER TABLE seller_agenda_events
        ADD COLUMN IF NOT EXISTS meeting_url text,
        ADD COLUMN IF NOT EXISTS hold_expires_at timestamptz,
        ADD COLUMN IF NOT EXISTS google_pending text CHECK (google_pending IN ('book', 'move', 'write', 'erase')),
        ADD COLUMN IF NOT EXISTS google_claim uuid,
        ADD COLUMN IF NOT EXISTS google_claimed_until timestamptz,
        ADD COLUMN IF NOT EXISTS google_attempts int NOT NULL DEFAULT 0,
        ADD COLUMN IF NOT EXISTS google_pending_since timestamptz,
        ADD COLUMN IF NOT EXISTS moved_from tstzrange,
        ADD COLUMN IF NOT EXISTS moved_from_seller_id bigint;
    CREATE INDEX IF NOT EXISTS seller_agenda_events_pending ON seller_agenda_events (tenant_id, id)
        WHERE google_pending IS NOT NULL;
    CREATE INDEX IF NOT EXISTS seller_agenda_events_offer_holds ON seller_agenda_events (tenant_id, conversation_id)
        WHERE status = 'held';
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS hold_minutes int CHECK (hold_minutes BETWEEN 1 AND 60);
END
$$""",
    ),
    Patch(
        85,
        "sellers' Google calendars",
        """
DO $$
BEGIN
    IF to_regclass('public.seller_calendars') IS NULL THEN
        CREATE TABLE seller_calendars (
            tenant_id int NOT NULL,
            seller_id bigint NOT NULL,
            kind text NOT NULL CHECK (kind IN ('oauth', 'service_account')),
            calendar_id text NOT NULL DEFAULT 'primary' CHECK (length(calendar_id) BETWEEN 1 AND 300),
            calendar_name text NOT NULL DEFAULT '' CHECK (length(calendar_name) <= 300),
            calendar_zone text,
            state text NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'lost')),
            last_error text CHECK (length(last_error) <= 200),
            checked_at timestamptz,
            sync_token text,
            synced_at timestamptz,
            synced_whole_at timestamptz,
            sync_due_at timestamptz NOT NULL DEFAULT now(),
            watch_channel_id text,
            watch_resource_id text,
            watch_token_hash bytea CHECK (octet_length(watch_token_hash) = 32),
            watch_expires_at timestamptz,
            connected_by bigint,
            connected_at timestamptz NOT NULL,
            PRIMARY KEY (tenant_id, seller_id),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES sellers (tenant_id, id),
            FOREIGN KEY (tenant_id, connected_by) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX seller_calendars_due ON seller_calendars (tenant_id, sync_due_at) WHERE state = 'connected';
        CREATE UNIQUE INDEX seller_calendars_of_channel ON seller_calendars (tenant_id, watch_channel_id);

        CREATE TABLE mirrored_events (
            tenant_id int NOT NULL,
            seller_id bigint NOT NULL,
            google_event_id text NOT NULL,
            recurring_event_id text,
            during tstzrange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)
                AND NOT lower_inf(during) AND NOT upper_inf(during)),
            busy boolean NOT NULL,
            all_day boolean NOT NULL,
            title text NOT NULL DEFAULT '' CHECK (length(title) <= 300),
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, seller_id, google_event_id),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES seller_calendars (tenant_id, seller_id) ON DELETE CASCADE
        );
        CREATE INDEX mirrored_events_by_time ON mirrored_events USING gist (tenant_id, seller_id, during);
        CREATE INDEX mirrored_events_of_series ON mirrored_events (tenant_id, seller_id, recurring_event_id)
            WHERE recurring_event_id IS NOT NULL;

        CREATE TABLE calendar_consents (
            tenant_id int NOT NULL,
            state_hash bytea NOT NULL CHECK (octet_length(state_hash) = 32),
            seller_id bigint NOT NULL,
            session_id uuid NOT NULL,
            sealed_verifier text NOT NULL,
            expires_at timestamptz NOT NULL,
            PRIMARY KEY (tenant_id, state_hash),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES sellers (tenant_id, id),
            FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX calendar_consents_by_end ON calendar_consents (tenant_id, expires_at);
        PERFORM protect_tenant_table('seller_calendars'), protect_tenant_table('mirrored_events'),
            protect_tenant_table('calendar_consents');
        GRANT SELECT, INSERT, UPDATE, DELETE ON seller_calendars, mirrored_events, calendar_consents TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        86,
        "notices of lost calendars",
        """
DO $$
BEGIN
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting', 'calendar_lost'));
END
$$""",
    ),
    Patch(
        87,
        "tasks about meetings that Google has at another time",
        """
DO $$
BEGIN
    ALTER TABLE tasks DROP CONSTRAINT IF EXISTS tasks_kind_check;
    ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('person_requested', 'blocked_message',
        'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain', 'calendar_conflict'));
END
$$""",
    ),
    Patch(
        88,
        "links by which customers change their meetings",
        """
DO $$
BEGIN
    ALTER TABLE seller_agenda_events ADD COLUMN IF NOT EXISTS meeting_url text;
    IF to_regclass('public.meeting_links') IS NULL THEN
        CREATE TABLE meeting_links (
            tenant_id int NOT NULL,
            id uuid NOT NULL,
            event_id bigint NOT NULL,
            created_at timestamptz NOT NULL,
            used_at timestamptz,
            used_for text CHECK (used_for IN ('move', 'cancel')),
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, event_id) REFERENCES seller_agenda_events (tenant_id, id),
            CONSTRAINT meeting_links_use CHECK ((used_at IS NULL) = (used_for IS NULL))
        );
        CREATE UNIQUE INDEX meeting_links_one_unused ON meeting_links (tenant_id, event_id) WHERE used_at IS NULL;
        PERFORM protect_tenant_table('meeting_links');
        GRANT SELECT, INSERT, UPDATE, DELETE ON meeting_links TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        89,
        "messages after a missed meeting, notices of meetings that customers change",
        """
DO $$
BEGIN
    ALTER TABLE message_triggers DROP CONSTRAINT IF EXISTS message_triggers_kind_check;
    ALTER TABLE message_triggers ADD CONSTRAINT message_triggers_kind_check CHECK (kind IN ('confirmation',
        'reminder_24h', 'reminder_1h', 'follow_up', 'reactivation', 'no_show'));
    ALTER TABLE scheduled_messages DROP CONSTRAINT IF EXISTS scheduled_messages_kind_check;
    ALTER TABLE scheduled_messages ADD CONSTRAINT scheduled_messages_kind_check CHECK (kind IN ('confirmation',
        'reminder_24h', 'reminder_1h', 'follow_up', 'reactivation', 'no_show'));
    DROP INDEX IF EXISTS scheduled_messages_one_of_lead;
    CREATE UNIQUE INDEX scheduled_messages_one_of_lead ON scheduled_messages (tenant_id, lead_id)
        WHERE status = 'pending' AND kind IN ('follow_up', 'reactivation', 'no_show');
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting', 'calendar_lost', 'meeting_moved', 'meeting_cancelled'));
END
$$""",
    ),
    *MODEL_PATCHES,
    *SCRIPT_PATCHES,
    *KNOWLEDGE_PATCHES,
    *GATE_PATCHES,
    *EVALUATION_PATCHES,
    *ROOM_PATCHES,
    *RECORD_PATCHES,
    *EXCHANGE_PATCHES,
    *PEOPLE_PATCHES[:1],
    *MERGE_PATCHES,
    *PEOPLE_PATCHES[1:],
    *ACCOUNTING_PATCHES,
    *REPORT_PATCHES,
    *KEY_PATCHES,
    *IDEMPOTENCY_PATCHES,
    *HOOK_PATCHES,
    *PRIVACY_PATCHES,
    *FIGURE_PATCHES,
    *SPREAD_PATCHES,
    *SCALE_PATCHES,
    *REQUEST_PATCHES,
    *LOAD_PATCHES,
    *HAND_PATCHES,
)
