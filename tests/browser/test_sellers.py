"""Vendedores, and the holidays of Ajustes: seen by whom, edited, undone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look

_numbers = count(1)
# One of their own, who takes no meetings: the other tests' customers are offered those of the demo company.
ADD = """async (name) => {
  const headers = { "X-Nexus-CSRF": "1", "content-type": "application/json" };
  const made = await fetch("/crm/sellers", { method: "POST", headers, body: JSON.stringify({ name }) });
  const { seller } = await made.json();
  const change = { method: "PATCH", headers, body: JSON.stringify({ active: false }) };
  return [(await fetch(`/crm/sellers/${seller.id}`, change)).status, seller.id];
}"""
HOURS = """async (id) => (await (await fetch(`/crm/sellers/${id}`)).json()).seller.working_hours"""


async def somebody(page: Page) -> tuple[str, int]:
    name = f"Dra. Nadia Sosa {next(_numbers)}"
    status, seller = await page.evaluate(ADD, name)
    assert status == 200
    return name, seller


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_pages_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/sellers", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", level=1, name="Vendedores")).to_be_visible()
    await screen.judged("sellers")
    await page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").click()
    drawer = page.get_by_role("dialog")
    await expect(drawer.get_by_role("region", name="Próximos horarios libres")).to_contain_text(
        re.compile(r"\d\d:\d\d")
    )
    await screen.judged("seller")
    await drawer.get_by_role("button", name="Otro tramo, Lunes").click()
    await expect(drawer.get_by_role("alert")).to_have_text("Completa las horas.")
    await drawer.get_by_role("heading", name="Días libres").scroll_into_view_if_needed()
    await screen.judged("seller-judged")


async def test_a_week_is_edited_copied_saved_and_undone_by_keys(visit: Visit) -> None:
    screen = await visit("/inbox")
    page = screen.page
    name, seller = await somebody(page)
    before = await page.evaluate(HOURS, seller)
    await page.keyboard.press("g")
    await page.keyboard.press("v")
    await page.get_by_role("link", name=re.compile(name)).press("Enter")
    drawer = page.get_by_role("dialog", name=name)
    await drawer.get_by_role("switch", name="Viernes").press("Space")
    await drawer.get_by_label("Hasta, Martes").fill("12:00")
    await drawer.get_by_role("button", name="Copiar las horas del Martes").press("Enter")
    await page.get_by_role("menuitem", name="De lunes a viernes").press("Enter")
    await drawer.get_by_role("button", name="Guardar").press("Enter")
    await expect(page.get_by_text(f"Horario guardado: {name}")).to_be_visible()
    week = await page.evaluate(HOURS, seller)
    assert {day: ranges for day, ranges in week.items() if ranges} == {
        str(day): [{"start": "09:00", "end": "12:00"}] for day in range(5)
    }
    await page.get_by_role("button", name="Deshacer").click()
    await expect(drawer.get_by_label("Hasta, Martes")).to_have_value("18:00")
    assert await page.evaluate(HOURS, seller) == before

    await drawer.get_by_label("Primer día").fill("2031-01-10")
    await drawer.get_by_label("Último día").fill("2031-01-20")
    await drawer.get_by_role("button", name="Agregar días").click()
    days_off = drawer.get_by_role("region", name="Días libres").get_by_role("listitem")
    await expect(days_off).to_contain_text("2031")
    await drawer.get_by_role("button", name=re.compile("^Quitar .*2031")).click()
    await expect(days_off).to_have_count(0)


async def test_days_that_the_company_closes_are_one_line_and_opened_again(visit: Visit) -> None:
    screen = await visit("/settings")
    page = screen.page
    year = datetime.now(UTC).year + 1
    section = page.get_by_role("region", name="Feriados y días cerrados")
    await section.get_by_text(str(year), exact=True).click()
    await section.get_by_label("Cerrado desde").fill(f"{year}-12-22")
    await section.get_by_label("Hasta (opcional)").fill(f"{year}-12-31")
    await section.get_by_label("Motivo").fill("Fin de año")
    await section.get_by_role("button", name="Agregar", exact=True).click()
    day = section.get_by_role("listitem").filter(has_text="Fin de año")
    await expect(day.get_by_role("switch")).to_be_checked()
    await expect(day).to_contain_text(re.compile("22 dic .* 31 dic"))
    await section.scroll_into_view_if_needed()
    await screen.screenshot("settings-holidays")
    await day.get_by_role("switch").press("Space")
    await expect(section.get_by_role("listitem").filter(has_text="Fin de año")).to_have_count(0)


@pytest.mark.parametrize("role", ["secretary", "closer"])
async def test_who_may_not_edit_reads(visit: Visit, role: str) -> None:
    screen = await visit("/sellers", role=role)  # pyright: ignore[reportArgumentType] - both are roles
    page = screen.page
    await expect(page.get_by_role("button", name="Agregar vendedor")).to_have_count(0)
    rows = page.get_by_role("main").get_by_role("listitem")
    await rows.first.get_by_role("link").click()
    drawer = page.get_by_role("dialog")
    await expect(drawer.get_by_role("heading", name="Horario de trabajo")).to_be_visible()
    await expect(drawer.get_by_role("switch", name="Recibe reuniones")).to_have_count(0)
    edits = 1 if role == "closer" else 0
    await expect(drawer.get_by_role("button", name="Agregar días")).to_have_count(edits)
    if role == "closer":
        await expect(rows).to_have_count(1)
    await screen.screenshot(f"seller-{role}")
