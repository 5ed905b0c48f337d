"""`catch_up(since)`: what was missed, no more than one may see, or `reset` (PRODUCT §13)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.database import Database
from core.directory import Directory
from core.media_store import MediaStore
from orchestrator_service.pruning.hourly import prune, prune_hourly
from orchestrator_service.realtime import catch_up as catching_up
from tests.integration.realtime.living import Api, background, browsing, happen, stored, until
from tests.support.factories import DIRECTORY_KEY

TENANT, FOREIGN = 7, 8


async def three_events(db: Database) -> None:
    """Of owner 2, of nobody, of owner 1: published, numbered 1 to 3; and one of the other company."""
    for number, owner in ((1, 2), (2, None), (3, 1)):
        await happen(db, TENANT, {"n": number}, owner=owner)
    await happen(db, FOREIGN, {"n": 9}, everyone=True)

    async def all_out() -> bool:
        rows = [*await stored(db, TENANT), *await stored(db, FOREIGN)]
        return all(row["published_at"] for row in rows)

    await until(all_out)


def numbers(answer: Any) -> list[int]:
    return [event["payload"]["n"] for event in answer["events"]]


async def test_a_ceo_gets_everything_after_the_number_in_order(api: Api, db: Database) -> None:
    await three_events(db)
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        answer = await browser.ask("catch_up", 1)
        assert numbers(answer) == [2, 3]
        assert answer["seq"] == 3
        assert answer["events"][0]["name"] == "LEAD_UPDATED"
        assert answer["events"][0]["payload"]["seq"] == 2


async def test_a_setter_gets_own_and_unassigned_ones_alone(api: Api, db: Database) -> None:
    await three_events(db)
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as browser:
        assert numbers(await browser.ask("catch_up", 0)) == [2, 3]


async def test_nothing_missed_is_an_empty_list(api: Api, db: Database) -> None:
    await three_events(db)
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        assert await browser.ask("catch_up", 3) == {"events": [], "seq": 3}


@pytest.mark.parametrize("since", [None, -1, 4, True, "1", 1.0, 2**70, [1], {"since": 1}])
async def test_a_number_that_the_tenant_never_reached_means_a_reset(api: Api, db: Database, since: object) -> None:
    await three_events(db)
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        assert await browser.ask("catch_up", since) == {"reset": True, "seq": 3}


async def test_pruned_events_mean_a_reset_and_younger_ones_are_kept(api: Api, db: Database) -> None:
    await three_events(db)
    async with db.tenant(TENANT) as tx:
        await tx.connection.execute(
            "UPDATE outbox_events SET published_at = published_at - interval '25 hours' WHERE seq = 1"
        )
    assert await prune(db, TENANT, datetime.now(UTC)) == 1
    assert len(await stored(db, FOREIGN)) == 1
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        assert await browser.ask("catch_up", 0) == {"reset": True, "seq": 3}
        assert numbers(await browser.ask("catch_up", 1)) == [2, 3]


@pytest.mark.usefixtures("api")
async def test_the_hourly_pruning_reaches_every_company(db: Database) -> None:
    await three_events(db)
    directory = Directory(DIRECTORY_KEY)
    async with db.system() as system:
        for tenant_id in (TENANT, FOREIGN):
            await directory.add(system, "tenant", str(tenant_id), tenant_id)
    day_after_tomorrow = datetime.now(UTC) + timedelta(days=2)
    async with background(prune_hourly(db, directory, lambda: day_after_tomorrow, MediaStore("memory://pruned"))):

        async def nothing_left() -> bool:
            return not await stored(db, TENANT) and not await stored(db, FOREIGN)

        await until(nothing_left)


async def test_an_unpublished_event_is_never_pruned(db: Database) -> None:
    await happen(db, TENANT, {"n": 1})
    assert await prune(db, TENANT, datetime.now(UTC) + timedelta(days=30)) == 0


async def test_more_events_than_are_worth_sending_mean_a_reset(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_events(db)
    monkeypatch.setattr(catching_up, "MOST_EVENTS", 2)
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        assert await browser.ask("catch_up", 0) == {"reset": True, "seq": 3}
        assert numbers(await browser.ask("catch_up", 1)) == [2, 3]
