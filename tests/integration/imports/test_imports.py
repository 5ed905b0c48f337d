"""A spreadsheet comes in, comes in again, and goes: what is told of each row, and what is left behind (ADR 0032)."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import cast

import httpx
import pytest

from core.contracts import ImportStep
from core.json_types import JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.imports import step as steps
from orchestrator_service.imports.step import step
from tests.support.api import Api, Member
from tests.support.factories import make_tenant
from tests.support.spreadsheets import Spreadsheet, spreadsheet

SQL = sibling_statements(__file__)
ROWS = 1100  # three chunks
COLUMNS = ["full_name", "phone", "email", "company", "stage", "value", "source", "need"]


@dataclass
class Desk:
    """Somebody at the import page, and the worker."""

    api: Api
    ceo: Member
    browser: httpx.AsyncClient

    async def upload(self, content: bytes, name: str = "leads.csv") -> JsonObject:
        answer = await self.browser.post("/crm/imports", content=content, headers={"X-File-Name": name})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def order(self, one: JsonObject, verb: str, body: object = None) -> httpx.Response:
        return await self.browser.post(f"/crm/imports/{one['id']}/{verb}", json=body)

    async def read(self, one: JsonObject) -> JsonObject:
        return (await self.browser.get(f"/crm/imports/{one['id']}")).json()

    async def work(self, one: JsonObject, most: int = 1000) -> JsonObject:
        """The worker does chunk after chunk, each job twice, as after a death between the work and its receipt."""
        for _ in range(most):
            now = await self.read(one)
            if now["state"] not in {"checking", "running", "undoing"}:
                return now
            job = ImportStep(int(self.ceo.tenant_id), cast("int", one["id"]), cast("int", now["passed"]))
            await asyncio.gather(step(self.api.db, job), step(self.api.db, job))
        return await self.read(one)

    async def bring_in(self, content: bytes, **options: object) -> JsonObject:
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

    async def run(self, statement: str, **params: object) -> None:
        async with self.api.db.tenant(self.ceo.tenant_id) as tx:
            await tx.run(SQL[statement], **params)


@dataclass(frozen=True)
class Whole:
    lead: JsonObject


@pytest.fixture
async def desk(api: Api) -> Desk:
    tenant: TenantId = await make_tenant(api.db)
    ceo = await api.member(tenant, "ceo")
    return Desk(api, ceo, api.browser(await api.session(ceo)))


def told(sheet: Spreadsheet) -> dict[str, int]:
    bad = sheet.reasons.total() - sheet.reasons["repeated"]
    return {"create": sheet.good, "repeated": sheet.reasons["repeated"], "bad": bad}


async def reasons(desk: Desk, one: JsonObject) -> Counter[str]:
    found: Counter[str] = Counter()
    cursor = None
    while True:
        query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
        page = (await desk.browser.get(f"/crm/imports/{one['id']}/rows", params=query)).json()
        found.update(problem["code"] for row in page["items"] for problem in row["problems"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_a_spreadsheet_comes_in_once_however_often_and_goes_without_a_trace(desk: Desk) -> None:
    sheet = spreadsheet(ROWS)
    before = await desk.state()
    one = await desk.upload(sheet.content)
    assert (one["guess"], one["row_count"], one["chunk_count"]) == (COLUMNS, ROWS, 3)
    assert (await desk.order(one, "run")).json()["code"] == "import_state"
    body = {"columns": one["guess"], "options": {"country": "AR"}}
    await desk.order(one, "check", body)
    assert (await desk.order(await desk.upload(b"name,phone\nAna,1150001111"), "check", {"columns": ["full_name", "phone"]})).json()["code"] == "import_busy"
    checked = await desk.work(one)
    assert (checked["state"], checked["checked"]) == ("checked", told(sheet))
    assert await desk.state() == before, "a dry run writes nothing"
    assert await reasons(desk, one) == sheet.reasons
    csv = (await desk.browser.get(f"/crm/imports/{one['id']}/rows.csv")).text
    assert "el teléfono no es válido" in csv
    await desk.order(one, "run")
    done = await desk.work(one)
    assert (done["state"], done["written"]) == ("done", told(sheet))
    assert len(await desk.state()) == sheet.good
    again = await desk.bring_in(sheet.content)
    assert again["written"] == {**told(sheet), "create": 0, "skip": sheet.good} | {} or again["written"].get("create", 0) == 0
    assert len(await desk.state()) == sheet.good, "the same file again makes nobody twice"
    assert (await desk.order(one, "undo")).status_code == 202
    undone = await desk.work(one)
    assert (undone["state"], undone["undone"]) == ("undone", {"restored": sheet.good})
    assert await desk.state() == before
    assert (await desk.order(one, "undo")).json()["code"] == "import_state", "once"
