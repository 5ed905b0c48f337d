"""The patches of the alerts outside the app, and of accepting many webhooks at once; they end `LATER_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

ALERT_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        69,
        "browsers that take push messages",
        """
DO $$
BEGIN
    IF to_regclass('public.push_subscriptions') IS NULL THEN
        CREATE TABLE push_subscriptions (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            user_id bigint NOT NULL,
            session_id uuid NOT NULL,
            digest text NOT NULL CHECK (length(digest) = 64),
            user_agent text,
            created_at timestamptz NOT NULL DEFAULT now(),
            last_success_at timestamptz,
            failures int NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT push_subscriptions_by_digest UNIQUE (tenant_id, digest),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX push_subscriptions_of_user ON push_subscriptions (tenant_id, user_id, id DESC);
        PERFORM protect_tenant_table('push_subscriptions');
        GRANT SELECT, INSERT, UPDATE, DELETE ON push_subscriptions TO nexus_app;
        GRANT USAGE ON SEQUENCE push_subscriptions_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        70,
        "alerts outside the app, each at most once",
        """
DO $$
BEGIN
    IF to_regclass('public.alert_preferences') IS NULL THEN
        CREATE TABLE alert_preferences (
            tenant_id int NOT NULL,
            user_id bigint NOT NULL,
            channels jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(channels) = 'object'),
            quiet_from time,
            quiet_to time,
            zone text,
            phone text,
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, user_id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('alert_preferences');
        GRANT SELECT, INSERT, UPDATE, DELETE ON alert_preferences TO nexus_app;
    END IF;
    IF to_regclass('public.alert_deliveries') IS NULL THEN
        CREATE TABLE alert_deliveries (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            notification_id bigint NOT NULL,
            user_id bigint NOT NULL,
            channel text NOT NULL CHECK (channel IN ('push', 'email', 'whatsapp')),
            subscription_id bigint,
            state text NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'queued', 'sending', 'sent', 'skipped', 'failed', 'unknown')),
            reason text,
            attempts int NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL,
            channel_id bigint,
            recipient text,
            content jsonb,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT alert_deliveries_once
                UNIQUE NULLS NOT DISTINCT (tenant_id, notification_id, channel, subscription_id),
            FOREIGN KEY (tenant_id, notification_id) REFERENCES notifications (tenant_id, id)
                ON UPDATE CASCADE ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, subscription_id) REFERENCES push_subscriptions (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
        );
        CREATE INDEX alert_deliveries_of_device ON alert_deliveries (tenant_id, subscription_id);
        PERFORM protect_tenant_table('alert_deliveries');
        GRANT SELECT, INSERT, UPDATE, DELETE ON alert_deliveries TO nexus_app;
        GRANT USAGE ON SEQUENCE alert_deliveries_id_seq TO nexus_app;
    END IF;
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS alerts_show_names boolean NOT NULL DEFAULT true,
        ADD COLUMN IF NOT EXISTS alerts_template_id bigint;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'tenant_settings_alerts_template') THEN
        ALTER TABLE tenant_settings ADD CONSTRAINT tenant_settings_alerts_template
            FOREIGN KEY (tenant_id, alerts_template_id) REFERENCES message_templates (tenant_id, id);
    END IF;
END
$$""",
    ),
    Patch(
        71,
        "a draft that waits rings",
        """
DO $$
BEGIN
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting'));
END
$$""",
    ),
    Patch(
        72,
        "statuses that are not filed yet",
        """
DO $$
BEGIN
    CREATE INDEX IF NOT EXISTS webhook_inbox_statuses
        ON webhook_inbox (tenant_id, id) WHERE processed_at IS NULL AND kind = 'status';
END
$$""",
    ),
)
