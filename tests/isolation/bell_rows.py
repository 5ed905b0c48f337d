"""Rows of the bell: what is addressed to the caller alone, so that another's number changes and shows nothing."""

from __future__ import annotations

from core.paging import id_cursor
from tests.isolation.rows import Row, Sent, State

_ANYBODYS: tuple[State, ...] = ("own", "foreign", "missing", "colleague")
BELL_ROWS = (
    Row("GET", "/notifications", None, 200),
    Row(
        "GET",
        "/notifications",
        None,
        200,
        lambda ids, _own: Sent(query={"cursor": id_cursor(ids.notification)}),
        "cursor",
        _ANYBODYS,
        absent=200,
        others=False,
    ),
    Row("GET", "/notifications/summary", None, 200),
    Row(
        "POST",
        "/notifications/read",
        None,
        200,
        lambda ids, _own: Sent(body={"ids": [ids.notification]}),
        "id",
        _ANYBODYS,
        absent=200,
        others=False,
    ),
    Row(
        "POST",
        "/notifications/read",
        None,
        200,
        lambda ids, _own: Sent(body={"through_id": ids.notification}),
        "through",
        _ANYBODYS,
        absent=200,
        others=False,
    ),
)
