"""Inicio: the ceo's figures and the rows behind them, and the day of everybody else."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
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


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_team_sees_its_day(visit: Visit, look: Look) -> None:
    screen = await visit("/", role="secretary", look=look)
    await expect(screen.page.get_by_role("heading", name="Esperan a una persona")).to_be_visible()
    await expect(screen.page.get_by_role("heading", name="Reuniones de hoy")).to_be_visible()
    await screen.judged("home-day")


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
