"""The demo's numbers: YCloud's unless Meta's is asked for, none lost or doubled by a later start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from core.channels import channels_of, find_channel
from core.database import Database
from core.directory import Entry
from core.egress import Egress
from core.errors import Unavailable
from core.meta.client import MetaClient
from core.principal import TenantId
from core.whatsapp import Accepted, OutgoingText, ProviderName, Recipient
from nexus.instance.demo_channels import NUMBERS, DemoChannel, keep_channels
from tests.integration.whatsapp.webhooks import settings_for
from tests.support import servers as support
from tests.support.factories import DIRECTORY, KEYRING, make_tenant
from whatsapp_service.delivery.providers import Providers


class State:
    """A state folder's secrets: each made once."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def secret(self, name: str, make: Callable[[], str]) -> str:
        return self.kept.setdefault(name, make())


async def start(db: Database, tenant_id: TenantId, state: State, *wanted: ProviderName) -> tuple[DemoChannel, ...]:
    async with db.tenant(tenant_id) as tx:
        return await keep_channels(tx, DIRECTORY, KEYRING, state.secret, wanted)


async def test_a_start_keeps_the_numbers_that_there_are_and_adds_the_one_that_was_asked_for(db: Database) -> None:
    tenant_id, state = await make_tenant(db, mode="demo"), State()
    (first,) = await start(db, tenant_id, state)
    assert first.provider == "ycloud", "the usual one"
    assert [one.provider for one in await start(db, tenant_id, state, "meta")] == ["meta", "ycloud"]
    again = await start(db, tenant_id, state)
    assert [one.provider for one in again] == ["ycloud", "meta"]
    assert again[0] == first
    async with db.tenant(tenant_id) as tx:
        (ycloud,), (meta,) = await channels_of(tx, "ycloud"), await channels_of(tx, "meta")
    assert (ycloud.business_number, ycloud.phone_number_id) == (NUMBERS["ycloud"].business_number, None)
    assert (meta.business_number, meta.phone_number_id) == (
        NUMBERS["meta"].business_number,
        NUMBERS["meta"].phone_number_id,
    )
    assert await DIRECTORY.find(db, "endpoint", again[1].endpoint_key) == Entry(tenant_id, meta.id)
    account = again[1].account("Nexus Demo", "http://127.0.0.1:8001")
    assert account["webhook_url"] == f"http://127.0.0.1:8001/webhook/meta/{again[1].endpoint_key}"
    assert again[1].api_key not in repr(again)

    other = await make_tenant(db, mode="demo")
    assert [one.provider for one in await start(db, other, State(), "meta")] == ["meta"], "and no other"


async def test_a_demo_number_of_metas_speaks_to_the_simulator_alone_and_a_real_one_to_meta(
    db: Database, database: support.Database, redis_url: str
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"messages": [{"id": "wamid.1"}]})

    settings = replace(settings_for(database.app_url, redis_url), simulator_url="http://127.0.0.1:8099/v2")
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        providers = Providers(settings, KEYRING, http, Egress())
        for mode in ("demo", "live"):
            tenant_id = await make_tenant(db, mode=mode)
            await start(db, tenant_id, State(), "meta")
            async with db.tenant(tenant_id) as tx:
                (channel,) = await channels_of(tx, "meta")
                client = await providers.of(tx, await find_channel(tx, channel.id))
            assert isinstance(client, MetaClient)
            sent = await client.send(Recipient(to="+5491155512345"), OutgoingText("Hola"), external_id="x")
            assert isinstance(sent, Accepted)
        homeless = Providers(replace(settings, simulator_url=None), KEYRING, http, Egress())
        tenant_id = await make_tenant(db, mode="demo")
        await start(db, tenant_id, State(), "meta")
        async with db.tenant(tenant_id) as tx:
            (channel,) = await channels_of(tx, "meta")
            with pytest.raises(Unavailable):
                await homeless.of(tx, channel)
    path = f"{NUMBERS['meta'].phone_number_id}/messages"
    assert asked == [f"http://127.0.0.1:8099/v26.0/{path}", f"https://graph.facebook.com/v26.0/{path}"]
