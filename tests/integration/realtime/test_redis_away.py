"""Redis is speed, not truth: while it is away events wait, and arrive when it is back (ADR 0006)."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from core.database import Database
from nexus.servers.state import hold
from nexus.servers.valkey import EmbeddedValkey
from orchestrator_service.realtime.server import SocketServer
from tests.integration.realtime.living import Browser, Sessions, browsing, happen, new_browser, running_api, stored

TENANT = 7


@pytest.fixture
def valkey() -> Generator[EmbeddedValkey]:
    """A server of this test's own, to be stopped and started."""
    with TemporaryDirectory() as folder, hold(Path(folder) / "state") as state:
        server = EmbeddedValkey(state)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def catching_up(browser: Browser) -> Browser:
    """Has the browser ask at each connection for what it missed, as the web app does."""

    async def connected() -> None:
        since = max(browser.numbers("seq"), default=0)
        answer: dict[str, Any] = await browser.client.call("catch_up", since, timeout=2)
        known = set(browser.numbers("seq"))
        for event in answer.get("events", []):
            if event["payload"]["seq"] not in known:
                browser.heard.append((event["name"], event["payload"]))

    browser.client.on("connect", connected)
    return browser


async def test_events_committed_while_redis_is_away_arrive_when_it_is_back(
    db: Database, valkey: EmbeddedValkey, sessions: Sessions
) -> None:
    cookie = sessions.open(TENANT, 1, "ceo")
    async with (
        running_api(db, valkey.url, sessions) as api,
        browsing(api, cookie, browser=catching_up(new_browser(reconnects=True))) as browser,
    ):
        await happen(db, TENANT, {"n": 1})
        await browser.hears(lambda event: event.get("n") == 1)
        valkey.stop()
        await happen(db, TENANT, {"n": 2})
        await asyncio.sleep(0.5)
        assert [bool(row["published_at"]) for row in await stored(db, TENANT)] == [True, False]
        assert browser.client.connected
        valkey.start()
        await browser.hears(lambda event: event.get("n") == 2, within=8)
        await happen(db, TENANT, {"n": 3})
        await browser.hears(lambda event: event.get("n") == 3, within=3)
        assert set(browser.numbers("seq")) == {1, 2, 3}


async def test_a_process_that_did_not_hear_the_bus_makes_its_browsers_catch_up(
    db: Database, valkey: EmbeddedValkey, sessions: Sessions
) -> None:
    assert await hears_what_its_process_missed(db, valkey, sessions)


@pytest.mark.proof
async def test_control_without_that_a_missed_event_would_stay_missed(
    db: Database, valkey: EmbeddedValkey, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: object) -> None:
        pass

    monkeypatch.setattr(SocketServer, "_drop_transports", nothing)
    assert not await hears_what_its_process_missed(db, valkey, sessions)


async def hears_what_its_process_missed(db: Database, valkey: EmbeddedValkey, sessions: Sessions) -> bool:
    """The bus comes back and another process publishes before this one has subscribed again."""
    cookie = sessions.open(TENANT, 1, "ceo")
    async with (
        running_api(db, valkey.url, sessions, relay=False) as api,
        browsing(api, cookie, browser=catching_up(new_browser(reconnects=True))) as browser,
    ):
        await happen(db, TENANT, {"n": 0})
        valkey.stop()
        async with db.tenant(TENANT) as tx:  # as if another process had published it into the void
            await tx.connection.execute("UPDATE outbox_events SET seq = 1, published_at = now()")
            await tx.connection.execute("INSERT INTO event_sequences (tenant_id, last_seq) VALUES (7, 1)")
        valkey.start()
        try:
            await browser.hears(lambda event: event.get("n") == 0, within=4)
        except AssertionError:
            return False
        return True
