"""Pages and their cursors: every row once, and nothing but our own cursors is read."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from core.paging import LARGEST_ID, InvalidCursor, Page, id_before, id_cursor, moment_cursor, moment_of, page

ROW_IDS = st.integers(min_value=1, max_value=LARGEST_ID)


class Shown(BaseModel):
    id: int


def page_of(ids: list[int], limit: int) -> Page[Shown]:
    return page(ids, limit, show=lambda row: Shown(id=row), cursor=id_cursor)


@given(ROW_IDS)
def test_an_id_comes_back_from_its_cursor(row_id: int) -> None:
    assert id_before(id_cursor(row_id)) == row_id


@given(
    st.datetimes(datetime(1, 1, 2), datetime(9998, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    ROW_IDS,
)
def test_a_moment_comes_back_to_the_microsecond(at: datetime, row_id: int) -> None:
    assert moment_of(moment_cursor(at, row_id)) == (at, row_id)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    at = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=-3)))
    assert moment_of(moment_cursor(at, 1))[0] == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_without_a_cursor_a_list_begins_at_its_newest() -> None:
    assert id_before(None) == LARGEST_ID
    assert id_before("") == LARGEST_ID


@given(st.lists(ROW_IDS, unique=True, max_size=30), st.integers(min_value=1, max_value=7))
def test_the_pages_of_a_list_are_the_list(ids: list[int], limit: int) -> None:
    rows = sorted(ids, reverse=True)
    seen: list[int] = []
    cursor: str | None = None
    while True:
        before = id_before(cursor)
        answer = page_of([row for row in rows if row < before or cursor is None][: limit + 1], limit)
        seen += [item.id for item in answer.items]
        cursor = answer.next_cursor
        if cursor is None:
            break
    assert seen == rows


def test_the_last_page_is_known_without_an_empty_one() -> None:
    assert page_of([3, 2], 2).next_cursor is None
    assert page_of([3, 2, 1], 2).next_cursor == id_cursor(2)


@pytest.mark.parametrize(
    "text",
    ["x", "!!!!", "ñ", base64.urlsafe_b64encode(b"1.2").decode(), base64.urlsafe_b64encode(b"a").decode(),
     base64.urlsafe_b64encode(str(LARGEST_ID + 1).encode()).decode(), base64.urlsafe_b64encode(b"\xff").decode()],
)  # fmt: skip
def test_what_is_no_cursor_of_ours_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        id_before(text)


def test_a_moment_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        moment_of(base64.urlsafe_b64encode(f"{LARGEST_ID}.1".encode()).decode())
