"""Who is let in, what a client may say, and how soon a revoked session is out (PRODUCT §5.1, §13)."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

import aiohttp
import pytest
from socketio import exceptions as socketio_errors

from core.database import Database
from core.principal import Principal, TenantId, UserId
from orchestrator_service.realtime import sockets
from orchestrator_service.realtime.server import SocketServer
from tests.integration.realtime.living import ORIGIN, Api, browsing, happen, new_browser

TENANT = 7


async def refusal(api: Api, cookie: str | None, origin: str | None = ORIGIN) -> list[object]:
    """What the browser is told, if it is refused."""
    browser = new_browser()
    with pytest.raises(socketio_errors.ConnectionError):
        async with browsing(api, cookie, origin=origin, browser=browser):
            pass
    return browser.refusals


@pytest.mark.parametrize("cookie", [None, "nexus_session=forged"])
async def test_a_socket_without_a_live_session_is_refused(api: Api, cookie: str | None) -> None:
    refusals = await refusal(api, cookie)
    assert "unauthorized" in str(refusals)


async def test_a_socket_without_an_origin_is_refused_though_its_cookie_is_good(api: Api) -> None:
    refusals = await refusal(api, api.sessions.open(TENANT, 1, "ceo"), origin=None)
    assert "forbidden_origin" in str(refusals)


@pytest.mark.parametrize("origin", ["http://evil.test", "null", ORIGIN + ":81", ORIGIN.replace("http", "https"), "*"])
async def test_a_socket_from_a_foreign_origin_is_refused_though_its_cookie_is_good(api: Api, origin: str) -> None:
    await refusal(api, api.sessions.open(TENANT, 1, "ceo"), origin=origin)


async def test_a_socket_is_refused_while_sessions_cannot_be_read(api: Api) -> None:
    cookie = api.sessions.open(TENANT, 1, "ceo")
    api.sessions.broken = True
    assert "unavailable" in str(await refusal(api, cookie))


async def test_polling_is_not_offered(api: Api) -> None:
    headers = {"Cookie": api.sessions.open(TENANT, 1, "ceo"), "Origin": ORIGIN}
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{api.url}/socket.io/?EIO=4&transport=polling", headers=headers) as answer,
    ):
        assert answer.status == 400


async def test_messages_other_than_catch_up_get_no_answer_and_open_no_room(api: Api, db: Database) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as setter:
        for event in ("join", "enter_room", "subscribe", "connect", "disconnect", "NEW_LEAD"):
            await setter.client.emit(event, f"t:{TENANT}:all")
        with pytest.raises(socketio_errors.TimeoutError):
            await setter.client.call("join", f"t:{TENANT}:all", timeout=0.3)
        await happen(db, TENANT, {"n": 1}, owner=2)
        await happen(db, TENANT, {"n": 2}, owner=1)
        await setter.hears(lambda event: event.get("n") == 2)
        assert setter.numbers() == [2]


async def test_a_forged_connect_with_another_cookie_changes_nothing(api: Api, db: Database) -> None:
    ceo = api.sessions.open(TENANT, 9, "ceo")
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as setter:
        await setter.client.emit("connect", {"HTTP_ORIGIN": ORIGIN, "HTTP_COOKIE": ceo})
        await happen(db, TENANT, {"n": 1}, owner=2)
        await happen(db, TENANT, {"n": 2}, owner=1)
        await setter.hears(lambda event: event.get("n") == 2)
        assert setter.numbers() == [2]


async def test_a_forged_disconnect_does_not_take_a_socket_off_the_check(api: Api) -> None:
    revoked = api.sessions.open(TENANT, 1, "ceo")
    async with browsing(api, revoked) as browser:
        await browser.client.emit("disconnect", "transport close")
        assert await browser.ask("catch_up", 0) == {"events": [], "seq": 0}
        del api.sessions.by_cookie[revoked]
        assert await browser.is_closed(within=5)


@pytest.mark.proof
async def test_control_without_the_check_of_forgeries_both_would_work(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believed(*_: object) -> bool:
        return False

    monkeypatch.setattr(SocketServer, "_is_forged", believed)
    ceo = api.sessions.open(TENANT, 9, "ceo")
    async with browsing(api, api.sessions.open(TENANT, 1, "setter")) as setter:
        await setter.client.emit("connect", {"HTTP_ORIGIN": ORIGIN, "HTTP_COOKIE": ceo})
        await setter.client.emit("disconnect", "transport close")
        await asyncio.sleep(0.2)
        await happen(db, TENANT, {"n": 1}, owner=2)
        await setter.hears(lambda event: event.get("n") == 1)
        api.sessions.by_cookie.clear()
        assert not await setter.is_closed(within=5)


async def test_a_revoked_sessions_socket_is_closed_within_five_seconds_and_another_stays(api: Api) -> None:
    revoked, kept = api.sessions.open(TENANT, 1, "ceo"), api.sessions.open(TENANT, 2, "ceo")
    async with browsing(api, revoked) as browser, browsing(api, kept) as other:
        del api.sessions.by_cookie[revoked]
        assert await browser.is_closed(within=5)
        assert other.client.connected


@pytest.mark.proof
async def test_control_without_the_check_a_revoked_sessions_socket_would_live_on(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_check(_: object) -> None:
        pass

    monkeypatch.setattr(sockets.LiveSockets, "check", no_check)
    revoked = api.sessions.open(TENANT, 1, "ceo")
    async with browsing(api, revoked) as browser:
        del api.sessions.by_cookie[revoked]
        assert not await browser.is_closed(within=5)


async def test_a_changed_role_ends_the_socket_whose_rooms_were_chosen_for_the_old_one(api: Api) -> None:
    cookie = api.sessions.open(TENANT, 1, "ceo")
    async with browsing(api, cookie) as browser:
        session = api.sessions.by_cookie[cookie].session_id
        api.sessions.by_cookie[cookie] = Principal(TenantId(TENANT), UserId(1), "closer", session)
        assert await browser.is_closed(within=5)


async def test_disconnect_session_ends_that_sessions_sockets_at_once(api: Api) -> None:
    ended, kept = api.sessions.open(TENANT, 1, "ceo"), api.sessions.open(TENANT, 2, "ceo")
    async with browsing(api, ended) as browser, browsing(api, kept) as other:
        session = api.sessions.by_cookie[ended].session_id
        assert isinstance(session, UUID)
        await api.sockets.disconnect_session(session)
        assert await browser.is_closed(within=0.5)
        assert other.client.connected


async def test_a_check_without_an_answer_keeps_sockets_for_a_while_and_then_ends_them(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browsing(api, api.sessions.open(TENANT, 1, "ceo")) as browser:
        api.sessions.broken = True
        await api.sockets.live.check()
        assert not await browser.is_closed(within=0.3)
        monkeypatch.setattr(sockets, "UNCONFIRMED_SECONDS", 0.1)
        await api.sockets.live.check()
        assert await browser.is_closed(within=0.5)


async def test_a_transport_on_which_nobody_connects_is_closed(api: Api) -> None:
    address = f"{api.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(address, origin=ORIGIN) as transport:
        began = time.monotonic()
        async with asyncio.timeout(8):
            async for _ in transport:
                pass
        assert time.monotonic() - began < 8
