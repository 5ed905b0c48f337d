"""The demo's door: its logins for the printed token, its phone for its own people, and nothing anywhere else."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TypeAlias

import pytest

from core.demo import Demo, DemoLogin
from core.principal import ROLES
from core.secret import Secret
from core.system_events import NO_TENANT
from orchestrator_service.audit.read_log import AuditFilter, read_log
from tests.support.api import Api, running_api, settings_for
from tests.support.factories import make_tenant
from tests.support.servers import Database

TOKEN, PHONE_TOKEN = "the-token-that-the-start-printed", "the-token-of-the-phone"
LOGINS = tuple(DemoLogin(role, f"Name of {role}", f"{role}@demo.example", Secret(f"pass-{role}")) for role in ROLES)

Demonstration: TypeAlias = Callable[[int], AbstractAsyncContextManager[Api]]


@pytest.fixture
def demonstration(database: Database, redis_url: str) -> Demonstration:
    """The API of a demo installation whose demo company is the given one."""

    @contextlib.asynccontextmanager
    async def run(tenant_id: int) -> AsyncGenerator[Api]:
        demo = Demo(tenant_id, Secret(TOKEN), LOGINS, 8099, Secret(PHONE_TOKEN))
        async with running_api(replace(settings_for(database, redis_url), demo=demo)) as running:
            yield running

    return run


async def test_the_printed_token_lists_the_logins(api: Api, demonstration: Demonstration) -> None:
    tenant = await make_tenant(api.db, mode="demo")
    async with demonstration(tenant) as demo, demo.browser() as browser:
        answer = await browser.post("/demo/logins", json={"token": TOKEN})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert [(one["role"], one["email"], one["password"]) for one in answer.json()["items"]] == [
        (role, f"{role}@demo.example", f"pass-{role}") for role in ROLES
    ]
    async with api.db.tenant(tenant) as tx:
        lines = await read_log(tx, AuditFilter(action="demo.door_opened"), before_id=2**60, most=5)
    assert len(lines) == 1


@pytest.mark.parametrize("token", ["guess", TOKEN[:-1], TOKEN + "x", "ñandú"])
async def test_any_other_token_gets_none_of_them_and_is_written_down(
    api: Api, demonstration: Demonstration, token: str
) -> None:
    tenant = await make_tenant(api.db, mode="demo")
    async with demonstration(tenant) as demo, demo.browser() as browser:
        answer = await browser.post("/demo/logins", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_demo_token")
    assert "demo.example" not in answer.text
    assert token not in answer.text
    async with api.db.tenant(NO_TENANT) as tx:
        lines = await read_log(tx, AuditFilter(action="demo.door_refused"), before_id=2**60, most=5)
    assert len(lines) == 1


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.4:8000", "127.0.0.1.evil.example"])
async def test_another_name_than_this_machines_is_told_nothing(
    api: Api, demonstration: Demonstration, host: str
) -> None:
    tenant = await make_tenant(api.db, mode="demo")
    boss = await api.member(tenant, "ceo")
    async with demonstration(tenant) as demo, demo.browser(await demo.session(boss)) as browser:
        logins = await browser.post("/demo/logins", json={"token": TOKEN}, headers={"Host": host})
        phone = await browser.get("/demo/simulator", headers={"Host": host})
        control = await browser.get("/demo/simulator")
    assert (logins.status_code, phone.status_code, control.status_code) == (404, 404, 200)


async def test_an_installation_without_a_demo_has_no_door(api: Api) -> None:
    tenant = await make_tenant(api.db, mode="demo")
    async with api.browser(await api.session(await api.member(tenant, "ceo"))) as browser:
        missing = await browser.get("/demo/nothing")
        for answer in (await browser.post("/demo/logins", json={"token": TOKEN}), await browser.get("/demo/simulator")):
            assert answer.status_code == 404
            assert answer.json()["code"] == missing.json()["code"]


async def test_ten_tries_a_minute_are_enough(api: Api, demonstration: Demonstration) -> None:
    async with demonstration(await make_tenant(api.db, mode="demo")) as demo, demo.browser() as browser:
        codes = [(await browser.post("/demo/logins", json={"token": "guess"})).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]


@pytest.mark.parametrize("role", ROLES)
async def test_everyone_of_the_demo_company_gets_the_phone(api: Api, demonstration: Demonstration, role: str) -> None:
    tenant = await make_tenant(api.db, mode="demo")
    members = {known: await api.member(tenant, known) for known in ROLES if known == role}
    async with demonstration(tenant) as demo:
        for member in members.values():
            async with demo.browser(await demo.session(member)) as browser:
                assert (await browser.get("/demo/simulator")).json() == {
                    "url": f"http://127.0.0.1:8099/?token={PHONE_TOKEN}"
                }
                localhost = await browser.get("/demo/simulator", headers={"Host": "localhost:8000"})
                assert localhost.json()["url"].startswith("http://localhost:8099/?")


async def test_another_company_of_the_installation_never_gets_the_phone(api: Api, demonstration: Demonstration) -> None:
    """Not even a demo company: the simulator shows the chats of the first one."""
    ours, theirs = await make_tenant(api.db, mode="demo"), await make_tenant(api.db, "Other", mode="demo")
    foreigner = await api.member(theirs, "ceo")
    async with demonstration(ours) as demo, demo.browser(await demo.session(foreigner)) as browser:
        answer = await browser.get("/demo/simulator")
        assert answer.status_code == 404
        assert PHONE_TOKEN not in answer.text
        async with demo.browser() as stranger:
            assert (await stranger.get("/demo/simulator")).status_code == 401


async def test_the_page_of_a_demo_may_frame_its_phone_and_no_other_page_may_frame_anything(
    api: Api, demonstration: Demonstration
) -> None:
    async with demonstration(await make_tenant(api.db, mode="demo")) as demo, demo.browser() as browser:
        demo_page = await browser.get("/login")
    async with api.browser() as browser:
        page = await browser.get("/login")
    if page.status_code == 503:
        pytest.skip("the web app is not built here; tests/integration/webapp has the same on a made-up build")
    assert "frame-src http://127.0.0.1:8099 http://localhost:8099;" in demo_page.headers["content-security-policy"]
    assert "nexus-demo" in demo_page.text
    assert "frame-src" not in page.headers["content-security-policy"]
    assert "nexus-demo" not in page.text
