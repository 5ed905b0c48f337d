"""`/agent/settings` as far as models go, `/agent/spending` and `/agent/model/check`: each company its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest

from core.channels import read_credential, store_credential
from core.credential_names import MODEL_KEY, fallback_key_name
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.model_calls import ModelCall, Prices, begin_call
from core.secret import Secret
from orchestrator_service.agent.models.plan import LiveChoice, read_plan
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api

SETTINGS = "/agent/settings"
CHECK = "/agent/model/check"
SPARE = {"provider": "anthropic", "model": "claude", "base_url": None, "input_price": "3", "output_price": "15"}


@pytest.fixture
async def scene(api: Api) -> Scene:
    """A company whose operator allows models on this machine."""
    api.app.state.egress = Egress(EgressPolicy.from_text("127.0.0.1"))
    return await make_scene(api)


async def change(browser: httpx.AsyncClient, **values: object) -> httpx.Response:
    """Save the section with other values."""
    body = dict((await browser.get(SETTINGS)).json()["model"])
    for shown in ("is_demo", "may_be_demo", "key"):
        del body[shown]
    body["fallbacks"] = [{key: one[key] for key in SPARE} for one in body["fallbacks"]]
    return await browser.patch(SETTINGS, json={"model": body | values})


async def give_key(scene: Scene, name: str = MODEL_KEY, key: str = "sk-good") -> None:
    async with scene.api.db.tenant(scene.tenant) as tx:
        await store_credential(tx, scene.api.door.keyring, name, Secret(key))


async def has_key(scene: Scene, name: str = MODEL_KEY) -> bool:
    async with scene.api.db.tenant(scene.tenant) as tx:
        return await read_credential(tx, scene.api.door.keyring, name) is not None


async def test_models_are_saved_told_and_each_companys_own(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        before = (await elsewhere.get(SETTINGS)).json()
        saved = await change(
            browser, model="gpt-x", input_price="2.5", output_price=10, day_cost_cap="5", fallbacks=[SPARE]
        )
        assert saved.status_code == 200, saved.text
        model = saved.json()["model"]
        assert (model["model"], Decimal(model["input_price"]), Decimal(model["day_cost_cap"])) == (
            "gpt-x",
            Decimal("2.5"),
            Decimal(5),
        )
        assert model["key"] == {"name": MODEL_KEY, "is_set": False}
        assert model["fallbacks"][0]["key"] == {"name": "model:anthropic:api_key", "is_set": False}
        assert (await browser.get(SETTINGS)).json() == saved.json()
        assert (await elsewhere.get(SETTINGS)).json() == before
    (told,) = await scene.events("AGENT_UPDATED")
    assert told.payload["changed"] == ["model"]
    assert await other.events("AGENT_UPDATED") == []


async def test_the_plan_has_the_models_in_order_with_the_keys_that_are_theirs(scene: Scene) -> None:
    _, browser = await scene.browser()
    main = {"provider": "openai", "model": "small", "base_url": None, "input_price": "1", "output_price": "2"}
    async with browser:
        await change(browser, model="large", fallbacks=[SPARE, main])
    await give_key(scene, key="sk-main")
    async with scene.api.db.tenant(scene.tenant) as tx:
        plan = await read_plan(tx, scene.api.door.keyring)
        assert [choice.model for choice in plan.choices] == ["large", "small"], "a fallback without a key is left out"
    await give_key(scene, fallback_key_name("anthropic"), "sk-spare")
    async with scene.api.db.tenant(scene.tenant) as tx:
        plan = await read_plan(tx, scene.api.door.keyring)
    found = [(choice.model, choice.key.reveal()) for choice in plan.choices if isinstance(choice, LiveChoice)]
    assert found == [("large", "sk-main"), ("claude", "sk-spare"), ("small", "sk-main")]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"base_url": "http://169.254.169.254/latest"}, "model_address_refused"),
        ({"base_url": "https://10.0.0.1/v1"}, "model_address_refused"),
        ({"base_url": "file:///etc/passwd"}, "model_address_refused"),
        ({"base_url": "https://user:secret@models.example.com"}, "model_address_refused"),
        ({"fallbacks": [SPARE | {"base_url": "http://localhost:9/"}]}, "model_address_refused"),
        ({"fallbacks": [SPARE, SPARE | {"base_url": "https://proxy.example.com"}]}, "one_address_more"),
        ({"model": "gpt-x", "day_cost_cap": "5"}, "prices_needed"),
        ({"fallbacks": [SPARE | {"output_price": "0"}], "conversation_cost_cap": "1"}, "prices_needed"),
        ({"version": "another"}, "settings_changed"),
    ],
)
async def test_what_cannot_be_is_refused_in_its_own_words(scene: Scene, values: dict[str, object], code: str) -> None:
    _, browser = await scene.browser()
    async with browser:
        before = (await browser.get(SETTINGS)).json()
        refused = await change(browser, **values)
        assert (refused.status_code in {409, 422}, refused.json()["code"]) == (True, code)
        assert (await browser.get(SETTINGS)).json() == before
    assert await scene.events("AGENT_UPDATED") == []


async def test_a_live_company_never_goes_back_to_the_demo_brain(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await change(browser, brain="live")).status_code == 200
        refused = await change(browser, brain="demo")
        assert (refused.status_code, refused.json()["code"]) == (409, "no_demo_brain")


@pytest.mark.parametrize(
    "values",
    [
        {"model": "two words"},
        {"model": ""},
        {"input_price": "-1"},
        {"day_cost_cap": 0},
        {"output_tokens": 5},
        {"provider": "acme"},
        {"fallbacks": [SPARE] * 5},
    ],
)
async def test_what_is_malformed_is_not_saved(scene: Scene, values: dict[str, object]) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await change(browser, **values)).status_code == 422


async def test_a_key_is_never_sent_to_another_address_than_it_was_set_for(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await give_key(scene)
        await change(browser, model="gpt-x")
        assert await has_key(scene), "it was set before there was a model"
        await change(browser, output_tokens=500)
        assert await has_key(scene)
        saved = await change(browser, base_url="https://mine.example.com/v1")
        assert not await has_key(scene)
        assert saved.json()["model"]["key"]["is_set"] is False
        await give_key(scene, fallback_key_name("anthropic"))
        await change(browser, fallbacks=[SPARE])
        assert await has_key(scene, fallback_key_name("anthropic"))
        await change(browser, fallbacks=[])
        assert not await has_key(scene, fallback_key_name("anthropic"))


async def test_only_the_ceo_sees_or_changes_models(scene: Scene) -> None:
    for role in ("secretary", "setter", "closer"):
        _, browser = await scene.browser(role)
        async with browser:
            assert (await browser.get("/agent/spending")).status_code == 403
            assert (await browser.post(CHECK, json={"position": 0})).status_code == 403
            assert (await browser.patch(SETTINGS, json={"model": None})).status_code == 403


async def test_spending_is_of_today_and_this_month_in_the_companys_zone(scene: Scene, api: Api) -> None:
    api.clock.now = api.clock.now.replace(day=15, hour=15)
    other = await make_scene(api)
    _, browser = await scene.browser()
    _, elsewhere = await other.browser()
    prices = Prices(Decimal(10), Decimal(0))
    async with api.db.tenant(scene.tenant) as tx:
        for age in (timedelta(), timedelta(days=2), timedelta(days=20)):
            call = ModelCall("think", "openai", "gpt-x", prices, 100_000)
            await begin_call(tx, call, now=api.clock.now - age)
    async with browser, elsewhere:
        spent = (await browser.get("/agent/spending")).json()
        assert (Decimal(spent["today"]["cost"]), spent["today"]["tokens"]) == (Decimal(1), 100_000)
        assert (Decimal(spent["month"]["cost"]), spent["month"]["tokens"]) == (Decimal(2), 200_000)
        assert spent["paused"] is False
        await change(browser, day_token_cap=100_000)
        assert (await browser.get("/agent/spending")).json()["paused"] is True
        assert Decimal((await elsewhere.get("/agent/spending")).json()["month"]["cost"]) == 0


@dataclass
class Provider:
    """A provider on loopback that answers each path by a status and a body."""

    answers: dict[str, tuple[int, str]]
    url: str = ""
    heads: list[str] = field(default_factory=list[str])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        status, body = self.answers.get(head.split(" ")[1], (404, "{}"))
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def provider(answers: dict[str, tuple[int, str]]) -> AsyncGenerator[Provider]:
    made = Provider(answers)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield made


LISTED = (200, '{"data": [{"id": "m"}]}')
CHECKS: list[tuple[str, dict[str, tuple[int, str]], str, str, str]] = [
    ("openai", {"/models": LISTED}, "m", "ok", "authorization: bearer sk-good"),
    ("openai", {"/models": LISTED}, "another", "unknown_model", ""),
    ("openai", {"/models": (401, "{}")}, "m", "bad_key", ""),
    ("openai", {"/models": (429, "{}")}, "m", "busy", ""),
    ("openai", {"/models": (500, "{}")}, "m", "failed", ""),
    ("openai", {"/chat/completions": (200, "{}")}, "m", "ok", "post /chat/completions"),
    ("openai", {"/models": (200, "<html>"), "/chat/completions": (200, "{}")}, "m", "ok", ""),
    ("openai", {}, "m", "unknown_model", ""),
    ("anthropic", {"/v1/models/m": (200, "{}")}, "m", "ok", "x-api-key: sk-good"),
    ("anthropic", {}, "m", "unknown_model", ""),
    ("anthropic", {"/v1/models/m": (401, "{}")}, "m", "bad_key", ""),
    ("google", {"/v1beta/models/m": (200, "{}")}, "m", "ok", "x-goog-api-key: sk-good"),
    ("google", {"/v1beta/models/m": (400, "{}")}, "m", "bad_key", ""),
    ("google", {}, "m", "unknown_model", ""),
]


@pytest.mark.parametrize(("kind", "answers", "model", "finding", "header"), CHECKS)
async def test_a_check_says_in_a_word_what_the_provider_says(  # noqa: PLR0917 - one row of the table
    scene: Scene, kind: str, answers: dict[str, tuple[int, str]], model: str, finding: str, header: str
) -> None:
    _, browser = await scene.browser()
    async with provider(answers) as there, browser:
        await change(browser, provider=kind, model=model, base_url=there.url)
        await give_key(scene)
        found = await browser.post(CHECK, json={"position": 0})
        assert (found.status_code, found.json()["finding"]) == (200, finding)
        assert header in there.heads[-1].lower()


async def test_a_check_without_a_key_a_model_or_a_listener(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with provider({}) as there:
        nowhere = there.url
    async with browser:
        assert (await browser.post(CHECK, json={"position": 0})).status_code == 404
        await change(browser, model="m", base_url=nowhere)
        assert (await browser.post(CHECK, json={"position": 0})).json()["finding"] == "no_key"
        await give_key(scene)
        assert (await browser.post(CHECK, json={"position": 0})).json()["finding"] == "unreachable"
        assert (await browser.post(CHECK, json={"position": 1})).status_code == 404
