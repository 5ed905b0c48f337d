"""The isolation matrix (PRODUCT §16.2): a row per route and way of naming a record. A route without a row fails.

Each row is asked by every role, by nobody, and by a pending and a suspended user, with ids of the own records, of a
colleague, of nobody, of another company, and of nothing. What must come back follows from the permission table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from core.json_types import Json
from core.paging import moment_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.account_rows import ACCOUNT_ROWS, PUBLIC_ACCOUNT_ROWS
from tests.isolation.agenda_rows import AGENDA_ROWS, CHANGE_ROWS
from tests.isolation.alert_rows import ALERT_ROWS
from tests.isolation.bell_rows import BELL_ROWS
from tests.isolation.calendar_rows import CALENDAR_ROWS
from tests.isolation.canned_rows import CANNED_ROWS, SEARCH_ROWS
from tests.isolation.channel_rows import CHANNEL_ROWS
from tests.isolation.chat_rows import AGENT_ROWS, CHAT_ROWS, MEDIA_ROWS
from tests.isolation.evaluation_rows import EVALUATION_ROWS
from tests.isolation.exchange_rows import EXCHANGE_ROWS
from tests.isolation.hook_rows import HOOK_ROWS
from tests.isolation.key_rows import KEY_ROWS
from tests.isolation.knowledge_rows import KNOWLEDGE_ROWS
from tests.isolation.link_rows import LINK_ROWS
from tests.isolation.money_rows import MONEY_ROWS
from tests.isolation.people_rows import PEOPLE_ROWS
from tests.isolation.privacy_rows import PRIVACY_ROWS
from tests.isolation.record_rows import RECORD_ROWS
from tests.isolation.report_rows import REPORT_ROWS
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.script_rows import SCRIPT_ROWS
from tests.isolation.seller_rows import SELLER_ROWS
from tests.isolation.settings_rows import SETTINGS_ROWS
from tests.isolation.template_rows import BROADCAST_ROWS, TEMPLATE_ROWS
from tests.isolation.totp_rows import TOTP_ROWS
from tests.isolation.view_rows import VIEW_ROWS
from tests.isolation.ways import by_cursor, by_id

P = Permission


def _login(_ids: Ids, _own: Ids) -> Sent:
    """Another account each time, so that the throttle of one account does not answer."""
    return Sent(body={"email": f"{uuid4().hex}@example.com", "password": "none of them"})


_JOIN: Mapping[str, Json] = {
    "join_code": "no such code",
    "email": "nobody@example.com",
    "name": "Nobody",
    "role": "closer",
    "password": "nine purple lanterns drift",
}


PUBLIC_ROWS = (
    Row("GET", "/openapi.json", None, 200, public=True),
    Row("GET", "/healthz", None, 200, public=True),
    Row("GET", "/readyz", None, 200, public=True),
    Row("POST", "/auth/login", None, 401, _login, public=True),
    Row("POST", "/auth/register", None, 202, lambda _i, _o: Sent(body=_JOIN), public=True),
    Row("POST", "/demo/logins", None, 404, lambda _i, _o: Sent(body={"token": "no demo here"}), public=True),
    *LINK_ROWS,
)
AUTH_ROWS = (
    Row("GET", "/auth/me", None, 200),
    Row("GET", "/auth/roles", P.USERS_READ, 200),
    Row("GET", "/demo/simulator", None, 404),
    Row("GET", "/auth/sessions", None, 200),
    Row(
        "DELETE",
        "/auth/sessions/{session_id}",
        None,
        204,
        by_id("session_id", "session"),
        "id",
        ("own", "foreign", "missing", "colleague"),
        others=False,
    ),
    Row("POST", "/auth/logout", None, 204),
    Row("GET", "/team/members", P.TEAM_READ, 200),
    Row("GET", "/team/members", P.TEAM_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
)
_USER = "/admin/core/users/{user_id}"
_ROLE: Mapping[str, Json] = {"role": "setter"}
ADMIN_ROWS = (
    Row("GET", "/admin/core/users", P.USERS_READ, 200),
    Row("GET", "/admin/core/users", P.USERS_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("POST", f"{_USER}/activate", P.USERS_WRITE, 200, by_id("user_id", "spare_user"), "id", MEMBERS),
    Row("POST", f"{_USER}/suspend", P.USERS_WRITE, 200, by_id("user_id", "spare_user"), "id", MEMBERS),
    Row("POST", f"{_USER}/hold", P.USERS_WRITE, 200, by_id("user_id", "spare_user"), "id", MEMBERS),
    Row("PATCH", _USER, P.USERS_WRITE, 200, by_id("user_id", "spare_user", _ROLE), "id", MEMBERS),
    Row("GET", "/admin/core/join-code", P.USERS_WRITE, 200),
    Row("POST", "/admin/core/join-code", P.USERS_WRITE, 200),
    Row("GET", "/admin/core/audit/logs", P.AUDIT_READ, 200),
    Row("GET", "/admin/core/audit/logs", P.AUDIT_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    *(
        Row(
            "GET",
            path,
            P.AUDIT_READ,
            200,
            lambda ids, _own: Sent(query={"user_id": ids.user}),
            "user",
            MEMBERS,
            absent=200,
        )
        for path in ("/admin/core/audit/logs", "/admin/core/audit/logs.csv")
    ),
    Row("GET", "/admin/core/audit/logs.csv", P.AUDIT_READ, 200),
    Row("GET", "/admin/core/audit/chain", P.AUDIT_READ, 200),
)
VAULT_ROWS = (
    Row("GET", "/admin/core/credentials", P.VAULT_READ, 200),
    *(
        Row(
            method,
            "/admin/core/credentials/{name}",
            P.VAULT_WRITE,
            ok,
            lambda ids, _own, body=body: Sent(path={"name": f"channel:{ids.channel}:api_key"}, body=body),
            "name",
            MEMBERS,
        )
        for method, ok, body in (("PUT", 200, {"value": "yc-1234567890"}), ("DELETE", 204, None))
    ),
)
LEAD_ROWS = (
    Row("GET", "/crm/leads", P.LEADS_READ, 200, lambda _i, _o: Sent(query={"limit": "100"})),
    Row("GET", "/crm/leads", P.LEADS_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("POST", "/crm/leads", P.LEADS_WRITE, 201, lambda _i, _o: Sent(body={"full_name": "Plain"})),
    Row(
        "POST",
        "/crm/leads",
        P.LEADS_WRITE,
        201,
        lambda ids, _own: Sent(body={"full_name": "Owned", "owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        also=P.LEADS_ASSIGN,
    ),
    Row("GET", "/crm/leads/{lead_id}", P.LEADS_READ, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row(
        "PATCH",
        "/crm/leads/{lead_id}",
        P.LEADS_WRITE,
        200,
        by_id("lead_id", "lead", {"company": "Acme"}),
        "id",
        RECORDS,
    ),
    Row(
        "PATCH",
        "/crm/leads/{lead_id}",
        P.LEADS_WRITE,
        200,
        lambda ids, own: Sent(path={"lead_id": own.spare_lead}, body={"owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        also=P.LEADS_ASSIGN,
    ),
)
PIPELINE_ROWS = (
    Row("GET", "/crm/pipeline/stages", P.PIPELINE_READ, 200),
    Row("GET", "/crm/leads/{lead_id}/timeline", P.LEADS_READ, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row(
        "GET",
        "/crm/leads/{lead_id}/timeline",
        P.LEADS_READ,
        200,
        lambda ids, own: Sent(
            path={"lead_id": own.lead}, query={"cursor": moment_cursor(datetime(2026, 2, 1, tzinfo=UTC), ids.lead)}
        ),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row(
        "POST",
        "/crm/leads/bulk",
        P.LEADS_WRITE,
        200,
        lambda ids, own: Sent(body={"lead_ids": [own.lead, ids.lead], "stage_key": "contacted"}),
        "id",
        RECORDS,
    ),
    Row(
        "POST",
        "/crm/leads/bulk",
        P.LEADS_WRITE,
        200,
        lambda ids, own: Sent(body={"lead_ids": [own.spare_lead], "owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        also=P.LEADS_ASSIGN,
    ),
    Row(
        "GET",
        "/crm/leads",
        P.LEADS_READ,
        200,
        lambda ids, _own: Sent(query={"owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        absent=200,
    ),
)


MATRIX: tuple[Row, ...] = (
    *PUBLIC_ROWS,
    *PUBLIC_ACCOUNT_ROWS,
    *AUTH_ROWS,
    *ADMIN_ROWS,
    *TOTP_ROWS,
    *VAULT_ROWS,
    *KEY_ROWS,
    *CHANNEL_ROWS,
    *LEAD_ROWS,
    *PIPELINE_ROWS,
    *REPORT_ROWS,
    *RECORD_ROWS,
    *VIEW_ROWS,
    *SETTINGS_ROWS,
    *PEOPLE_ROWS,
    *PRIVACY_ROWS,
    *CHAT_ROWS,
    *CANNED_ROWS,
    *KNOWLEDGE_ROWS,
    *SCRIPT_ROWS,
    *SEARCH_ROWS,
    *MEDIA_ROWS,
    *AGENT_ROWS,
    *EVALUATION_ROWS,
    *EXCHANGE_ROWS,
    *HOOK_ROWS,
    *TEMPLATE_ROWS,
    *BROADCAST_ROWS,
    *AGENDA_ROWS,
    *CHANGE_ROWS,
    *SELLER_ROWS,
    *CALENDAR_ROWS,
    *BELL_ROWS,
    *ALERT_ROWS,
    *ACCOUNT_ROWS,
    *MONEY_ROWS,
)
