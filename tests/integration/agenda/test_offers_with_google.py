"""Times are offered from what Google says at that moment; what it does not say is never offered (PRODUCT §11.2)."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from core.database import Database
from core.google.outcomes import CannotConfirm
from orchestrator_service.agenda import live
from orchestrator_service.agenda.availability_facts import Free, NotFree
from orchestrator_service.agenda.free_times import Asked, FreeTimes, free_times
from orchestrator_service.google_calendar.models import LiveBusy
from tests.integration.agenda.in_google import InGoogle, in_google
from tests.integration.agenda.scene import HALF_HOUR, TEN, TOMORROW
from tests.support.factories import ZONE, make_seller

FAULTS = {
    "unreachable": {"kind": "drop"},
    "500": {"kind": "status", "status": 500},
    "429": {"kind": "status", "status": 429, "reason": "rateLimitExceeded"},
    "slow": {"kind": "slow", "seconds": 30.0},
    "garbage": {"kind": "garbage"},
    "error in 200": {"kind": "error_in_200"},
    "of this calendar": {"kind": "status", "status": 404, "reason": "notFound"},
}


@pytest.fixture
async def made(db: Database) -> AsyncGenerator[InGoogle]:
    async with in_google(db) as one:
        yield one


async def ask(made: InGoogle, explain: timedelta | None = None) -> FreeTimes:
    asked = Asked(made.scene.seller_id, TOMORROW, explain=TEN + explain if explain is not None else None)
    return await free_times(made.scene.db, made.door, made.principal, asked, now=made.clock())


async def test_a_time_that_is_taken_in_google_is_not_offered(made: InGoogle) -> None:
    await made.busy_by_hand(TEN, 2 * HALF_HOUR)
    await made.busy_by_hand(TEN + 4 * HALF_HOUR, transparency="transparent")
    found = await made.offers()
    clocks = [one.starts_at.astimezone(ZONE).strftime("%H:%M") for one in found.offers]
    assert clocks[:5] == ["09:00", "09:30", "11:00", "11:30", "12:00"]
    assert found.cannot_confirm == ()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_seller_whose_calendar_does_not_answer_is_named_and_the_others_are_offered(
    made: InGoogle, fault: dict[str, str | int | float]
) -> None:
    other = await make_seller(made.scene.db, made.tenant_id, "Bruno Díaz")
    await made.google.fault(**fault, times=None, verb="list")  # pyright: ignore[reportArgumentType] - JSON
    began = time.monotonic()
    found = await made.offers()
    assert time.monotonic() - began <= 8
    assert found.cannot_confirm == ("Ana Pérez",)
    assert {one.seller_id for one in found.offers} == {other}


async def test_control_a_silent_google_that_is_taken_for_an_empty_one_is_offered(
    made: InGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = live.live_busy

    async def trusting(*args: object) -> dict[int, object]:
        answers = await asked(*args)  # pyright: ignore[reportArgumentType] - passed on
        return {one: LiveBusy(()) if isinstance(known, CannotConfirm) else known for one, known in answers.items()}

    monkeypatch.setattr(live, "live_busy", trusting)
    await made.google.fault("garbage", times=None)
    assert {one.seller_id for one in (await made.offers()).offers} == {made.scene.seller_id}


async def test_a_seller_of_whom_google_was_not_asked_is_unknown(made: InGoogle) -> None:
    assert isinstance(live.Live().of(made.scene.seller_id), CannotConfirm)


async def test_the_team_sees_when_somebody_is_free_and_why_not(made: InGoogle) -> None:
    await made.busy_by_hand()
    seen = await ask(made, explain=timedelta(0))
    assert seen.confirmed
    assert TEN not in [one.start_utc for one in seen.slots]
    assert isinstance(seen.explained, NotFree)
    assert seen.explained.rule == "google_busy"
    assert isinstance((await ask(made, explain=HALF_HOUR)).explained, Free)


async def test_an_instant_of_another_day_is_asked_about_too(made: InGoogle) -> None:
    await made.busy_by_hand(TEN + timedelta(days=2))
    explained = (await ask(made, explain=timedelta(days=2))).explained
    assert isinstance(explained, NotFree)
    assert explained.rule == "google_busy"


async def test_nothing_is_free_for_the_team_while_google_is_silent(made: InGoogle) -> None:
    await made.google.fault("garbage", times=None)
    seen = await ask(made, explain=timedelta(0))
    assert (seen.confirmed, seen.slots) == (False, ())
    assert isinstance(seen.explained, NotFree)
    assert seen.explained.rule == "unconfirmed"
    at_night = (await ask(made, explain=timedelta(hours=-8))).explained
    assert isinstance(at_night, NotFree)
    assert at_night.rule == "outside_hours"
