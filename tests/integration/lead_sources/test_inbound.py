"""Leads that come by themselves: a stranger's form, another system's hook, Meta's advertisements; each once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from core.channels import store_credential
from core.clock import system_clock
from core.crm_contracts import FetchLead, ReconcileLeads
from core.meta import signature as meta
from core.principal import TenantId
from core.secret import Secret
from core.standard_webhooks import signed
from core.statements import load_statements
from core.whatsapp import JsonObject
from orchestrator_service.lead_sources.fetch_lead import MetaTools, fetch_lead
from orchestrator_service.lead_sources.reconcile import ask_reconciling, reconcile_leads
from tests.integration.lead_sources.graph import BASE_URL, PAGE, TOKEN, Graph
from tests.integration.whatsapp.webhooks import running, settings_for
from tests.support.api import Api
from tests.support.factories import KEYRING, make_channel, make_tenant
from tests.support.mutations import mutations
from tests.support.servers import Database as Server
from whatsapp_service.main import create_app

SQL = load_statements(Path(__file__).with_name("queries.sql"))
BASE = "/admin/core/lead-sources"
QUESTIONS = [
    {"key": "full_name", "label": "Nombre", "required": True},
    {"key": "phone", "label": "Teléfono", "required": True},
    {"key": "email", "label": "Correo"},
    {"key": "q1", "label": "Plan", "options": ["Básico", "Pro"]},
]
FORM = {"language": "es", "title": "Pide una demo", "fields": QUESTIONS, "consent": "Acepto que me escriban."}
APP_SECRET = Secret("app-secret")


@dataclass(frozen=True)
class Lead:
    id: int
    full_name: str | None
    phone: str | None
    email: str | None
    source: str
    owner_user_id: int | None
    campaign: str | None


@dataclass(frozen=True)
class _Id:
    id: int


@dataclass
class Company:
    api: Api
    tenant: TenantId
    ceo: httpx.AsyncClient
    graph: Graph = field(default_factory=Graph)

    async def add(self, **body: object) -> tuple[int, str, str]:
        """A source: its id, the path of its address, and a hook's secret."""
        answer = await self.ceo.post(BASE, json=body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return made["source"]["id"], httpx.URL(made["source"]["url"]).path, made["secret"] or ""

    async def leads(self) -> list[Lead]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["leads"], Lead)

    async def count(self, statement: str, **params: object) -> int:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.value(SQL[statement], int, **params) or 0

    async def received(self, source: int) -> list[dict[str, object]]:
        return (await self.ceo.get(f"{BASE}/{source}/received")).json()["items"]

    async def fetch_all(self, http: httpx.AsyncClient) -> None:
        """As the worker does with every job that waits."""
        async with self.api.db.tenant(self.tenant) as tx:
            waiting = await tx.all(SQL["waiting_ids"], _Id)
        for one in waiting:
            await fetch_lead(self.tools(http), FetchLead(int(self.tenant), one.id))

    def tools(self, http: httpx.AsyncClient) -> MetaTools:
        return MetaTools(self.api.db, KEYRING, http, BASE_URL, system_clock)


@pytest.fixture
async def acme(api: Api) -> Company:
    tenant = await make_tenant(api.db)
    ceo = await api.member(tenant, "ceo")
    return Company(api, tenant, api.browser(await api.session(ceo)))


def shown_in(page: str) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


async def send(stranger: httpx.AsyncClient, path: str, shown: str, **answers: str) -> httpx.Response:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return await stranger.post(path, content=urlencode({"shown": shown, **answers}), headers=headers)


