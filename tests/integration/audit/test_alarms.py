"""What goes wrong from outside is written down: in the right company, once, and never instead of the refusal."""

from __future__ import annotations

from dataclasses import replace

from core.alarm import Alarm
from core.database import Database, open_database
from core.outbox import emit
from core.principal import Principal, TenantId, UserId
from core.system_events import NO_TENANT
from orchestrator_service.audit.read_log import AuditFilter, AuditLine, read_log
from orchestrator_service.realtime.catch_up import catch_up, tell_opened
from orchestrator_service.realtime.repository import number_events
from tests.support.api import Api
from tests.support.factories import make_tenant

JOIN = {"name": "Eve", "email": "eve@example.com", "role": "closer", "password": "nine purple lanterns drift"}


async def lines(db: Database, tenant: int, action: str) -> list[AuditLine]:
    async with db.tenant(tenant) as tx:
        return await read_log(tx, AuditFilter(action=action), before_id=2**62, most=100)


async def test_a_throttled_account_is_told_once_in_its_company(api: Api) -> None:
    ana = await api.member(await make_tenant(api.db), "closer")
    for _ in range(10):
        await api.door.throttle.failed(ana.email, None)
    for _ in range(3):
        async with api.browser() as browser:
            answer = await browser.post("/auth/login", json={"email": ana.email, "password": "x" * 12})
            assert answer.status_code == 401
    (line,) = await lines(api.db, ana.tenant_id, "auth.login_throttled")
    assert line.severity == "warning"
    assert line.address is not None


async def test_a_forged_request_is_told_without_its_path(api: Api) -> None:
    for address in ("198.51.100.1", "198.51.100.1", "198.51.100.2"):
        async with api.browser(address=address) as browser:
            headers = {"Origin": "https://evil.example"}
            assert (await browser.post("/auth/login", json={}, headers=headers)).status_code == 403
    found = await lines(api.db, NO_TENANT, "auth.csrf_refused")
    assert sorted(str(line.address) for line in found) == ["198.51.100.1", "198.51.100.2"]
    assert found[0].detail == {"method": "POST", "reason": "the request does not come from an allowed origin"}


async def test_a_network_of_countless_addresses_is_told_of_once(api: Api) -> None:
    for address in ("2001:db8::1", "2001:db8::2", "2001:db8::3:4", "2001:db8:0:1::1"):
        async with api.browser(address=address) as browser:
            await browser.post("/auth/login", json={}, headers={"Origin": "https://evil.example"})
    found = await lines(api.db, NO_TENANT, "auth.csrf_refused")
    assert sorted(str(line.address) for line in found) == ["2001:db8:0:1::1", "2001:db8::1"]


async def test_a_wrong_join_code_is_told(api: Api) -> None:
    async with api.browser() as browser:
        assert (await browser.post("/auth/register", json={"join_code": "wrong", **JOIN})).status_code == 202
    assert len(await lines(api.db, NO_TENANT, "auth.join_refused")) == 1


async def test_an_alarm_that_cannot_be_written_hides_no_refusal(api: Api) -> None:
    away = await open_database(api.db.url, application="tests")
    await away.close()
    api.app.state.access = replace(api.door, alarm=Alarm(away, api.door.alarm.rare))
    async with api.browser() as browser:
        assert (
            await browser.post("/auth/login", json={}, headers={"Origin": "https://evil.example"})
        ).status_code == 403


async def test_what_a_socket_hears_is_written_down(db: Database) -> None:
    tenant = await make_tenant(db)
    principal = Principal(TenantId(tenant), UserId(7), "ceo")
    await tell_opened(db, principal)
    async with db.tenant(tenant) as tx:
        await emit(tx, "NEW_LEAD", {"id": 1}, owner_user_id=None)
        await number_events(tx, 100)
    assert (await catch_up(db, principal, 0))["seq"] == 1
    await catch_up(db, principal, 1)
    (opened,) = await lines(db, tenant, "realtime.opened")
    (told,) = await lines(db, tenant, "realtime.catch_up")
    assert (opened.user_id, told.user_id, told.detail) == (7, 7, {"since": 0, "events": 1})
