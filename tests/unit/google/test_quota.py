"""Nobody's calls go above what Google allows for one account in a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from core.google.access import CalendarAccess, SellerGrant
from core.google.outcomes import CannotConfirm, Events, Refused
from core.google.quota import BURST, PER_MINUTE, Quota
from core.secret import Secret
from tests.unit.google.scripted import ACCESS, CLIENT, said, scripted, whole

START = datetime(2026, 11, 24, 13, tzinfo=UTC)
EMPTY: dict[str, object] = {"items": [], "timeZone": "UTC"}


def spent(quota: Quota, clock: list[float], minutes: int) -> list[float]:
    """When one account's calls go, by somebody who always wants to make one more."""
    times: list[float] = []
    until = clock[0] + 60 * minutes
    while clock[0] < until:
        if (wait := quota.take("ana")) > 0:
            clock[0] += wait + 1e-6
        else:
            times.append(clock[0])
    return times


def test_no_minute_has_more_calls_than_the_share_of_a_process() -> None:
    clock = [1000.0]
    times = spent(Quota(clock=lambda: clock[0]), clock, minutes=5)
    assert times[BURST - 1] == times[0]
    for first in range(len(times)):
        within = sum(1 for one in times[first : first + PER_MINUTE + 2] if one < times[first] + 60)
        assert within <= PER_MINUTE + 1
    assert len(times) > 3 * PER_MINUTE // 2
    assert all(before <= after for before, after in pairwise(times))


def test_accounts_have_buckets_of_their_own() -> None:
    quota = Quota(20, 10, clock=lambda: 5.0)
    assert [quota.take("ana") for _ in range(10)] == [0.0] * 10
    assert quota.take("ana") > 0
    assert quota.take("bruno") == 0


def test_a_burst_above_the_minute_is_no_quota() -> None:
    with pytest.raises(ValueError, match="burst"):
        Quota(10, 10)


async def test_what_would_be_above_the_quota_waits_or_is_not_confirmed_and_never_sent() -> None:
    quota = Quota(2, 1)  # then one a minute, and nobody waits a minute
    other = CalendarAccess(SellerGrant(CLIENT, Secret("another")), "c@d.e")
    async with scripted(whole(EMPTY), whole(EMPTY), quota=quota) as google:
        end = START + timedelta(hours=1)
        assert isinstance(await google.calendar.events(ACCESS, START, end), Events)
        refused = await google.calendar.events(ACCESS, START, end, seconds=0.5)
        assert refused == CannotConfirm("rate_limited", "own quota")
        assert await google.calendar.delete(ACCESS, "e1", seconds=0.5) == Refused("rate_limited", permanent=False)
        assert isinstance(await google.calendar.events(other, START, end), Events)
    assert sum(path.endswith("/events") for _, path in google.asked) == 2


async def test_an_attempt_made_again_is_counted_too() -> None:
    quota = Quota(3, 2)
    async with scripted(said(500), said(500), whole(EMPTY), quota=quota) as google:
        found = await google.calendar.events(ACCESS, START, START + timedelta(hours=1), seconds=0.5)
    assert found == CannotConfirm("rate_limited", "own quota")


async def test_who_waits_for_a_moment_is_answered() -> None:
    quota = Quota(1201, 1)  # one each twentieth of a second
    async with scripted(whole(EMPTY), whole(EMPTY), quota=quota) as google:
        for _ in range(2):
            assert isinstance(await google.calendar.events(ACCESS, START, START + timedelta(hours=1)), Events)
