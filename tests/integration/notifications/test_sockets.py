"""NOTIFICATION reaches its person's own sockets, live and by `catch_up`, and no colleague's."""

from __future__ import annotations

import asyncio

from core.database import Database
from core.outbox import emit
from tests.integration.realtime.conftest import FOREIGN, TENANT, api, db, sessions
from tests.integration.realtime.living import Api, browsing, happen

__all__ = ["api", "db", "sessions"]


async def tell(db: Database, user_id: int | None) -> None:
    async with db.tenant(TENANT) as tx:
        await emit(tx, "NOTIFICATION", {"n": 1}, owner_user_id=user_id, audience="user")


async def test_a_notification_is_heard_by_its_person_whatever_the_role_and_by_nobody_else(
    api: Api, db: Database
) -> None:
    people = [(1, "ceo"), (2, "closer"), (3, "secretary"), (4, "setter")]
    async with (
        browsing(api, api.sessions.open(TENANT, 1, "ceo")) as ceo,
        browsing(api, api.sessions.open(TENANT, 2, "closer")) as closer,
        browsing(api, api.sessions.open(TENANT, 3, "secretary")) as secretary,
        browsing(api, api.sessions.open(TENANT, 4, "setter")) as setter,
        browsing(api, api.sessions.open(FOREIGN, 2, "closer")) as foreign,
    ):
        sockets = dict(zip((user_id for user_id, _ in people), (ceo, closer, secretary, setter), strict=True))
        for user_id, socket in sockets.items():
            await tell(db, user_id)
            await socket.hears(lambda event: event.get("n") == 1)
        await happen(db, TENANT, {"n": 2}, everyone=True)
        for socket in sockets.values():
            await socket.hears(lambda event: event.get("n") == 2)
            assert socket.numbers() == [1, 2]
        assert foreign.numbers() == []


async def test_an_event_for_one_person_without_one_is_heard_by_nobody(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as ceo:
        await tell(db, None)
        await happen(db, TENANT, {"n": 2}, everyone=True)
        await ceo.hears(lambda event: event.get("n") == 2)
        await asyncio.sleep(0.1)
        assert ceo.numbers() == [2]


async def test_catch_up_gives_it_to_its_person_alone(api: Api, db: Database) -> None:
    await tell(db, 2)
    await happen(db, TENANT, {"n": 2}, everyone=True)
    await asyncio.sleep(0.3)
    async with browsing(api, api.sessions.open(TENANT, 2, "closer")) as closer:
        missed = await closer.ask("catch_up", 0)
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as ceo:
        others = await ceo.ask("catch_up", 0)
    assert [event["payload"]["n"] for event in missed["events"]] == [1, 2]
    assert [event["payload"]["n"] for event in others["events"]] == [2]
