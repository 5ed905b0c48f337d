"""What a browser gets, from whom, and how soon (PRODUCT §13)."""

from __future__ import annotations

import asyncio
import time

import pytest

from core.database import Database
from core.outbox import emit
from orchestrator_service.realtime import publication, server
from tests.integration.realtime.living import Api, Sessions, browsing, happen, running_api
from tests.support.servers import RunServers

TENANT, FOREIGN = 7, 8


class Undo(Exception):
    """Ends a transaction without a commit."""


def one_room(*_: object) -> tuple[str, ...]:
    return ("one",)


def two_rooms(*_: object) -> tuple[str, ...]:
    return (f"t:{TENANT}:unassigned", f"t:{TENANT}:user:1")


async def change_and_undo(db: Database) -> None:
    async with db.tenant(TENANT) as tx:
        await emit(tx, "NEW_LEAD", {"n": 1}, owner_user_id=None)
        raise Undo


async def test_a_committed_event_arrives_within_a_second_with_its_number_and_time(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        began = time.monotonic()
        await happen(db, TENANT, {"n": 1}, name="NEW_LEAD")
        payload = await browser.hears(lambda event: event.get("n") == 1)
        assert time.monotonic() - began <= 1
        assert browser.heard[0][0] == "NEW_LEAD"
        assert payload["seq"] == 1
        assert "T" in payload["at"]


async def test_a_rolled_back_change_emits_nothing(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        with pytest.raises(Undo):
            await change_and_undo(db)
        await happen(db, TENANT, {"n": 2})
        await browser.hears(lambda event: event.get("n") == 2)
        await asyncio.sleep(0.2)
        assert browser.numbers() == [2]


async def test_what_is_about_accounts_reaches_those_who_may_read_them_alone(api: Api, db: Database) -> None:
    async with (
        browsing(api, api.sessions.open(TENANT, 1, "ceo")) as ceo,
        browsing(api, api.sessions.open(TENANT, 2, "secretary")) as secretary,
        browsing(api, api.sessions.open(TENANT, 3, "closer")) as closer,
        browsing(api, api.sessions.open(FOREIGN, 4, "ceo")) as foreigner,
    ):
        async with db.tenant(TENANT) as tx:
            await emit(tx, "USER_UPDATED", {"n": 1}, owner_user_id=3, audience="accounts")
        for tenant in (TENANT, FOREIGN):
            await happen(db, tenant, {"n": 2}, everyone=True)
        for browser in (ceo, secretary, closer, foreigner):
            await browser.hears(lambda event: event.get("n") == 2)
        assert [browser.numbers() for browser in (ceo, secretary, closer, foreigner)] == [[1, 2], [2], [2], [2]]


async def test_nothing_of_another_company_arrives(api: Api, db: Database) -> None:
    assert await foreign_hears(api, db) == []


async def test_control_with_one_room_for_all_another_companys_events_would_arrive(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "rooms_of_principal", one_room)
    monkeypatch.setattr(publication, "rooms_of_event", one_room)
    assert await foreign_hears(api, db) == [1, 2]


async def foreign_hears(api: Api, db: Database) -> list[int]:
    """What a ceo of the other company, whose user has the owner's number, hears of two events."""
    async with (
        browsing(api, api.sessions.open(FOREIGN, 1, "ceo")) as foreign,
        browsing(api, api.sessions.open(TENANT, 1, "ceo")) as own,
    ):
        await happen(db, TENANT, {"n": 1}, owner=1)
        await happen(db, TENANT, {"n": 2}, everyone=True)
        await own.hears(lambda event: event.get("n") == 2)
        await asyncio.sleep(0.2)
        return foreign.numbers()


async def test_a_setter_hears_own_and_unassigned_leads_but_not_another_setters(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as setter:
        await happen(db, TENANT, {"n": 1}, owner=2)
        await happen(db, TENANT, {"n": 2}, owner=None)
        await happen(db, TENANT, {"n": 3}, owner=1)
        await setter.hears(lambda event: event.get("n") == 3)
        assert setter.numbers() == [2, 3]


async def test_a_closer_hears_own_leads_and_what_is_for_everyone_alone(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "closer")) as closer:
        await happen(db, TENANT, {"n": 1}, owner=None)
        await happen(db, TENANT, {"n": 2}, owner=1)
        await happen(db, TENANT, {"n": 3}, everyone=True)
        await closer.hears(lambda event: event.get("n") == 3)
        assert closer.numbers() == [2, 3]


async def test_an_event_to_several_of_a_sockets_rooms_arrives_once(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "rooms_of_event", two_rooms)
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as setter:
        await happen(db, TENANT, {"n": 1})
        await happen(db, TENANT, {"n": 2})
        await setter.hears(lambda event: event.get("n") == 2)
        assert setter.numbers() == [1, 2]


async def test_a_browser_at_another_process_hears_it_too(db: Database, servers: RunServers, sessions: Sessions) -> None:
    cookie = sessions.open(TENANT, 1, "ceo")
    async with (
        running_api(db, servers.redis_url, sessions) as relaying,
        running_api(db, servers.redis_url, sessions, relay=False) as other,
        browsing(relaying, cookie) as here,
        browsing(other, cookie) as there,
    ):
        await happen(db, TENANT, {"n": 1})
        await here.hears(lambda event: event.get("n") == 1)
        await there.hears(lambda event: event.get("n") == 1)
        await asyncio.sleep(0.1)
        assert (here.numbers(), there.numbers()) == ([1], [1])
