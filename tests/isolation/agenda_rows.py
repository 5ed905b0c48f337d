"""Rows of the agenda and of the sellers whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

from core.json_types import Json
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Row, Sent
from tests.isolation.ways import by_cursor, by_id, by_moment

P = Permission
_NUMBERS = count(1)


def _window() -> Mapping[str, str]:
    return {"from": "2026-01-01T00:00:00Z", "to": "2026-03-01T00:00:00Z"}


def _meeting(seller: int, lead: int | None) -> Mapping[str, Json]:
    starts = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=next(_NUMBERS))
    ends = starts + timedelta(minutes=30)
    body: dict[str, Json] = {"seller_id": seller, "starts_at": starts.isoformat(), "ends_at": ends.isoformat()}
    body["force"] = True  # the seller's calendar cannot be asked here
    return body | ({"lead_id": lead} if lead is not None else {})


AGENDA_ROWS = (
    Row("GET", "/agenda/events", P.AGENDA_READ, 200, lambda _i, _o: Sent(query=_window())),
    Row(
        "GET",
        "/agenda/events",
        P.AGENDA_READ,
        200,
        lambda ids, own: by_moment(ids, own, **_window()),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row(
        "GET",
        "/agenda/events",
        P.AGENDA_READ,
        200,
        lambda ids, _own: Sent(query={**_window(), "seller_id": ids.seller}),
        "seller",
        RECORDS,
        absent=200,
    ),
    Row("GET", "/agenda/holds", P.AGENDA_READ, 200, lambda _i, _o: Sent(query=_window())),
    Row(
        "POST",
        "/agenda/events",
        P.AGENDA_BOOK,
        201,
        lambda ids, _own: Sent(body=_meeting(ids.seller, None)),
        "seller",
        RECORDS,
    ),
    Row(
        "POST",
        "/agenda/events",
        P.AGENDA_BOOK,
        201,
        lambda ids, own: Sent(body=_meeting(own.seller, ids.lead)),
        "lead",
        RECORDS,
        scope_by=P.LEADS_READ,
    ),
)


def _moved(event: int, seller: int | None) -> Sent:
    times = {name: value for name, value in _meeting(0, None).items() if name != "seller_id"}
    return Sent(path={"event_id": event}, body={**times, "force": True, "seller_id": seller})


CHANGE_ROWS = (
    Row(
        "PATCH",
        "/agenda/events/{event_id}",
        P.AGENDA_WRITE,
        200,
        lambda ids, _own: _moved(ids.event, None),
        "id",
        RECORDS,
    ),
    Row(
        "PATCH",
        "/agenda/events/{event_id}",
        P.AGENDA_WRITE,
        200,
        lambda ids, own: _moved(own.event, ids.seller),
        "seller",
        RECORDS,
    ),
    Row("POST", "/agenda/events/{event_id}/cancel", P.AGENDA_WRITE, 200, by_id("event_id", "event"), "id", RECORDS),
    Row("POST", "/agenda/events/{event_id}/restore", P.AGENDA_WRITE, 200, by_id("event_id", "event"), "id", RECORDS),
    Row(
        "PUT",
        "/agenda/events/{event_id}/url",
        P.AGENDA_WRITE,
        200,
        by_id("event_id", "event", {"meeting_url": "https://meet.example/abc"}),
        "id",
        RECORDS,
    ),
    Row("GET", "/agenda/events/{event_id}/telling", P.AGENDA_WRITE, 200, by_id("event_id", "event"), "id", RECORDS),
    Row("POST", "/agenda/events/{event_id}/telling", P.AGENDA_WRITE, 200, by_id("event_id", "event"), "id", RECORDS),
    Row("GET", "/agenda/events/{event_id}/ics", P.AGENDA_READ, 200, by_id("event_id", "event"), "id", RECORDS),
    Row(
        "POST",
        "/agenda/events/{event_id}/mark",
        P.AGENDA_WRITE,
        200,
        by_id("event_id", "event", {"outcome": "confirmed"}),
        "id",
        RECORDS,
    ),
    Row(
        "GET",
        "/agenda/availability",
        P.AGENDA_READ,
        200,
        lambda ids, _own: Sent(query={"seller_id": ids.seller, "day": "2026-02-02"}),
        "seller",
        RECORDS,
    ),
    Row("GET", "/crm/sellers", P.AGENDA_READ, 200),
    Row("GET", "/crm/sellers", P.AGENDA_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
)
