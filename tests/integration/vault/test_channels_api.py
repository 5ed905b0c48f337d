"""`/admin/core/channels`: a number is added, shown, changed and checked by the ceo alone; no key ever comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from core.contracts import CheckChannel
from core.errors import Unavailable
from core.json_types import JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from core.whatsapp import Refused, Template, TemplateList, Unknown
from tests.integration.chat.company import demo_company
from tests.integration.whatsapp.test_deliver import FakeProvider, Sending
from tests.integration.whatsapp.webhooks import running, settings_for
from tests.support.factories import make_channel, make_tenant
from whatsapp_service.delivery.check import check_channel
from whatsapp_service.main import create_app

if TYPE_CHECKING:
    import httpx

    from core.channels import Channel
    from core.database import TenantTransaction
    from core.whatsapp import WhatsAppProvider
    from tests.support import servers as support
    from tests.support.api import Api

SQL = sibling_statements(__file__)
PATH = "/admin/core/channels"
META = {
    "provider": "meta",
    "name": "Ventas",
    "business_number": "+5491130001000",
    "waba_id": "102290129340398",
    "phone_number_id": "106540352242922",
    "api_key": "EAAG-secret-token",
    "webhook_secret": "app-secret-value",
}
TEMPLATES: TemplateList = (Template("1", "hola", "es", "APPROVED", None, ()),)


@dataclass(frozen=True)
class Event:
    name: str
    payload: JsonObject


async def ceo_of(api: Api, tenant_id: int) -> httpx.AsyncClient:
    return api.browser(await api.session(await api.member(TenantId(tenant_id), "ceo")))


async def test_a_number_of_metas_is_added_and_its_address_works_at_once(
    api: Api, database: support.Database, redis_url: str
) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo_of(api, tenant) as ceo, running(create_app(settings_for(database.app_url, redis_url))) as door:
        made = await ceo.post(PATH, json=META)
        assert made.status_code == 201
        added = made.json()
        token, address = added["verify_token"], added["webhook_url"]
        path = address.partition("/webhook/")[2]
        query = {"hub.mode": "subscribe", "hub.challenge": "77", "hub.verify_token": token}
        assert (await door.get(f"/webhook/{path}", params=query)).text == "77"
        (shown,) = (await ceo.get(PATH)).json()["items"]
        assert "verify_token" not in shown
        assert (shown["webhook_url"], shown["has_key"], shown["has_secrets"]) == (address, True, True)
        for text in ((await ceo.get(PATH)).text, made.text):
            assert "EAAG-secret-token" not in text
            assert "app-secret-value" not in text
        renewed = (await ceo.post(f"{PATH}/{shown['id']}/address")).json()["webhook_url"]
        assert renewed != address
        assert (await door.get(f"/webhook/{renewed.partition('/webhook/')[2]}", params=query)).status_code == 200
        async with api.db.tenant(tenant) as tx:
            assert await tx.value(SQL["endpoints"], int) == 1
            actions = [event.name for event in await tx.all(SQL["channel_events"], Event)]
        assert actions == ["channel.added", "channel.address_renewed"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"phone_number_id": None}, 422),
        ({"provider": "ycloud"}, 422),
        ({"business_number": "11 5555"}, 422),
        ({"name": " "}, 422),
        ({"api_key": "two\nlines"}, 422),
        ({"odd": 1}, 422),
    ],
)
async def test_what_is_no_number_is_refused(api: Api, changed: dict[str, object], status: int) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo_of(api, tenant) as ceo:
        assert (await ceo.post(PATH, json={**META, **changed})).status_code == status
        assert (await ceo.get(PATH)).json()["items"] == []


async def test_a_number_twice_is_a_conflict_and_names_change(api: Api) -> None:
    tenant = await make_tenant(api.db)
    bare = {key: value for key, value in META.items() if key not in {"api_key", "webhook_secret"}}
    async with await ceo_of(api, tenant) as ceo:
        made = (await ceo.post(PATH, json=bare)).json()
        assert (made["has_key"], made["has_secrets"]) == (False, False)
        assert (await ceo.post(PATH, json=bare)).status_code == 409
        changed = await ceo.patch(f"{PATH}/{made['id']}", json={"name": "Soporte", "active": False})
        assert (changed.json()["name"], changed.json()["active"]) == ("Soporte", False)
        assert (await ceo.patch(f"{PATH}/{made['id']}", json={"phone_number_id": None})).status_code == 422
        other = {**bare, "business_number": "+5491130001001", "phone_number_id": "2222"}
        second = (await ceo.post(PATH, json=other)).json()
        taken = {"phone_number_id": META["phone_number_id"]}
        assert (await ceo.patch(f"{PATH}/{second['id']}", json=taken)).status_code == 409


async def test_two_companies_see_their_own_numbers_alone(api: Api) -> None:
    mine, theirs = await make_tenant(api.db), await make_tenant(api.db, "Other")
    foreign = (await make_channel(api.db, theirs)).channel_id
    async with await ceo_of(api, mine) as ceo:
        assert (await ceo.get(PATH)).json()["items"] == []
        for method, path, body in (
            ("PATCH", f"{PATH}/{foreign}", {"name": "Mine"}),
            ("POST", f"{PATH}/{foreign}/address", None),
            ("POST", f"{PATH}/{foreign}/check", None),
        ):
            assert (await ceo.request(method, path, json=body)).status_code == 404


async def test_a_pause_holds_every_message_back_until_it_ends(
    api: Api, database: support.Database, redis_url: str
) -> None:
    async with demo_company(api.db, database, redis_url) as company, await ceo_of(api, company.tenant_id) as ceo:
        await company.says("Hola")
        await company.turn()
        sending = Sending(company, FakeProvider(), (await company.replies())[0].id)
        assert (await ceo.put(f"{PATH}/sending", json={"paused": True})).status_code == 204
        assert (await ceo.get(PATH)).json()["sending_paused"] is True
        await sending.deliver()
        assert (await sending.row()).error_code == "sending_paused"
        assert (await ceo.put(f"{PATH}/sending", json={"paused": False})).status_code == 204
        told = [each for each in await company.payloads("SETTINGS_UPDATED") if each == {"section": "channels"}]
        assert len(told) == 2


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (TEMPLATES, None),
        (Refused("190", "bad token", None, retryable=False), "190"),
        (Unknown("timeout"), "no_answer"),
        (None, "not_configured"),
    ],
)
async def test_a_check_says_what_is_wrong(api: Api, found: TemplateList | None, problem: str | None) -> None:
    tenant = await make_tenant(api.db)
    channel_id = (await make_channel(api.db, tenant)).channel_id

    class Checked(FakeProvider):
        async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
            assert tenant_id == tenant
            assert found is not None
            return found

    async def provider_of(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
        if found is None:
            raise Unavailable
        return Checked()

    async with await ceo_of(api, tenant) as ceo:
        assert (await ceo.post(f"{PATH}/{channel_id}/check")).status_code == 202
        assert (await ceo.get(PATH)).json()["items"][0]["checked_at"] is None
        await check_channel(api.db, provider_of, CheckChannel(tenant, channel_id))
        (shown,) = (await ceo.get(PATH)).json()["items"]
        assert shown["checked_at"] is not None
        assert shown["check_problem"] == problem


async def test_health_tells_what_came_and_went(api: Api, database: support.Database, redis_url: str) -> None:
    async with demo_company(api.db, database, redis_url) as company, await ceo_of(api, company.tenant_id) as ceo:
        await company.says("Hola")
        await company.turn()
        sending = Sending(company, FakeProvider([Refused("131026", "no", None, retryable=False)]), 0)
        sending.message_id = (await company.replies())[0].id
        await sending.deliver()
        await sending.shown()
        (shown,) = (await ceo.get(PATH)).json()["items"]
        assert (shown["last_failure"], shown["uncertain"], shown["last_sent_at"]) == ("131026", 0, None)
        assert shown["last_inbound_at"] is not None
        assert shown["last_failed_at"] is not None
