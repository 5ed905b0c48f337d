"""What each request asks besides its own work, in one statement each: whose session it is, and its audit line."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

REQUEST_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        171,
        "a session read, and an audit line written, by one statement that enters its tenant",
        """
DO $migration$
BEGIN
CREATE OR REPLACE FUNCTION enter_tenant(tenant int) RETURNS void
    LANGUAGE plpgsql
AS $function$
DECLARE
    here text := NULLIF(current_setting('app.tenant_id', true), '');
BEGIN
    IF here IS NULL THEN
        PERFORM set_config('app.tenant_id', tenant::text, true);
    ELSIF here::int IS DISTINCT FROM tenant THEN
        RAISE EXCEPTION 'the transaction is another tenant''s';
    END IF;
END;
$function$;

CREATE OR REPLACE FUNCTION session_of(tenant int, wanted uuid, account bigint, moment timestamptz)
    RETURNS TABLE (tenant_id int, user_id bigint, role text, owes_totp boolean)
    LANGUAGE plpgsql ROWS 1
AS $function$
BEGIN
    PERFORM public.enter_tenant(tenant);
    RETURN QUERY
    SELECT s.tenant_id, u.id, u.role, c.require_totp AND NOT EXISTS (
        SELECT 1 FROM public.user_totps AS f
        WHERE f.tenant_id = tenant AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
    )
    FROM public.sessions AS s
    JOIN public.users AS u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    JOIN public.tenants AS t ON t.id = s.tenant_id
    JOIN public.tenant_settings AS c ON c.tenant_id = s.tenant_id
    WHERE s.tenant_id = tenant AND s.id = wanted AND s.user_id = account AND s.revoked_at IS NULL
        AND s.expires_at > moment AND u.status = 'active' AND t.status = 'active';
END;
$function$;

CREATE OR REPLACE FUNCTION write_event(
    tenant int, action text, severity text, account bigint, subject text, request text, address text, detail jsonb
) RETURNS int
    LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM public.enter_tenant(tenant);
    WITH event AS (
        INSERT INTO public.system_events (tenant_id, action, severity, user_id, subject, request_id, address, detail)
        VALUES (tenant, write_event.action, write_event.severity, account, write_event.subject, request,
            write_event.address, write_event.detail)
        RETURNING system_events.tenant_id, system_events.id
    )
    INSERT INTO public.system_events_waiting (tenant_id, event_id) SELECT event.tenant_id, event.id FROM event;
    RETURN tenant;
END;
$function$;

REVOKE ALL ON FUNCTION session_of(int, uuid, bigint, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION write_event(int, text, text, bigint, text, text, text, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION enter_tenant(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of(int, uuid, bigint, timestamptz) TO nexus_app;
GRANT EXECUTE ON FUNCTION write_event(int, text, text, bigint, text, text, text, jsonb) TO nexus_app;
GRANT EXECUTE ON FUNCTION enter_tenant(int) TO nexus_app;
END
$migration$""",
    ),
)
