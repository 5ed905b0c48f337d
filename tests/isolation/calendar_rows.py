"""Rows of sellers' Google calendars. Each seller of the matrix has one, whose secrets are nowhere: nothing is asked."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import RECORDS, Row, Sent
from tests.isolation.ways import by_id

P = Permission
_ONE = "/agenda/calendars/{seller_id}"
_WINDOW = {"from": "2026-01-01T00:00:00Z", "to": "2026-03-01T00:00:00Z"}
_CHOICE = {"calendar_id": "team@example.com"}

CALENDAR_ROWS = (
    Row("GET", "/agenda/calendars", P.AGENDA_READ, 200),
    Row("GET", "/agenda/mirrored", P.AGENDA_READ, 200, lambda _i, _o: Sent(query=_WINDOW)),
    Row(
        "GET",
        "/agenda/mirrored",
        P.AGENDA_READ,
        200,
        lambda ids, _own: Sent(query={**_WINDOW, "seller_id": ids.seller}),
        "seller",
        RECORDS,
        absent=200,
    ),
    Row("POST", f"{_ONE}/connect", P.SELLERS_WRITE, 409, by_id("seller_id", "seller"), "id", RECORDS),
    Row("GET", f"{_ONE}/choices", P.SELLERS_WRITE, 409, by_id("seller_id", "seller"), "id", RECORDS),
    Row("PUT", _ONE, P.SELLERS_WRITE, 409, by_id("seller_id", "seller", _CHOICE), "id", RECORDS),
    Row("PUT", f"{_ONE}/shared", P.VAULT_WRITE, 409, by_id("seller_id", "seller", _CHOICE), "id", RECORDS),
    Row("POST", f"{_ONE}/check", P.SELLERS_WRITE, 202, by_id("seller_id", "seller"), "id", RECORDS),
    Row("DELETE", _ONE, P.SELLERS_WRITE, 200, by_id("seller_id", "seller"), "id", RECORDS),
    Row("GET", "/agenda/google/callback", P.SELLERS_WRITE, 303, lambda _i, _o: Sent(query={"state": "s", "code": "c"})),
    Row(
        "PUT",
        "/agenda/google/service-account",
        P.VAULT_WRITE,
        422,
        lambda _i, _o: Sent(body={"key_file": "no key file"}),
    ),
    Row("GET", "/agenda/google/matches", P.VAULT_READ, 409),
)