async def test_a_form_makes_one_lead_of_a_person_and_tells_nothing_of_whom_it_knows(acme: Company) -> None:
    api = acme.api
    await make_channel(api.db, acme.tenant)
    closer, setter = await api.member(acme.tenant, "closer"), await api.member(acme.tenant, "setter")
    source, path, _ = await acme.add(kind="form", name="Web", form=FORM)
    owners = [int(closer.user_id), int(setter.user_id)]
    assert (await acme.ceo.patch(f"{BASE}/{source}", json={"owner_ids": owners})).status_code == 200
    assert (await acme.ceo.patch(f"{BASE}/{source}", json={"owner_ids": [10**9]})).status_code == 404
    async with api.browser() as stranger:
        stranger.headers.pop("X-Nexus-CSRF")
        shown = await stranger.get(path, params={"utm_campaign": "Verano", "other": "x"})
        assert shown.status_code == 200
        assert "script" not in shown.text
        assert shown.headers["content-security-policy"].startswith("default-src 'none'")
        token = shown_in(shown.text)
        person = {"full_name": "Lucía <b>", "phone": "11 5551-2345", "email": "l@example.com", "q1": "Pro"}
        hurried = await send(stranger, path, token, **person, consent="yes")
        assert (hurried.status_code, (await acme.leads())) == (422, []), "nobody types that fast"
        assert "Lucía &lt;b&gt;" in hurried.text
        api.clock.now += timedelta(seconds=3)
        wrong = await send(stranger, path, token, full_name="", phone="123", q1="Otro")
        assert wrong.text.count('class="fault"') == 4
        trapped = await send(stranger, path, token, **person, consent="yes", website="https://spam.example")
        assert (trapped.status_code, await acme.leads()) == (303, [])
        for _ in range(2):  # the button pressed twice
            sent = await send(stranger, path, token, **person, consent="yes", utm_campaign="Verano")
            assert (sent.status_code, sent.headers["location"]) == (303, f"{path}/thanks")
        thanks = await stranger.get(f"{path}/thanks")
        assert "https://wa.me/54911000" in thanks.text

        # The same person again, with another name and address: known, so nothing is overwritten and nothing told.
        again = shown_in((await stranger.get(path)).text)
        api.clock.now += timedelta(seconds=3)
        repeated = await send(stranger, path, again, full_name="Eve", phone="+54 9 11 5551 2345", consent="yes")
        assert (repeated.status_code, repeated.headers["location"]) == (303, f"{path}/thanks")
    (lead,) = await acme.leads()
    assert (lead.full_name, lead.phone, lead.email) == ("Lucía <b>", "+541155512345", "l@example.com")
    assert (lead.source, lead.campaign, lead.owner_user_id) == ("form", "Verano", closer.user_id)
    assert (await acme.count("announced", name="NEW_LEAD"), await acme.count("announced", name="LEAD_UPDATED")) == (
        1,
        1,
    )
    assert await acme.count("notices", kind="lead_received") == 1
    newest, first = await acme.received(source)
    assert (first["made_lead"], newest["made_lead"], newest["lead_id"]) == (True, False, lead.id)
    assert (first["answers"], first["consent"]) == (
        {"Nombre": "Lucía <b>", "Teléfono": "11 5551-2345", "Correo": "l@example.com", "Plan": "Pro"},
        "Acepto que me escriban.",
    )
    assert (await acme.ceo.patch(f"{BASE}/{source}", json={"active": False})).status_code == 200
    async with api.browser() as stranger:
        assert (await stranger.get(path)).status_code == 404
        shut = [(await stranger.post(path, content=b"")).status_code for _ in range(11)]
        assert shut == [404] * 10 + [429], "an address sends ten times a minute"


async def test_a_hook_takes_what_is_signed_once_and_nothing_else(acme: Company) -> None:
    api = acme.api
    beta = Company(api, await make_tenant(api.db, "Beta"), acme.ceo)
    source, path, secret = await acme.add(kind="hook", name="Landing")
    now = datetime.now(UTC)
    body = json.dumps({"type": "lead", "data": {
        "name": "Ana Ruiz", "phone": "+5491155500001", "utm": {"campaign": "Otoño"},
        "answers": {"plan": "Pro", "x": {}}, "consent": "Sí",
    }})  # fmt: skip
    async with api.browser() as system:

        async def post(text: str, headers: dict[str, str]) -> int:
            return (await system.post(path, content=text.encode(), headers=headers)).status_code

        good = signed((Secret(secret),), "msg_1", now, body)
        assert await post(body, good) == 200
        assert await post(body, good) == 200
        assert await post(body + " ", good) == 401
        assert await post(body, signed((Secret(secret),), "msg_2", now - timedelta(minutes=6), body)) == 401
        assert await post(body, {}) == 401
        nobody = '{"name": "Ana", "phone": "call me"}'
        assert await post(nobody, signed((Secret(secret),), "msg_3", now, nobody)) == 422
        assert await post(nobody, signed((Secret(secret),), "msg_4", now, "[]")) == 401
        rotated = (await acme.ceo.post(f"{BASE}/{source}/secret")).json()["secret"]
        for number, each in enumerate((secret, rotated)):
            assert await post(body, signed((Secret(each),), f"msg_r{number}", now, body)) == 200
        assert [one["made_lead"] for one in await acme.received(source)] == [False, False, True]
        api.clock.now += timedelta(days=2)
        assert await post(body, signed((Secret(secret),), "msg_old", now, body)) == 401
        assert (await system.post("/in/" + "x" * 24, content=b"{}")).status_code == 404
    (lead,) = await acme.leads()
    assert (lead.full_name, lead.source, lead.campaign) == ("Ana Ruiz", "webhook", "Otoño")
    assert await beta.leads() == []


