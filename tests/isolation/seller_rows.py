"""The rows of sellers' profiles and days off, and of the company's holidays."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_id

P = Permission


def _day(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"seller_id": ids.seller, "day_off_id": ids.day_off})


_PHOTO = "/crm/sellers/{seller_id}/photo"
SELLER_ROWS = (
    Row("POST", "/crm/sellers", P.SELLERS_MANAGE, 201, lambda _i, _o: Sent(body={"name": "SPARE-seller"})),
    Row(
        "POST",
        "/crm/sellers",
        P.SELLERS_MANAGE,
        409,
        lambda ids, _own: Sent(body={"name": "SPARE-seller", "user_id": ids.user}),
        "user",
        MEMBERS,
    ),
    Row("GET", "/crm/sellers/{seller_id}", P.SELLERS_READ, 200, by_id("seller_id", "seller"), "id", RECORDS),
    Row(
        "PATCH",
        "/crm/sellers/{seller_id}",
        P.SELLERS_WRITE,
        200,
        by_id("seller_id", "seller", {"zone": "America/Lima"}),
        "id",
        RECORDS,
    ),
    Row("GET", _PHOTO, P.AGENDA_READ, 200, by_id("seller_id", "seller"), "id", RECORDS),
    # What is no picture; then taken away and brought back.
    Row("PUT", _PHOTO, P.SELLERS_WRITE, 415, by_id("seller_id", "seller", {"no": "picture"}), "id", RECORDS),
    Row("DELETE", _PHOTO, P.SELLERS_WRITE, 200, by_id("seller_id", "seller"), "id", RECORDS),
    Row("POST", _PHOTO + "/restore", P.SELLERS_WRITE, 200, by_id("seller_id", "seller"), "id", RECORDS),
    Row(
        "POST",
        "/crm/sellers/{seller_id}/days-off",
        P.SELLERS_WRITE,
        201,
        by_id("seller_id", "seller", {"first_day": "2026-01-01", "last_day": "2026-01-02"}),
        "id",
        RECORDS,
    ),
    Row("DELETE", "/crm/sellers/{seller_id}/days-off/{day_off_id}", P.SELLERS_WRITE, 200, _day, "id", RECORDS),
    Row(
        "DELETE",
        "/crm/sellers/{seller_id}/days-off/{day_off_id}",
        P.SELLERS_WRITE,
        200,
        lambda ids, own: Sent(path={"seller_id": own.seller, "day_off_id": ids.spare_day_off}),
        "day",
        MEMBERS,
    ),
    Row(
        "GET",
        "/admin/core/settings/holidays",
        P.SETTINGS_READ,
        200,
        lambda _ids, _own: Sent(query={"year": 2026}),
    ),
    Row(
        "PUT",
        "/admin/core/settings/holidays/{day}",
        P.SETTINGS_WRITE,
        200,
        lambda _ids, _own: Sent(path={"day": "2026-01-01"}, body={"closed": True}),
    ),
)
