"""Wrong passwords slow an account's logins down and never shut it: whoever guesses cannot lock the owner out."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx
import pytest

from core.rate_limit import RateLimiter
from orchestrator_service.auth import throttle
from orchestrator_service.auth.throttle import FREE_FAILURES, LONGEST_DELAY, LoginThrottle
from tests.support.api import PASSWORD, Api, Member, fresh_address, fresh_email
from tests.support.factories import make_tenant

WRONG = "another long password"


async def log_in(
    api: Api, email: str, password: str = PASSWORD.reveal(), *, device: str | None = None, address: str | None = None
) -> httpx.Response:
    async with api.browser(address=address) as browser:
        if device is not None:
            browser.cookies.set(api.door.device.name, device)
        return await browser.post("/auth/login", json={"email": email, "password": password})


async def guess(api: Api, email: str, times: int) -> None:
    for _ in range(times):
        assert (await log_in(api, email, WRONG)).status_code == 401


async def somebody(api: Api) -> Member:
    return await api.member(await make_tenant(api.db), "ceo")


def device_of(answer: httpx.Response, api: Api) -> str:
    (cookie,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(api.door.device.name)]
    assert "HttpOnly" in cookie
    return cookie.partition("=")[2].partition(";")[0]


async def test_after_ten_wrong_passwords_the_right_one_still_gets_in_a_little_later(api: Api) -> None:
    ana = await somebody(api)
    await guess(api, ana.email, FREE_FAILURES)
    assert api.naps == []
    assert (await log_in(api, ana.email)).status_code == 204
    assert api.naps == [1]


async def test_it_grows_to_its_bound_and_tells_nobody_whether_the_account_exists(api: Api) -> None:
    ana = await somebody(api)
    seen: list[tuple[list[float], list[int]]] = []
    for email in (ana.email, fresh_email()):
        api.naps.clear()
        codes = [(await log_in(api, email, WRONG)).status_code for _ in range(FREE_FAILURES + 6)]
        seen.append((list(api.naps), codes))
    assert seen[0] == seen[1]
    assert seen[0] == ([1, 2, 4, 8, 8, 8], [401] * 16)
    assert (await log_in(api, ana.email)).status_code == 204
    assert api.naps[-1] == LONGEST_DELAY


async def test_right_passwords_do_not_count(api: Api) -> None:
    ana = await somebody(api)
    for _ in range(FREE_FAILURES + 2):
        assert (await log_in(api, ana.email)).status_code == 204
    assert api.naps == []


async def test_another_account_is_not_slowed_down(api: Api) -> None:
    ana, eva = await somebody(api), await somebody(api)
    await guess(api, ana.email, FREE_FAILURES + 1)
    api.naps.clear()
    assert (await log_in(api, eva.email)).status_code == 204
    assert api.naps == []


async def test_a_browser_that_has_logged_in_before_is_not_slowed_down_by_others(api: Api) -> None:
    ana, eva = await somebody(api), await somebody(api)
    device = device_of(await log_in(api, ana.email), api)
    others = device_of(await log_in(api, eva.email), api)
    await guess(api, ana.email, FREE_FAILURES)
    assert (await log_in(api, ana.email, device=device)).status_code == 204
    assert api.naps == []
    for unknown in (others, device[:-2] + "xx", "nonsense", ""):
        assert (await log_in(api, ana.email, device=unknown)).status_code == 204
    assert api.naps == [1, 1, 1, 1]


async def test_a_stolen_device_cookie_guesses_no_faster(api: Api) -> None:
    ana = await somebody(api)
    device = device_of(await log_in(api, ana.email), api)
    for _ in range(FREE_FAILURES + 2):
        assert (await log_in(api, ana.email, WRONG, device=device)).status_code == 401
    assert api.naps == [1, 2]
    assert (await log_in(api, ana.email)).status_code == 204  # and slows nobody else down
    assert api.naps == [1, 2]


async def test_a_device_cookie_is_no_session_and_a_session_no_device_cookie(api: Api) -> None:
    ana = await somebody(api)
    device = device_of(await log_in(api, ana.email), api)
    async with api.browser(device) as browser:
        assert (await browser.get("/auth/me")).status_code == 401
    assert api.door.device.known(await api.session(ana), ana.email, now=api.clock()) is None


async def test_control_without_the_delay_guessing_goes_on_at_full_speed(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_failures: int) -> int:
        return 0

    monkeypatch.setattr(throttle, "delay_after", none)
    await guess(api, (await somebody(api)).email, FREE_FAILURES + 5)
    assert api.naps == []


async def test_who_waits_holds_no_connection_and_there_are_only_so_many_of_them(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, eva = await somebody(api), await somebody(api)
    monkeypatch.setattr(throttle, "MOST_PER_ACCOUNT", 40)
    asleep, all_asleep, wake = 0, asyncio.Event(), asyncio.Event()

    async def sleep(_seconds: float) -> None:
        nonlocal asleep
        asleep += 1
        if asleep == 40:
            all_asleep.set()
        await wake.wait()

    # Counted here alone: on a busy machine forty at once may find Redis late, and would be forgiven.
    slow = LoginThrottle(RateLimiter(None), sleep=sleep)
    api.app.state.access = replace(api.door, throttle=slow)
    for _ in range(FREE_FAILURES):
        await slow.failed(ana.email, None)
    verified = api.passwords.verified
    address = fresh_address()
    waiting = [asyncio.create_task(log_in(api, ana.email, address=address))]
    waiting += [
        asyncio.create_task(log_in(api, ana.email, WRONG)) for _ in range(39)
    ]  # more than there are connections
    await all_asleep.wait()
    assert api.passwords.verified == verified
    twice = await log_in(api, ana.email, address=address)
    full = await log_in(api, ana.email)
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in (twice, full)] == [(429, "1")] * 2
    assert (await log_in(api, eva.email)).status_code == 204
    wake.set()
    answers = [answer.status_code for answer in await asyncio.gather(*waiting)]
    assert answers == [204, *[401] * 39]
    assert (slow.room.waiting, len(slow.room.per_account), slow.room.places) == (0, 0, set())
