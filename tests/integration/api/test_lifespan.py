"""Starting and stopping the API service: it refuses what is unsafe, tells how it is, and always ends."""

from __future__ import annotations

import asyncio
import base64
import random
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from core.config import MisconfiguredError, Settings
from core.credentials import VaultError
from core.database_errors import DatabaseUnavailable
from core.errors import PROBLEM_MEDIA_TYPE
from core.keyring import KeyringError
from core.secret import Secret
from core.security_headers import DEFAULTS
from orchestrator_service.main import create_app
from tests.support import servers as support
from tests.support.api import Api, running_api, settings_for
from whatsapp_service.main import create_app as create_whatsapp_app

LONG_KEY = base64.b64encode(b"k" * 32).decode()
SHORT_KEY = base64.b64encode(b"k" * 31).decode()


@pytest.mark.proof
async def test_the_service_ends_however_early_it_is_stopped(
    database: support.Database, servers: support.RunServers
) -> None:
    settings = settings_for(database, servers.redis_url)
    chance = random.Random(11)  # noqa: S311 - repeatable, no secret

    async def live_shortly() -> None:
        async with running_api(settings):
            await asyncio.sleep(chance.random() / 20)

    for _ in range(40):
        await asyncio.wait_for(live_shortly(), 8)


async def test_it_refuses_a_role_that_sees_every_company(
    database: support.Database, servers: support.RunServers
) -> None:
    for url in (database.owner_url, database.superuser_url):
        app = create_app(replace(settings_for(database, servers.redis_url), database_url=url))
        with pytest.raises(MisconfiguredError, match="row level security"):
            async with app.router.lifespan_context(app):
                pass


@pytest.mark.parametrize("keys", ["", "k1:", f"k1:{SHORT_KEY}", LONG_KEY, f"k1:{LONG_KEY},k1:{LONG_KEY}"])
@pytest.mark.parametrize("create", [create_app, create_whatsapp_app])
async def test_neither_service_starts_without_a_good_key_to_the_vault(
    database: support.Database, servers: support.RunServers, create: Callable[[Settings], FastAPI], keys: str
) -> None:
    app = create(replace(settings_for(database, servers.redis_url), vault_keys=Secret(keys)))
    with pytest.raises(VaultError) as refused:
        async with app.router.lifespan_context(app):
            pass
    assert LONG_KEY not in str(refused.value)
    assert SHORT_KEY not in str(refused.value)


@pytest.mark.parametrize("keys", ["", f"k1:{SHORT_KEY}"])
async def test_it_does_not_start_without_a_good_key_to_the_sessions(
    database: support.Database, servers: support.RunServers, keys: str
) -> None:
    app = create_app(replace(settings_for(database, servers.redis_url), jwt_keys=Secret(keys)))
    with pytest.raises(KeyringError):
        async with app.router.lifespan_context(app):
            pass


@pytest.mark.parametrize("create", [create_app, create_whatsapp_app])
async def test_control_with_good_keys_both_start(
    database: support.Database, servers: support.RunServers, create: Callable[[Settings], FastAPI]
) -> None:
    good = Secret(f"k1:{LONG_KEY}")
    app = create(replace(settings_for(database, servers.redis_url), vault_keys=good, jwt_keys=good))
    async with app.router.lifespan_context(app):
        pass


async def test_the_whatsapp_service_sends_the_hard_headers_and_problems_too(
    database: support.Database, servers: support.RunServers
) -> None:
    app = create_whatsapp_app(settings_for(database, servers.redis_url))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as provider:
            answers = [
                await provider.get("/healthz"),
                await provider.get("/nowhere"),
                await provider.put("/healthz"),
                await provider.post("/webhook/ycloud/nobody", json={}),
            ]
    for answer in answers:
        assert {*answer.headers} >= {name for name, _ in DEFAULTS} | {"content-security-policy", "x-request-id"}
    assert {answer.headers["content-type"] for answer in answers[1:]} == {PROBLEM_MEDIA_TYPE}


async def test_it_does_not_start_without_a_database(database: support.Database, servers: support.RunServers) -> None:
    gone = replace(settings_for(database, servers.redis_url), database_url="postgresql://nobody@127.0.0.1:1/none")
    app = create_app(gone)
    with pytest.raises(DatabaseUnavailable):
        async with app.router.lifespan_context(app):
            pass


async def test_it_is_ready_with_both_servers_and_still_without_redis(
    api: Api, database: support.Database, servers: support.RunServers
) -> None:
    async with api.browser() as browser:
        assert (await browser.get("/healthz")).json() == {"status": "ok"}
        assert (await browser.get("/readyz")).json() == {"database": "ok", "redis": "ok"}
    alone = settings_for(database, servers.redis_url)
    async with running_api(replace(alone, redis_url="redis://127.0.0.1:1/0")) as lonely, lonely.browser() as browser:
        answer = await browser.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "down"})


async def test_it_is_not_ready_without_its_database(api: Api) -> None:
    await api.db.close()
    async with api.browser() as browser:
        answer = await browser.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "down")


async def test_every_answer_carries_the_hard_headers_and_its_request_id(api: Api) -> None:
    async with api.browser() as browser:
        for path in ("/healthz", "/crm/leads", "/nowhere"):
            headers = (await browser.get(path, headers={"X-Request-ID": "request-0002"})).headers
            assert headers["x-request-id"] == "request-0002"
            assert headers["x-frame-options"] == "DENY"
            assert "default-src 'none'" in headers["content-security-policy"]


async def test_a_live_installation_tells_nobody_what_it_can_do(database: support.Database, redis_url: str) -> None:
    settings = replace(settings_for(database, redis_url), api_docs=False)
    async with running_api(settings) as api, api.browser() as browser:
        for path in ("/openapi.json", "/docs", "/docs/swagger-ui-bundle.js", "/redoc"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_description_is_complete(api: Api) -> None:
    async with api.browser() as browser:
        described = (await browser.get("/openapi.json")).json()
        assert {"/auth/login", "/crm/leads/{lead_id}", "/crm/patients", "/admin/core/audit/logs"} <= {
            *described["paths"]
        }
