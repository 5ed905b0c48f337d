"""Keyset paging (PRODUCT §15): `?limit≤100&cursor=` → `{items, next_cursor}`.

A cursor is a place, no permission: the sort key of the last row shown, in base64url. It says where to go on in the
caller's own list: one that was made by somebody else, in another company too, can only skip rows.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar

import msgspec
from pydantic import BaseModel
from starlette.responses import Response

from core.errors import BadInput

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=BaseModel)

LARGEST_PAGE: Final = 100
DEFAULT_PAGE: Final = 50
LARGEST_ID: Final = 2**63 - 1
NEWEST: Final = datetime(9999, 1, 1, tzinfo=UTC)
OLDEST: Final = datetime(1, 1, 2, tzinfo=UTC)
_LARGEST_RANK: Final = 2**31 - 1
_MICROSECOND: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class InvalidCursor(BadInput):
    """A cursor that no list of ours has given."""

    code = "invalid_cursor"

    def __init__(self) -> None:
        super().__init__("the cursor is not one of ours")


class Page(BaseModel, Generic[Shown]):
    """One page; `next_cursor` is None on the last one."""

    items: list[Shown]
    next_cursor: str | None


def page(
    rows: Sequence[Item], limit: int, *, show: Callable[[Item], Shown], cursor: Callable[[Item], str]
) -> Page[Shown]:
    """The first `limit` rows as shown; ask the database for `limit + 1`, so that the last page is known."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(items=[show(row) for row in shown], next_cursor=cursor(shown[-1]) if more else None)


def encoded_page(rows: Sequence[Item], limit: int, *, cursor: Callable[[Item], str]) -> Response:
    """As `page`, of rows that are the documented item already: encoded as they are, without a model between."""
    shown = rows[:limit]
    told = {"items": shown, "next_cursor": cursor(shown[-1]) if len(rows) > limit else None}
    return Response(msgspec.json.encode(told), media_type="application/json")


def id_cursor(row_id: int) -> str:
    """The cursor of a list that is ordered by id."""
    return _encode(row_id)


def id_before(cursor: str | None) -> int:
    """Where a list by falling id goes on: rows below this id. Raises InvalidCursor."""
    return _decode(cursor, 1)[0] if cursor else LARGEST_ID


def moment_cursor(at: datetime, row_id: int) -> str:
    """The cursor of a list that is ordered by a time, then by id; exact to the microsecond, as PostgreSQL is."""
    passed = at - _EPOCH
    return _encode((passed.days * 86_400 + passed.seconds) * _MICROSECOND + passed.microseconds, row_id)


def moment_of(cursor: str) -> tuple[datetime, int]:
    """The time and id at which a list goes on. Raises InvalidCursor."""
    microseconds, row_id = _decode(cursor, 2)
    try:
        seconds, rest = divmod(microseconds, _MICROSECOND)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), row_id
    except (OverflowError, ValueError, OSError) as error:
        raise InvalidCursor from error


def rank_cursor(rank: int, row_id: int) -> str:
    """The cursor of a list that is ordered by a number, then by id."""
    return _encode(rank, row_id)


def rank_of(cursor: str) -> tuple[int, int]:
    """The number and id at which a list goes on. Raises InvalidCursor, for a number beyond 32 bits too."""
    rank, row_id = _decode(cursor, 2)
    if abs(rank) > _LARGEST_RANK:
        raise InvalidCursor
    return rank, row_id


def _encode(*numbers: int) -> str:
    return base64.urlsafe_b64encode(".".join(map(str, numbers)).encode()).rstrip(b"=").decode()


def _decode(cursor: str, count: int) -> tuple[int, ...]:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        numbers = tuple(int(part) for part in text.split("."))
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InvalidCursor from error
    if len(numbers) != count or any(abs(number) > LARGEST_ID for number in numbers):
        raise InvalidCursor
    return numbers
