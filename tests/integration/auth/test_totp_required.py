"""A company wants a second factor: who has none may set one up and leave, and nothing else, on every route there is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from pyotp.totp import TOTP
from socketio.exceptions import ConnectionError as SocketRefused

from core.json_types import JsonObject
from core.principal import Principal
from orchestrator_service.auth.authenticate import authenticate_cookies
from tests.integration.auth.second_factor import SQL, WORD, protect
from tests.integration.realtime.living import Sessions, browsing, new_browser
from tests.integration.realtime.living import running_api as running_sockets
from tests.support.api import Api
from tests.support.factories import make_tenant
from tests.support.live_routes import LiveRoute, live_routes

# What an account that owes one may ask.
OPEN_TO_DEBTORS = {
    ("GET", "/auth/me"),
    ("POST", "/auth/logout"),
    ("GET", "/auth/totp"),
    ("POST", "/auth/totp"),
    ("POST", "/auth/totp/confirm"),
    ("POST", "/auth/totp/off"),
    ("POST", "/auth/totp/recovery-codes"),
}


def path_of(route: LiveRoute) -> str:
    """Some address of the route; whether the record is there does not matter."""
    return re.sub(r"\{(\w*session\w*)\}", "0190b5a2-7c1e-7a6b-9d4e-0242ac120002", route.path).replace(
        "{name}", "model:api_key"
    )


async def test_every_route_but_those_of_setting_it_up_is_shut(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    debtor = await api.member(boss.member.tenant_id, "ceo")
    cookie = await api.session(debtor)
    async with api.browser(boss.cookie) as ceo:
        assert (await ceo.put("/admin/core/security", json={"require_totp": True})).json() == {"require_totp": True}
    wrong: list[str] = []
    asked = 0
    for route in live_routes(api.app):
        if not route.logged_in:
            continue
        async with api.browser(cookie) as browser:
            path = re.sub(r"\{\w+\}", "1", path_of(route))
            answer = await browser.request(
                route.method, path, json={} if route.method in {"POST", "PUT", "PATCH"} else None
            )
        shut = answer.status_code == 403 and answer.json()["code"] == "totp_required"
        asked += 1
        if shut is (route.key in OPEN_TO_DEBTORS) or route.bars_debtors is (route.key in OPEN_TO_DEBTORS):
            wrong.append(f"{route.method} {route.path}: {answer.status_code}")
        if route.key == ("POST", "/auth/logout"):
            cookie = await api.session(debtor)
    assert wrong == []
    assert asked > 60


async def test_who_has_one_works_on_and_who_has_none_gets_in_to_set_it_up(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    ana = await api.member(boss.member.tenant_id, "closer")
    async with api.browser(boss.cookie) as ceo, api.browser() as browser:
        await ceo.put("/admin/core/security", json={"require_totp": True})
        assert (await ceo.get("/crm/leads")).status_code == 200
        assert (await ceo.get("/auth/me")).json()["owes_totp"] is False
        assert (await browser.post("/auth/login", json={"email": ana.email, "password": WORD})).status_code == 204
        assert (await browser.get("/auth/me")).json()["owes_totp"] is True
        assert (await browser.get("/auth/totp")).json()["required"] is True
        refused = await browser.get("/crm/leads")
        assert (refused.status_code, refused.json()["code"]) == (403, "totp_required")
        secret = (await browser.post("/auth/totp", json={"password": WORD})).json()["secret"]
        assert (await browser.get("/crm/leads")).status_code == 403, "begun is not done"
        await browser.post("/auth/totp/confirm", json={"code": TOTP(secret).at(api.clock())})
        assert (await browser.get("/crm/leads")).status_code == 200
        await ceo.put("/admin/core/security", json={"require_totp": False})
        eva = await api.session(await api.member(boss.member.tenant_id, "closer"))
    async with api.browser(eva) as browser:
        assert (await browser.get("/crm/leads")).status_code == 200


@dataclass(frozen=True)
class Announced:
    """What left for the web app."""

    name: str
    audience: str
    payload: JsonObject


class DoorSessions(Sessions):
    """The sockets' sessions as the service itself reads them."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api

    async def authenticate(self, cookie: str) -> Principal | None:
        return await authenticate_cookies(self._api.door, cookie)


async def test_open_sockets_of_who_owes_one_end_within_five_seconds_and_new_ones_are_refused(
    api: Api, redis_url: str
) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    ana = await api.member(boss.member.tenant_id, "closer")
    name = api.door.cookie.name
    debtor, protected = f"{name}={await api.session(ana)}", f"{name}={boss.cookie}"
    async with running_sockets(api.db, redis_url, DoorSessions(api), relay=False) as sockets:
        async with browsing(sockets, debtor) as socket, api.browser(boss.cookie) as ceo:
            await ceo.put("/admin/core/security", json={"require_totp": True})
            assert await socket.is_closed(within=5)
        refused = new_browser()
        with pytest.raises(SocketRefused):
            async with browsing(sockets, debtor, browser=refused):
                pass
        assert "unauthorized" in str(refused.refusals)
        async with browsing(sockets, protected) as control:
            assert not await control.is_closed(within=3)


async def test_another_company_is_not_concerned_and_only_a_ceo_decides(api: Api) -> None:
    boss = await protect(api, await make_tenant(api.db), "ceo")
    other = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(boss.cookie) as ceo, api.browser(await api.session(other)) as stranger:
        await ceo.put("/admin/core/security", json={"require_totp": True})
        assert (await stranger.get("/admin/core/security")).json() == {"require_totp": False}
        assert (await stranger.get("/crm/leads")).status_code == 200
        logs = (await ceo.get("/admin/core/audit/logs", params={"action": "company.totp_required"})).json()["items"]
        assert [line["detail"] for line in logs] == [{"required": True}]
        await ceo.put("/admin/core/security", json={"require_totp": True})  # as it is: nothing to tell
    async with api.db.tenant(boss.member.tenant_id) as tx:
        told = [event for event in await tx.all(SQL["announced"], Announced) if event.name == "COMPANY_UPDATED"]
    assert told == [Announced("COMPANY_UPDATED", "everyone", {"require_totp": True})]
    for role in ("secretary", "setter", "closer", "professional"):
        member = await protect(api, boss.member.tenant_id, role)
        async with api.browser(member.cookie) as browser:
            refused = await browser.put("/admin/core/security", json={"require_totp": False})
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
