"""From the first foundation to today's with many leads, while the service role and the API read on (PRODUCT §2)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import pytest

from core.database import Database, open_database
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.db import PATCHES, evolve
from orchestrator_service.evolution import Patch
from tests.integration.evolution.databases import FOUNDATIONS, Fresh, from_foundation
from tests.support import servers
from tests.support.api import Api, running_api, settings_for

SQL = sibling_statements(__file__)
OLD = TenantId(7)
LONGEST_READ = 2.0  # seconds, far below the lock timeout of a patch
AGAIN = 503


@dataclass
class Readings:
    """What readers saw: the longest wait, how often, and what was wrong."""

    rows: list[float] = field(default_factory=list[float])
    answers: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    wrong: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Card:
    id: int
    full_name: str


async def read_rows(db: Database, seen: Readings) -> None:
    """The list's rows, one reading after the other."""
    while True:
        began = time.monotonic()
        async with db.tenant(OLD) as tx:
            cards = await tx.all(SQL["newest_leads"], Card)
        seen.rows.append(time.monotonic() - began)
        if len(cards) != 50:
            seen.wrong.append(f"{len(cards)} rows")
        await asyncio.sleep(0.002)


async def ask_api(browser: httpx.AsyncClient, seen: Readings) -> None:
    """The API's list: before the patch that lets reads be written down, it says "again later" at once."""
    while True:
        began = time.monotonic()
        answer = await browser.get("/crm/leads", params={"limit": 5})
        seen.answers.append((answer.status_code, time.monotonic() - began))
        await asyncio.sleep(0.7)  # within the route's limit of 100 a minute


@asynccontextmanager
async def reading(db: Database, api: Api, seen: Readings) -> AsyncGenerator[None]:
    """Readers at work."""
    member = await api.member(OLD, "ceo")
    async with api.browser(await api.session(member)) as browser:
        tasks = [asyncio.create_task(read_rows(db, seen)) for _ in range(4)]
        tasks.append(asyncio.create_task(ask_api(browser, seen)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            seen.wrong += [repr(one) for one in outcomes if not isinstance(one, asyncio.CancelledError)]


@pytest.mark.parametrize(
    "many", [5_000, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])], ids=["5,000", "100,000"]
)
async def test_it_completes_while_everybody_reads(
    fresh: Fresh, servers: servers.RunServers, redis_url: str, many: int
) -> None:
    url = await fresh()
    await from_foundation(url, next(iter(FOUNDATIONS)))
    name = urlsplit(url).path.lstrip("/")
    app_url = urlsplit(servers.app_url)._replace(path=f"/{name}").geturl()
    db = await open_database(app_url, application="tests", most_connections=5)
    try:
        async with db.tenant(OLD) as tx:
            for statement in ("old_company", "old_settings", "old_stage"):
                await tx.run(SQL[statement])
            await tx.run(SQL["many_leads"], many=many)
        seen = Readings()
        settings = settings_for(_named(app_url, url), redis_url)
        async with running_api(settings) as api, reading(db, api, seen):
            await asyncio.sleep(0.5)
            began = time.monotonic()
            assert (await evolve(url)).patches == PATCHES
            seconds = time.monotonic() - began
            after = len(seen.answers)
            await asyncio.sleep(2.5)
        async with db.tenant(OLD) as tx:
            assert await tx.value(SQL["count_leads"], int) == many
    finally:
        await db.close()
    assert seen.wrong == []
    assert len(seen.rows) > 100
    assert max(seen.rows) < LONGEST_READ, f"a reader waited {max(seen.rows):.1f} s of the {seconds:.1f} s"
    assert max(waited for _, waited in seen.answers) < LONGEST_READ
    assert {status for status, _ in seen.answers} <= {200, AGAIN}
    assert {status for status, _ in seen.answers[after + 1 :]} == {200}, (
        "from the last patch on, every read is answered"
    )


async def test_a_patch_that_shuts_readers_out_is_found(fresh: Fresh, servers: servers.RunServers) -> None:
    """The control: the readers' clock sees a table that is held for two seconds."""
    url = await fresh()
    await evolve(url)
    app_url = urlsplit(servers.app_url)._replace(path=urlsplit(url).path).geturl()
    slow = "DO $$ BEGIN LOCK TABLE leads IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(2.2); END $$"
    db = await open_database(app_url, application="tests", most_connections=3)
    try:
        seen = Readings()
        task = asyncio.create_task(read_rows(db, seen))
        await asyncio.sleep(0.2)
        await evolve(url, patches=(*PATCHES, Patch(999, "careless", slow)))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.wait([task])
    finally:
        await db.close()
    assert max(seen.rows) >= LONGEST_READ


def _named(app_url: str, owner_url: str) -> servers.Database:
    return servers.Database(urlsplit(app_url).path.lstrip("/"), owner_url, app_url, owner_url)