async def test_ad_leads_are_stored_fetched_once_and_reconciled(acme: Company, database: Server, redis_url: str) -> None:
    api, graph = acme.api, acme.graph
    beta = Company(api, await make_tenant(api.db, "Beta"), acme.ceo)
    source, path, _ = await acme.add(kind="page", name="Página", page_id=PAGE)
    assert (await acme.ceo.post(BASE, json={"kind": "page", "name": "x", "page_id": PAGE})).json()[
        "code"
    ] == "page_taken"
    async with api.db.tenant(acme.tenant) as tx:
        await store_credential(tx, KEYRING, "meta:app_secret", APP_SECRET)
        await store_credential(tx, KEYRING, "meta:verify_token", Secret("verify-me"))
    graph.add("111", full_name="Lucía Gómez", phone_number="+5491155512345", email="lucia@example.com")
    notice = {"object": "page", "entry": [{"id": PAGE, "changes": [
        {"field": "leadgen", "value": {"leadgen_id": 111, "page_id": int(PAGE), "form_id": "1"}},
        {"field": "leadgen", "value": {"leadgen_id": "999", "page_id": "42"}},
    ]}]}  # fmt: skip
    raw = json.dumps(notice).encode()
    app = create_app(settings_for(database.app_url, redis_url))
    async with running(app) as whatsapp, graph.client() as http:
        shake = {"hub.mode": "subscribe", "hub.challenge": "123", "hub.verify_token": "verify-me"}
        assert (await whatsapp.get(path, params=shake)).text == "123"
        assert (await whatsapp.get(path, params={**shake, "hub.verify_token": "x"})).status_code == 403
        forged = await whatsapp.post(path, content=raw, headers={meta.HEADER: meta.sign(Secret("other"), raw)})
        assert forged.status_code == 401
        for _ in range(3):
            told = await whatsapp.post(path, content=raw, headers={meta.HEADER: meta.sign(APP_SECRET, raw)})
            assert told.status_code == 200
        assert await acme.count("jobs") == 1
        await acme.fetch_all(http)
        assert (await acme.received(source))[0]["problem"] == "no_token"
        async with api.db.tenant(acme.tenant) as tx:
            await store_credential(tx, KEYRING, "meta:access_token", Secret(TOKEN))
        graph.faults = [(500, {}), (400, {"error": {"code": 190}})]
        for problem in ("unreachable", "token"):
            await acme.fetch_all(http)
            assert (await acme.ceo.get(BASE)).json()["items"][0]["problem"] == problem
        await acme.fetch_all(http)
        await fetch_lead(
            acme.tools(http), FetchLead(int(acme.tenant), int(str((await acme.received(source))[0]["id"])))
        )
        (lead,) = await acme.leads()
        assert (lead.full_name, lead.source, lead.campaign) == ("Lucía Gómez", "meta", "Primavera")

        # Webhooks that never came: found by the comparison, over several pages; what is known is not fetched again.
        for number in range(5):
            graph.add(f"20{number}", full_name=f"Perdida {number}", phone_number=f"+549115551000{number}")
        async with api.db.tenant(acme.tenant) as tx:
            await ask_reconciling(tx, datetime.now(UTC))
        for _ in range(2):
            await reconcile_leads(acme.tools(http), ReconcileLeads(int(acme.tenant), source))
        assert await acme.count("jobs") == 5
        graph.leads.pop("204")
        await acme.fetch_all(http)
        assert len(await acme.leads()) == 5
        assert [one["state"] for one in await acme.received(source)].count("failed") == 1
        assert await beta.leads() == []


