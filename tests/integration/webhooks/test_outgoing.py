"""Outgoing webhooks on the real servers: signed, in order, none lost, and one endpoint's trouble is its own."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from standardwebhooks import Webhook

from core.clock import system_clock
from core.demo import Demo
from core.egress import Caps, Egress
from core.outbox import emit
from core.principal import TenantId
from core.secret import Secret
from core.statements import load_statements
from orchestrator_service.webhooks import serve
from orchestrator_service.webhooks.prune import prune_log
from orchestrator_service.webhooks.senders import WebhookSenders
from orchestrator_service.webhooks.serve import WebhookTools
from tests.integration.webhooks.receiver import Receiver, receiver
from tests.support.api import Api
from tests.support.factories import KEYRING, make_tenant

SQL = load_statements(Path(__file__).with_name("queries.sql"))
BASE = "/admin/core/webhooks"


@dataclass
class Company:
    """A company with a ceo, and what the worker and the relay do for it."""

    api: Api
    tenant: TenantId
    ceo: httpx.AsyncClient

    @property
    def tools(self) -> WebhookTools:
        return WebhookTools(self.api.db, system_clock, KEYRING, Egress())

    async def add(self, url: str, *types: str) -> dict[str, Any]:
        body = {"name": "Facturas", "url": url, "event_types": list(types or ("NEW_LEAD", "LEAD_UPDATED"))}
        answer = await self.ceo.post(BASE, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def tell(
        self,
        *names: str,
        audience: Literal["owned", "user"] = "owned",
        kind: Literal["NEW_LEAD", "NEW_MESSAGE"] = "NEW_LEAD",
    ) -> None:
        for name in names:
            async with self.api.db.tenant(self.tenant) as tx:
                await emit(tx, kind, {"lead": {"full_name": name}}, owner_user_id=None, audience=audience)
        await self.relay()

    async def relay(self) -> None:
        """Until the service's own relay has given everything out."""
        async with asyncio.timeout(5):
            while await self.count("unpublished"):  # noqa: ASYNC110 - another connection's work
                await asyncio.sleep(0.01)

    async def send(self) -> None:
        """As the worker does until nothing is due."""
        senders = WebhookSenders(self.tools)
        while await senders.round():
            await senders.idle()

    async def run(self, name: str) -> None:
        async with self.api.db.tenant(self.tenant) as tx:
            await tx.run(SQL[name])

    async def hurry(self) -> None:
        """What waits for its next try has waited long enough."""
        await self.run("make_due")
        await self.run("queues_due")
        await self.send()

    async def count(self, statement: str, **params: object) -> int:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.value(SQL[statement], int, **params) or 0

    async def log(self, endpoint: int) -> list[dict[str, Any]]:
        return (await self.ceo.get(f"{BASE}/{endpoint}/deliveries")).json()["items"]


async def company(api: Api, name: str = "Acme") -> Company:
    tenant = await make_tenant(api.db, name, mode="demo")
    api.app.state.demo = Demo(int(tenant), Secret("door"), (), 1, Secret("phone"))
    ceo = await api.member(tenant, "ceo")
    return Company(api, tenant, api.browser(await api.session(ceo)))


def names(there: Receiver, path: str = "/hook") -> list[str]:
    return [json.loads(got.body)["data"]["lead"]["full_name"] for got in there.got if got.path == path]


async def test_a_sent_event_verifies_is_retried_in_order_and_replayed(api: Api) -> None:
    acme, other = await company(api), await company(api, "Beta")
    async with receiver() as there:
        made = await acme.add(f"{there.base_url}/hook")
        endpoint, secret = made["endpoint"]["id"], made["secret"]
        assert (await acme.ceo.get(BASE)).text.count("whsec_") == 0, "shown once"
        there.answers = [(500, "<b>broken</b>\x00"), (200, ""), (503, "")]
        await acme.tell("one", "two")
        await acme.tell("private", audience="user")
        await acme.tell("unasked", kind="NEW_MESSAGE")
        await other.tell("foreign")
        await acme.send()
        assert names(there) == ["one"], "what failed holds back what came after it"
        assert (await acme.ceo.post(f"{BASE}/{endpoint}/ping")).status_code == 202
        await acme.send()
        assert json.loads(there.got.pop().body)["type"] == "PING", "a trial waits for nobody"
        await acme.hurry()
        await acme.hurry()
        assert names(there) == ["one", "one", "one", "two"]
        sent = there.got[-1]
        told = Webhook(secret).verify(sent.body, sent.headers)
        assert (told["type"], told["data"]["seq"]) == ("NEW_LEAD", 2)
        first, again = there.got[0], there.got[2]
        assert first.headers["webhook-id"] == again.headers["webhook-id"]
        assert first.body == again.body
        log = [line for line in await acme.log(endpoint) if line["type"] != "PING"]
        assert [(one["state"], one["status"], one["attempts"]) for one in log] == [("sent", 200, 1), ("sent", 200, 3)]

        # A second secret signs beside the first for a day, then alone.
        rotated = (await acme.ceo.post(f"{BASE}/{endpoint}/secret")).json()
        assert rotated["endpoint"]["former_secret_until"] is not None
        assert (await acme.ceo.post(f"{BASE}/{endpoint}/deliveries/{log[0]['id']}/replay")).status_code == 202
        await acme.send()
        replayed = there.got[-1]
        assert replayed.headers["webhook-id"] == sent.headers["webhook-id"]
        for each in (secret, rotated["secret"]):
            Webhook(each).verify(replayed.body, replayed.headers)
        assert (await acme.ceo.post(f"{BASE}/{endpoint}/ping")).status_code == 202
        await acme.send()
        assert json.loads(there.got[-1].body)["type"] == "PING"

        # Another company reads and changes nothing of it.
        for method, path in (("GET", "/deliveries"), ("POST", "/ping"), ("POST", "/secret"), ("DELETE", "")):
            assert (await other.ceo.request(method, f"{BASE}/{endpoint}{path}")).status_code == 404
        await acme.run("age_log")
        async with api.db.tenant(acme.tenant) as tx:
            assert await prune_log(tx, datetime.now(UTC)) == 4
        assert (await acme.ceo.delete(f"{BASE}/{endpoint}")).status_code == 204
    await acme.ceo.aclose()
    await other.ceo.aclose()


