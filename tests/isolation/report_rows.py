"""The rows of the reports, of sellers' targets and of stages that are taken away."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_cursor, by_id

P = Permission
_ROWS = "/crm/reports/rows"


def _of_seller(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"figure": "bookings", "seller_id": ids.seller})


def _paged(ids: Ids, own: Ids) -> Sent:
    return Sent(query={"figure": "leads", **by_cursor(ids, own).query})


REPORT_ROWS = (
    Row("GET", "/crm/reports", P.REPORTS_READ, 200),
    Row("GET", "/crm/reports/readiness", P.REPORTS_READ, 200),
    Row("GET", _ROWS, P.REPORTS_READ, 200, lambda _i, _o: Sent(query={"figure": "leads"})),
    Row("GET", _ROWS, P.REPORTS_READ, 200, _of_seller, "seller", MEMBERS, absent=200),
    Row("GET", _ROWS, P.REPORTS_READ, 200, _paged, "cursor", MEMBERS, absent=200),
    Row(
        "GET", "/crm/sellers/{seller_id}/performance", P.SELLERS_READ, 200, by_id("seller_id", "seller"), "id", RECORDS
    ),
    Row(
        "PUT",
        "/crm/sellers/{seller_id}/targets",
        P.SELLERS_MANAGE,
        200,
        by_id(
            "seller_id",
            "seller",
            {"month": "2026-01-05", "targets": [{"measure": "meetings", "amount": "12.00"}]},
        ),
        "id",
        RECORDS,
    ),
    # Stages have no ids among the matrix's records: somebody else's number is one that the company has not.
    Row(
        "DELETE",
        "/crm/pipeline/stages/{stage_id}",
        P.PIPELINE_WRITE,
        404,
        lambda ids, _own: Sent(path={"stage_id": ids.lead + 10**9}, query={"move_to": ids.lead + 10**9}),
        "id",
        MEMBERS,
        absent=404,
    ),
)