async def test_a_pages_questions_go_where_the_company_says(acme: Company) -> None:
    source, _, _ = await acme.add(kind="page", name="Página", page_id=PAGE)
    for wanted in (
        {"label": "Plan", "type": "choice", "choices": ["Básico", "Pro"]},
        {"label": "Camas", "type": "number"},
    ):
        key = str(wanted["label"]).lower()
        made = await acme.ceo.post("/crm/fields", json={"key": key, **wanted})
        assert made.status_code == 201, made.text
    async with acme.api.db.tenant(acme.tenant) as tx:
        await store_credential(tx, KEYRING, "meta:access_token", Secret(TOKEN))

    async def comes(leadgen_id: str, **answers: str) -> dict[str, object]:
        acme.graph.add(leadgen_id, **answers)
        async with acme.graph.client() as http:
            await reconcile_leads(acme.tools(http), ReconcileLeads(int(acme.tenant), source))
            await acme.fetch_all(http)
        return (await acme.ceo.get("/crm/leads")).json()["items"][0]

    first = {"tu_nombre": "Ana Ruiz", "celular": "+5491155500021", "que_plan": "pro", "camas": "40", "algo": "x"}
    unread = await comes("301", email="ana@example.com", **first)
    assert (unread["full_name"], unread["email"], unread["custom"]) == (None, "ana@example.com", {})
    asked = (await acme.ceo.get(f"{BASE}/{source}/questions")).json()["items"]
    assert {one["question"]: (one["target"], one["suggested"]) for one in asked} == {
        "tu_nombre": ("answer", "full_name"), "celular": ("answer", "phone"), "que_plan": ("answer", "answer"),
        "camas": ("answer", "answer"), "algo": ("answer", "answer"), "email": ("email", "email"),
    }  # fmt: skip
    assert {one["question"]: one["example"] for one in asked}["camas"] == "40"
    mapping = {"tu_nombre": "full_name", "celular": "phone", "que_plan": "custom:plan", "camas": "custom:camas"}
    wrong = await acme.ceo.patch(f"{BASE}/{source}", json={"mapping": {"camas": "custom:nowhere"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "field_not_in_use")
    hook, _, _ = await acme.add(kind="hook", name="Landing")
    assert (await acme.ceo.patch(f"{BASE}/{hook}", json={"mapping": mapping})).json()["code"] == "other_kind"
    assert (await acme.ceo.patch(f"{BASE}/{source}", json={"mapping": mapping})).status_code == 200
    second = {**first, "tu_nombre": "Beto Gil", "celular": "+5491155500022", "que_plan": "Oro"}
    read = await comes("302", **second)
    assert (read["full_name"], read["phone"], read["custom"]) == ("Beto Gil", "+5491155500022", {"camas": 40})
    again = await comes("303", **{**second, "que_plan": "básico", "camas": "7"})
    assert (again["id"], again["custom"]) == (read["id"], {"camas": 40, "plan": "Básico"}), "only blanks are filled"
    kept = (await acme.received(source))[0]["answers"]
    assert isinstance(kept, dict)
    assert kept["algo"] == "x"


@pytest.mark.parametrize("many", [pytest.param(60, marks=pytest.mark.proof), pytest.param(500, marks=pytest.mark.slow)])
async def test_damaged_bodies_break_nothing(acme: Company, many: int) -> None:
    _, form, _ = await acme.add(kind="form", name="Web", form=FORM)
    _, hook, secret = await acme.add(kind="hook", name="Landing")
    example: JsonObject = {
        "data": {"name": "Ana", "phone": "+5491155500001", "utm": {"campaign": "x"}, "answers": {"plan": "Pro"}}
    }
    fields = urlencode({"shown": "1.2.3", "full_name": "Ana", "phone": "1155500001", "consent": "yes"}).encode()
    seen: set[int] = set()
    for number, damaged in enumerate(mutations([example], 7, many)):
        text = damaged.decode("utf-8", "replace")
        headers = signed((Secret(secret),), f"msg_{number}", datetime.now(UTC), text)
        async with acme.api.browser() as system:
            seen.add((await system.post(hook, content=text.encode(), headers=headers)).status_code)
            broken = fields[: number % len(fields)] + damaged[:200]
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            seen.add((await system.post(form, content=broken, headers=headers)).status_code)
    assert seen <= {200, 303, 422, 429}, seen
    assert {200, 422} <= seen
