"""`/crm/reports`: every figure is as many rows as it says, and no company's rows are another's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from core.statements import load_statements
from orchestrator_service.reports.models import Replies
from orchestrator_service.reports.repository import SQL as REPORT
from tests.integration.api.scene import make_scene
from tests.integration.reports.random_company import Company, random_company
from tests.support.api import Api
from tests.support.factories import make_event, make_seller

PATH = "/crm/reports"
SQL = load_statements(Path(__file__).with_name("definitions.sql"))
Json = Any  # what httpx answers


async def rows_of(browser: httpx.AsyncClient, figure: str, **part: str | int) -> list[Json]:
    """All rows of a figure, page after page."""
    rows: list[Json] = []
    cursor: str | None = None
    while True:
        asked = {"figure": figure, "limit": 100, **part, **({"cursor": cursor} if cursor else {})}
        answer = await browser.get(f"{PATH}/rows", params=asked)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            assert len({row["id"] for row in rows}) == len(rows)
            return rows


async def ceo_of(api: Api, company: Company) -> httpx.AsyncClient:
    return api.browser(await api.session(await api.member(company.tenant, "ceo")))


@pytest.fixture
async def company(api: Api) -> Company:
    await random_company(api, api.clock(), 1, leads=20, talks=2)  # another one, which is never seen
    return await random_company(api, api.clock(), 2, leads=160, talks=14)


async def test_each_figure_is_as_many_rows_as_it_says(api: Api, company: Company) -> None:
    async with await ceo_of(api, company) as browser:
        report = (await browser.get(PATH)).json()
        await check_totals(browser, report, company)
        await check_parts(browser, report, company)
    await check_definition(api, company)


async def check_totals(browser: httpx.AsyncClient, report: Json, company: Company) -> None:
    figures = report["figures"]
    assert (figures["leads"], figures["won"], figures["bookings"]) == (company.leads, company.won, company.bookings)
    assert {one["currency"]: Decimal(one["amount"]) for one in figures["revenue"]} == company.earned
    days = [{}, {"first": report["before_first"], "last": report["before_last"]}]
    for shown, asked in zip((figures, report["before"]), days, strict=True):
        for figure in ("leads", "won", "bookings", "shown", "missed", "model_calls"):
            assert len(await rows_of(browser, figure, **asked)) == shown[figure], figure
        for figure in ("agent_replies", "person_replies"):
            found = sorted(row["seconds"] for row in await rows_of(browser, figure, **asked))
            assert len(found) == (shown[figure]["count"] if shown[figure] else 0)
            if found:
                middle = (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2
                assert shown[figure]["median"] == pytest.approx(middle)
                assert min(found) >= 0
        for one in shown["revenue"]:
            found = await rows_of(browser, "revenue", currency=one["currency"], **asked)
            assert (len(found), sum(Decimal(row["amount"]) for row in found)) == (
                one["count"],
                Decimal(one["amount"]),
            )
        costs = await rows_of(browser, "model_calls", **asked)
        assert sum(Decimal(row["amount"]) for row in costs) == Decimal(shown["model_cost"])


async def check_parts(browser: httpx.AsyncClient, report: Json, company: Company) -> None:
    leads = [step["leads"] for step in report["funnel"]]
    assert leads == sorted(leads, reverse=True)
    assert leads[0] == report["figures"]["leads"]
    for step in report["funnel"]:
        assert len(await rows_of(browser, "reached", stage=step["stage_key"])) == step["leads"]
    assert sum(one["leads"] for one in report["sources"]) == report["figures"]["leads"]
    for one in report["sources"]:
        assert len(await rows_of(browser, "leads", source=one["source"])) == one["leads"]
        assert len(await rows_of(browser, "won", source=one["source"])) == one["won"]
    assert {one["reason"] for one in report["lost"]} == {"Precio", "Ahora no", ""}
    for one in report["lost"]:
        assert len(await rows_of(browser, "lost", reason=one["reason"])) == one["leads"]
    assert len(report["sellers"]) == len(company.sellers)
    for one in report["sellers"]:
        for figure, shown in [("met", one["met"]), ("met_won", one["won"])] + [
            (name, one[name]) for name in ("bookings", "shown", "missed")
        ]:
            assert len(await rows_of(browser, figure, seller_id=one["seller_id"])) == shown, figure
    for one in report["stays"]:
        found = await rows_of(browser, "stays", stage=one["stage_key"])
        assert len(found) == one["count"]
    assert report["stays"]
    assert report["figures"]["shown"] > 0 < report["figures"]["missed"]
    open_worth = sum(Decimal(one["value"]) for one in report["forecast"])
    assert Decimal(0) < sum(Decimal(one["weighted"]) for one in report["forecast"]) < open_worth


async def check_definition(api: Api, company: Company) -> None:
    """The waits for an answer are those that the definition, followed word by word, comes to."""
    now = api.clock()
    for days in (30, 60):
        period = {"since": now - timedelta(days=days), "until": now}
        async with api.db.tenant(company.tenant) as tx:
            assert await tx.all(REPORT["replies"], Replies, **period) == await tx.all(SQL["replies"], Replies, **period)


async def test_days_are_the_companys_and_only_the_ceo_sees_them(api: Api) -> None:
    scene = await make_scene(api)
    _, ceo = await scene.browser()
    _, secretary = await scene.browser("secretary")
    await scene.talk()
    async with ceo, secretary:
        empty = (await ceo.get(PATH, params={"first": "2020-01-01", "last": "2020-01-02"})).json()
        today = (await ceo.get(PATH)).json()
        wrong = await ceo.get(PATH, params={"first": "2020-01-02", "last": "2020-01-01"})
        refused = [await secretary.get(f"{PATH}{path}") for path in ("", "/readiness", "/rows?figure=leads")]
        ready = (await ceo.get(f"{PATH}/readiness")).json()
    assert (empty["before_first"], empty["before_last"]) == ("2019-12-30", "2019-12-31")
    assert (empty["figures"]["leads"], empty["figures"]["show_rate"], empty["figures"]["agent_replies"]) == (
        0,
        None,
        None,
    )
    assert today["figures"]["leads"] == 1
    assert today["last"] == api.clock().astimezone(ZoneInfo(today["zone"])).date().isoformat()
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_period")
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert ready == {
        "whatsapp": True, "model": False, "google": False, "hours": False, "offer": True, "team": True, "leads": True,
    }  # fmt: skip


async def test_a_seller_is_measured_against_targets_that_the_ceo_sets(api: Api) -> None:
    scene = await make_scene(api)
    _, ceo = await scene.browser()
    closer, own = await scene.browser("closer")
    seller = await make_seller(api.db, scene.tenant, user_id=closer.user_id)
    foreign = await make_seller(api.db, (await make_scene(api)).tenant)
    talk = await scene.talk()
    starts = api.clock().replace(day=15, hour=12) - timedelta(days=31)
    await make_event(
        api.db, scene.tenant, seller, starts, starts + timedelta(hours=1), status="done", lead_id=talk.lead_id
    )
    path, month = f"/crm/sellers/{seller}", {"month": starts.date().isoformat()}
    targets = [
        {"measure": "meetings", "currency": "", "amount": "12.00"},
        {"measure": "revenue", "currency": "USD", "amount": "900.50"},
    ]
    async with ceo, own:
        kept = await ceo.put(f"{path}/targets", json={**month, "targets": targets})
        seen = (await own.get(f"{path}/performance", params=month)).json()
        other = (await ceo.get(f"{path}/performance", params={"month": "2020-01-01"})).json()
        twice = await ceo.put(f"{path}/targets", json={**month, "targets": [targets[0], targets[0]]})
        refused = [
            await own.put(f"{path}/targets", json={**month, "targets": []}),
            await ceo.put(f"/crm/sellers/{foreign}/targets", json={**month, "targets": []}),
        ]
        part = {"seller_id": seller, "first": seen["month"], "last": seen["last"]}
        assert len(await rows_of(ceo, "met", **part)) == seen["met"] == 1
    assert kept.status_code == 200, kept.text
    assert (seen, seen["targets"], seen["shown"]) == (kept.json(), targets, 1)
    assert (other["targets"], other["shown"]) == ([], 0)
    assert [twice.status_code, *(answer.status_code for answer in refused)] == [422, 403, 404]
