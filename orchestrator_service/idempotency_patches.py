"""The patches of kept answers and of events about what left a scope, 143 and 144; they end `CALENDAR_PATCHES`."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

IDEMPOTENCY_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        143,
        "answers to requests with an Idempotency-Key",
        """
DO $$
BEGIN
    IF to_regclass('public.idempotency_keys') IS NULL THEN
        CREATE TABLE idempotency_keys (
            tenant_id int NOT NULL REFERENCES tenants (id),
            user_id bigint NOT NULL,
            route text NOT NULL,
            key_hash bytea NOT NULL CHECK (length(key_hash) = 32),
            fingerprint bytea NOT NULL,
            status int NOT NULL CHECK (status BETWEEN 200 AND 299),
            headers jsonb NOT NULL CHECK (jsonb_typeof(headers) = 'object'),
            body bytea NOT NULL,
            subject text,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, user_id, route, key_hash),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);
        PERFORM protect_tenant_table('idempotency_keys');
        GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        144,
        "events for those who lose a record from their scope",
        """
DO $$
BEGIN
    ALTER TABLE outbox_events DROP CONSTRAINT IF EXISTS outbox_events_audience_check;
    ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_audience_check
        CHECK (audience IN ('owned', 'everyone', 'user', 'accounts', 'agendas', 'clients', 'left'));
END
$$""",
    ),
)
