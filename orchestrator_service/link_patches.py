"""The patches of customers' own pages of their meetings; they end `LATER_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

LINK_PATCHES: Final[tuple[Patch, ...]] = (
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
)
