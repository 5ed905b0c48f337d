"""Inicio: the ceo's figures and the rows behind them, and the day of everybody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from core.principal import Role
from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance, browser_headers
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_figures_are_fit_to_ship_and_open_their_rows(visit: Visit, look: Look) -> None:
    screen = await visit("/", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", name="Hasta dónde llegaron")).to_be_visible()
    await screen.judged("home")
    await page.get_by_role("button", name=re.compile("^Qué cuenta «Leads nuevos»")).click()
    await expect(page.get_by_text("Leads que llegaron en estos días")).to_be_visible()
    await page.keyboard.press("Escape")
    lost = page.get_by_role("row", name=re.compile("^Eligió a otro")).get_by_role("button")
    said = int(await lost.inner_text())
    await lost.click()
    drawer = page.get_by_role("dialog", name="Perdidos · Eligió a otro")
    await expect(drawer.get_by_role("listitem")).to_have_count(said)
    await screen.judged("home-rows")
    await page.go_back()
    await expect(drawer).to_have_count(0)


async def task_of_today(instance: Instance, role: Role) -> str:
    """A task that was due a minute ago, for whoever has that role."""
    title = f"Llamar antes de cerrar {uuid4().hex[:6]}"
    async with httpx.AsyncClient(
        base_url=instance.url,
        headers=browser_headers(instance.url, f"203.0.113.{uuid4().int % 200 + 1}"),
        cookies={LOOPBACK_COOKIE: instance.logins[role].session},
        trust_env=False,
    ) as browser:
        me = (await browser.get("/auth/me")).json()["user"]["id"]
        lead = (await browser.get("/crm/leads", params={"limit": 1})).json()["items"][0]["id"]
        due = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        body = {"title": title, "due_at": due, "assigned_user_id": me}
        answer = await browser.post(f"/crm/leads/{lead}/tasks", json=body)
        assert answer.status_code == 201, answer.text
    return title


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_team_sees_its_day(visit: Visit, instance: Instance, look: Look) -> None:
    title = await task_of_today(instance, "secretary")
    screen = await visit("/", role="secretary", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", name="Esperan a una persona")).to_be_visible()
    await expect(page.get_by_role("heading", name="Reuniones de hoy")).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text=title)
    await expect(line.get_by_text("Vencida")).to_be_visible()
    await expect(line.get_by_role("link")).to_have_attribute("href", re.compile(r"/leads/\d+"))
    await screen.judged("home-day")
    await line.get_by_role("checkbox").click()
    await expect(line).to_have_count(0)


async def test_a_sellers_month_stands_beside_its_targets(visit: Visit) -> None:
    screen = await visit("/sellers")
    page = screen.page
    await page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").click()
    drawer = page.get_by_role("dialog")
    await drawer.get_by_role("button", name="Mes siguiente").click()
    await drawer.get_by_role("button", name="Cambiar metas").click()
    await drawer.get_by_label("Leads ganados").fill("7")
    await drawer.get_by_role("button", name="Guardar", exact=True).click()
    await expect(drawer.get_by_text("/ 7")).to_be_visible()
    await screen.judged("seller-results")
