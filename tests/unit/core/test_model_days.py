"""Days and months of caps begin on the company's wall clock, where clocks change too."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.model_calls import Prices, Spending, day_began, is_reached, month_began


@pytest.mark.parametrize(
    ("now", "zone", "began"),
    [
        ("2026-11-27T02:59:00", "America/Argentina/Buenos_Aires", "2026-11-26T03:00:00"),
        ("2026-11-27T03:00:00", "America/Argentina/Buenos_Aires", "2026-11-27T03:00:00"),
        ("2026-03-29T12:00:00", "Europe/Madrid", "2026-03-28T23:00:00"),  # the clocks were put on at 01:00 UTC
        ("2026-10-25T23:30:00", "Europe/Madrid", "2026-10-25T23:00:00"),
        ("2026-09-06T04:30:00", "America/Santiago", "2026-09-06T04:00:00"),  # midnight does not exist there
    ],
)
def test_a_day_begins_at_the_companys_midnight(now: str, zone: str, began: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert day_began(moment, zone).astimezone(UTC).isoformat() == f"{began}+00:00"


def test_a_month_begins_on_its_first_day() -> None:
    now = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    assert month_began(now, "America/Mexico_City").astimezone(UTC) == datetime(2026, 10, 1, 6, 0, tzinfo=UTC)


def test_prices_are_for_a_million_tokens() -> None:
    assert Prices(Decimal("2.5"), Decimal(10)).cost(1000, 200) == Decimal("0.0045")


@pytest.mark.parametrize(
    ("cost", "tokens", "reached"),
    [
        (None, None, False),
        ("1", None, True),
        ("1.01", None, False),
        (None, 10, True),
        (None, 11, False),
        ("2", 10, True),
    ],
)
def test_a_cap_is_reached_when_nothing_is_left_of_it(cost: str | None, tokens: int | None, *, reached: bool) -> None:
    assert is_reached(Spending(Decimal(1), 10), Decimal(cost) if cost else None, tokens) is reached
