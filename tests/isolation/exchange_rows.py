"""The rows of imports, which only whoever may import sees, and of exports."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_cursor, by_id

P = Permission
_ONE = "/crm/imports/{import_id}"


def _planned(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"import_id": ids.imported}, body={"columns": ["full_name"]})


def _rows_from(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"import_id": ids.imported})


EXCHANGE_ROWS = (
    Row("GET", "/crm/imports", P.LEADS_IMPORT, 200),
    Row("GET", "/crm/imports", P.LEADS_IMPORT, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("POST", "/crm/imports", P.LEADS_IMPORT, 422),  # the matrix sends no file: there is no row in it
    Row("GET", _ONE, P.LEADS_IMPORT, 200, by_id("import_id", "imported"), "id", MEMBERS),
    # These imports are undone: reached, and refused.
    Row("POST", f"{_ONE}/check", P.LEADS_IMPORT, 409, _planned, "id", MEMBERS),
    *(
        Row("POST", f"{_ONE}/{verb}", P.LEADS_IMPORT, 409, by_id("import_id", "imported"), "id", MEMBERS)
        for verb in ("run", "cancel", "undo")
    ),
    Row("GET", f"{_ONE}/rows", P.LEADS_IMPORT, 200, _rows_from, "id", MEMBERS),
    Row("GET", f"{_ONE}/rows.csv", P.LEADS_IMPORT, 200, _rows_from, "id", MEMBERS),
    Row("GET", "/crm/leads/export.csv", P.EXPORTS, 200),
    Row(
        "GET",
        "/crm/leads/export.csv",
        P.EXPORTS,
        200,
        lambda ids, _own: Sent(query={"owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        absent=200,
    ),
    Row("GET", "/crm/clients/export.csv", P.EXPORTS, 200),
    Row("GET", "/crm/patients/export.csv", P.EXPORTS, 200),
    *(
        Row(
            "GET",
            f"/crm/{name}/export.csv",
            P.EXPORTS,
            200,
            lambda ids, _own: Sent(query={"owner_user_id": ids.user}),
            "owner",
            MEMBERS,
            absent=200,
        )
        for name in ("clients", "patients")
    ),
)
