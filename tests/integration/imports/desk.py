"""Somebody at the import page, and a worker that does what they order."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx

from core.crm_contracts import ImportStep
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.imports.step import step
from tests.support.api import Api, Member
from tests.support.spreadsheets import Spreadsheet

SQL = sibling_statements(__file__)
Answer: TypeAlias = dict[str, Any]


@dataclass
class Desk:
    """Somebody at the import page, and the worker."""

    api: Api
    ceo: Member
    browser: httpx.AsyncClient

    async def upload(self, content: bytes, name: str = "leads.csv") -> Answer:
        answer = await self.browser.post("/crm/imports", content=content, headers={"X-File-Name": name})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def order(self, one: Answer, verb: str, body: object = None) -> httpx.Response:
        return await self.browser.post(f"/crm/imports/{one['id']}/{verb}", json=body)

    async def read(self, one: Answer) -> Answer:
        return (await self.browser.get(f"/crm/imports/{one['id']}")).json()

    async def work(self, one: Answer, most: int = 1000) -> Answer:
        """The worker does chunk after chunk, each job twice, as after a death between the work and its receipt."""
        passed = (await self.read(one))["passed"]
        for number in range(passed, min(one["chunk_count"], passed + most)):
            job = ImportStep(int(self.ceo.tenant_id), one["id"], number)
            await asyncio.gather(step(self.api.db, job), step(self.api.db, job))
        return await self.read(one)

    async def bring_in(self, content: bytes, **options: object) -> Answer:
        one = await self.upload(content)
        body = {"columns": one["guess"], "options": {"country": "AR", **options}}
        assert (await self.order(one, "check", body)).status_code == 202
        await self.work(one)
        assert (await self.order(one, "run")).status_code == 202
        return await self.work(one)

    async def state(self) -> list[JsonObject]:
        """Every lead of the company, column by column, and what its timeline remembers."""
        async with self.api.db.tenant(self.ceo.tenant_id) as tx:
            return [row.lead for row in await tx.all(SQL["whole_leads"], Whole)]

    async def bells(self) -> list[tuple[int, JsonObject]]:
        """Who was told that an import is done, and what."""
        async with self.api.db.tenant(self.ceo.tenant_id) as tx:
            return [(one.user_id, one.data) for one in await tx.all(SQL["notices"], Bell)]

    async def events(self) -> list[tuple[str, JsonObject]]:
        """What the outbox holds since the first import, in order."""
        async with self.api.db.tenant(self.ceo.tenant_id) as tx:
            return [(event.name, event.payload) for event in await tx.all(SQL["events"], Event)]


@dataclass(frozen=True)
class Whole:
    lead: JsonObject


@dataclass(frozen=True)
class Bell:
    user_id: int
    data: JsonObject


@dataclass(frozen=True)
class Event:
    name: str
    payload: JsonObject


def told(sheet: Spreadsheet) -> dict[str, int]:
    bad = sheet.reasons.total() - sheet.reasons["repeated"]
    return {"create": sheet.good, "repeated": sheet.reasons["repeated"], "bad": bad}


async def reasons(desk: Desk, one: Answer) -> Counter[str]:
    found: Counter[str] = Counter()
    cursor = None
    while True:
        query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
        page = (await desk.browser.get(f"/crm/imports/{one['id']}/rows", params=query)).json()
        found.update(problem["code"] for row in page["items"] for problem in row["problems"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found