async def test_who_is_gone_or_fails_for_ever_is_switched_off_and_its_dead_letters_come_back(api: Api) -> None:
    acme = await company(api)
    async with receiver() as there:
        gone = (await acme.add(f"{there.base_url}/gone"))["endpoint"]["id"]
        there.answers = [(410, "")]
        await acme.tell("one", "two")
        await acme.send()
        states = {one["id"]: one["state"] for one in (await acme.ceo.get(BASE)).json()["items"]}
        assert states[gone] == "gone"
        assert [one["state"] for one in await acme.log(gone)] == ["dead", "dead"]
        assert await acme.count("notices", kind="webhook_failing") == 1
        assert (await acme.ceo.post(f"{BASE}/{gone}/ping")).json()["code"] == "endpoint_off"
        await acme.ceo.delete(f"{BASE}/{gone}")

        endpoint = (await acme.add(f"{there.base_url}/hook"))["endpoint"]["id"]
        there.answers = [(500, "")]
        await acme.tell("three", "four")
        await acme.run("nearly_dead")
        await acme.send()
        (shown,) = (await acme.ceo.get(BASE)).json()["items"]
        assert (shown["state"], shown["dead"], shown["waiting"]) == ("failing", 2, 0)
        await acme.tell("unheard")
        assert (await acme.ceo.patch(f"{BASE}/{endpoint}", json={"active": True})).status_code == 200
        replayed = await acme.ceo.post(f"{BASE}/{endpoint}/replay", json={"since": "2020-01-01T00:00:00Z"})
        assert replayed.json() == {"replayed": 2}
        await acme.send()
        assert names(there)[-2:] == ["three", "four"]
    await acme.ceo.aclose()


async def test_a_death_between_sending_and_writing_sends_again_and_loses_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await company(api)
    async with receiver() as there:
        await acme.add(f"{there.base_url}/hook")
        await acme.tell("one", "two")

        async def dies(*_: object, **__: object) -> None:
            raise ConnectionResetError

        with monkeypatch.context() as broken:
            broken.setattr(serve, "_record", dies)
            await acme.send()
        assert names(there) == ["one"]
        assert await acme.count("lease_ends_in") == 1
        await acme.send()
        assert names(there) == ["one"], "leased: nobody else sends it meanwhile"
        await acme.run("lease_over")
        await acme.send()
        assert names(there) == ["one", "one", "two"]
        assert len({got.headers["webhook-id"] for got in there.got}) == 2
    await acme.ceo.aclose()


async def test_a_receiver_that_never_answers_delays_nobody(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    acme, beta = await company(api), await company(api, "Beta")
    async with receiver() as there:
        there.slow = {"/slow"}
        slow = (await acme.add(f"{there.base_url}/slow"))["endpoint"]["id"]
        await acme.add(f"{there.base_url}/quick")
        await beta.add(f"{there.base_url}/beta")
        await acme.tell("one")
        await beta.tell("two")
        senders = WebhookSenders(acme.tools)
        running = asyncio.create_task(senders.run())
        async with asyncio.timeout(5):
            while not (names(there, "/quick") and names(there, "/beta") and names(there, "/slow")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await acme.run("lease_over")
        monkeypatch.setattr("orchestrator_service.webhooks.post.SECONDS", 0.1)
        monkeypatch.setattr("orchestrator_service.webhooks.post._CAPS", Caps(seconds=0.1))
        await acme.send()
        assert [one["problem"] for one in await acme.log(slow)] == ["timeout"]
    await acme.ceo.aclose()
    await beta.ceo.aclose()


async def test_where_a_webhook_may_not_lead(api: Api) -> None:
    acme = await company(api)
    for url in ("http://example.com/x", "https://10.0.0.1/x", "https://[::1]/x", "ftp://example.com", "https://a@b.c/"):
        body = {"name": "x", "url": url, "event_types": ["NEW_LEAD"]}
        assert (await acme.ceo.post(BASE, json=body)).json()["code"] == "address_refused", url
    api.app.state.demo = None
    body = {"name": "x", "url": "http://127.0.0.1:1/x", "event_types": ["NEW_LEAD"]}
    assert (await acme.ceo.post(BASE, json=body)).status_code == 400, "loopback is a demo's alone"

    # A name that was public when it was typed, and leads inside when something is sent.
    async def inside(_host: str, _port: int) -> list[str]:
        return ["10.0.0.7"]

    endpoint = (await acme.add("https://hooks.example.com/x"))["endpoint"]["id"]
    await acme.tell("one")
    tools = WebhookTools(api.db, system_clock, KEYRING, Egress(resolver=inside))
    senders = WebhookSenders(tools)
    assert await senders.round() == 1
    await senders.idle()
    assert [one["problem"] for one in await acme.log(endpoint)] == ["refused_address"]
    await acme.ceo.aclose()
