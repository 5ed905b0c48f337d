"""How a row names a record: by its id in the path, or as the place where a list goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from core.json_types import Json
from core.paging import id_cursor, moment_cursor
from tests.isolation.rows import Ids, Sent


def by_id(name: str, attribute: str, body: Mapping[str, Json] | None = None) -> Callable[[Ids, Ids], Sent]:
    return lambda ids, _own: Sent(path={name: getattr(ids, attribute)}, body=body)


def by_cursor(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"cursor": id_cursor(ids.lead)})


def by_moment(ids: Ids, _own: Ids, **query: str) -> Sent:
    return Sent(query={**query, "cursor": moment_cursor(datetime(2026, 2, 1, tzinfo=UTC), ids.lead)})
