"""Leads: the table with its filters, views and bulk edits, the panel beside it, and one lead."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, Look


def row(page: Page, name: str) -> Locator:
    """A lead's row."""
    return page.get_by_role("row").filter(has_text=name)


async def create(page: Page, name: str, **fields: str) -> None:
    """A lead of the test's own, typed in; its page is open afterwards."""
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="Nuevo lead")
    await dialog.get_by_label("Nombre").fill(name)
    for label, text in fields.items():
        await dialog.get_by_label(label).fill(text)
    await dialog.get_by_role("button", name="Crear lead").click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_table_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/leads", look=look)
    await expect(screen.page.get_by_role("checkbox", name="Elegir a").first).to_be_visible()
    await screen.judged("leads")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_lead_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/leads?q=ana+ruiz", look=look)
    await row(screen.page, "Ana Ruiz").click()
    if not look.phone:
        await expect(screen.page.get_by_role("complementary", name="Lead abierto")).to_be_visible()
        await screen.judged("lead-panel")
        await screen.page.keyboard.press("o")
    await expect(screen.page.get_by_role("heading", level=1, name="Ana Ruiz")).to_be_visible()
    await expect(screen.page.get_by_text("calificó:")).to_be_visible()
    await screen.judged("lead")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_chosen_rows_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/leads?interest=hot", look=look)
    for name in ("Javier Ortega", "Beatriz Souza"):
        await screen.page.get_by_role("checkbox", name=f"Elegir a {name}").click()
    await expect(screen.page.get_by_role("toolbar")).to_contain_text("2 elegidos")
    await screen.judged("leads-chosen")


async def test_filters_stand_in_the_address_and_their_chips_take_them_away(visit: Visit) -> None:
    screen = await visit("/leads?interest=hot&owner=burning")
    page = screen.page
    await expect(row(page, "Ana Ruiz")).to_be_visible()
    await expect(row(page, "Luis Paz")).to_have_count(0)
    await page.keyboard.press("/")
    await page.keyboard.type("guadalupe hernandez")
    await expect(row(page, "Ana Ruiz")).to_have_count(0)
    await expect(row(page, "Guadalupe Hernández")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"q=guadalupe(\+|%20)hernandez"))
    await page.get_by_role("button", name="Quitar filtro: Interés").click()
    await expect(page).not_to_have_url(re.compile("interest"))
    await page.get_by_role("searchbox").fill("nobody of that name")
    await page.get_by_role("button", name="Quitar los filtros").click()
    await expect(row(page, "").nth(5)).to_be_visible()


async def test_filters_are_kept_as_a_view_renamed_forgotten_and_brought_back(visit: Visit) -> None:
    screen = await visit("/leads?interest=warm", role="secretary")
    page = screen.page
    views = page.get_by_role("navigation", name="Vistas")
    await views.get_by_role("button", name="Guardar vista").click()
    await page.get_by_label("Nombre de la vista").fill("Tibios de prueba")
    await page.keyboard.press("Enter")
    tab = views.get_by_role("button", name="Tibios de prueba", exact=True)
    await expect(tab).to_have_attribute("aria-current", "true")
    await views.get_by_role("button", name="Todos").click()
    await expect(page).not_to_have_url(re.compile("interest"))
    await tab.click()
    await expect(row(page, "Ana Ruiz")).to_have_count(0)
    await views.get_by_role("button", name="Opciones de la vista Tibios de prueba").click()
    await page.get_by_role("menuitem", name="Borrar").click()
    await expect(tab).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").click()
    await expect(tab).to_be_visible()
    await page.reload()
    await views.get_by_role("button", name="Opciones de la vista Tibios de prueba").click()
    await page.get_by_role("menuitem", name="Cambiar el nombre").click()
    await page.get_by_label("Nombre de la vista").fill("Tibios")
    await page.keyboard.press("Enter")
    await expect(views.get_by_role("button", name="Tibios", exact=True)).to_be_visible()


async def test_many_move_at_once_and_each_goes_back_to_its_own_stage(visit: Visit) -> None:
    screen = await visit("/leads")
    page = screen.page
    stages = {"Bulk Uno": "Nuevo", "Bulk Dos": "Propuesta"}
    for name, stage in stages.items():
        await create(page, name)
        if stage != "Nuevo":
            await page.keyboard.press("m")
            await page.get_by_role("option", name=stage).click()
            await expect(page.get_by_role("alert").filter(has_text=stage)).to_be_visible()
        await page.keyboard.press("Escape")
    await page.get_by_role("searchbox").fill("bulk")
    await expect(page).to_have_url(re.compile("q=bulk"))
    await screen.settled()  # what is chosen before belongs to the former list
    await expect(row(page, "Ana Ruiz")).to_have_count(0)
    for name in stages:
        await page.get_by_role("checkbox", name=f"Elegir a {name}").click()
    await page.get_by_role("button", name="Cambiar etapa").click()
    await page.get_by_role("menuitem", name="Reunión").click()
    for name in stages:
        await expect(row(page, name)).to_contain_text("Reunión")
    await page.get_by_role("alert").filter(has_text="2 leads → Reunión").get_by_role("button", name="Deshacer").click()
    for name, stage in stages.items():
        await expect(row(page, name)).to_contain_text(stage)
    await screen.settled()  # shown at once, and by now kept
    await page.reload()
    for name, stage in stages.items():
        await expect(row(page, name)).to_contain_text(stage)


async def test_the_keys_go_through_the_table_and_the_record(visit: Visit) -> None:
    screen = await visit("/leads?interest=hot")
    page = screen.page
    names = [await cell.inner_text() for cell in await page.locator("[role=row] [data-column=name]").all()][1:]
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(page.get_by_role("toolbar")).to_contain_text("1 elegido")
    await page.keyboard.press("x")
    await page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Lead abierto")
    await expect(panel.get_by_role("heading", name=names[1])).to_be_visible()
    await page.keyboard.press("j")
    await expect(panel.get_by_role("heading", name=names[2])).to_be_visible()
    await page.keyboard.press("o")
    await expect(page.get_by_role("heading", level=1, name=names[2])).to_be_visible()
    await page.keyboard.press("k")
    await expect(page.get_by_role("heading", level=1, name=names[1])).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile(r"/leads\?interest=hot$"))


async def test_a_number_that_is_a_lead_already_opens_that_one(visit: Visit) -> None:
    screen = await visit("/leads")
    page = screen.page
    screen.noise.expect(r"status of 409 .*/crm/leads")
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="Nuevo lead")
    await dialog.get_by_label("Teléfono").fill("+54 9 11 4444-0001")
    await dialog.get_by_role("button", name="Crear lead").click()
    await page.get_by_role("button", name="Abrir el existente").click()
    await expect(page.get_by_role("heading", level=1, name="Ana Ruiz")).to_be_visible()


async def test_a_field_is_edited_in_place_rolled_back_where_refused_and_undone(visit: Visit) -> None:
    screen = await visit("/leads")
    page = screen.page
    await create(page, "Campo Prueba")
    company = page.get_by_label("Empresa")
    await company.fill("Acme")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Deshacer").click()
    await expect(company).to_have_value("")
    await page.get_by_label("Valor").fill("1.250,50")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("US$ 1.250,50")).to_be_visible()
    screen.noise.expect(r"status of 422 .*/crm/leads")
    await page.get_by_label("Teléfono").fill("12345")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("El teléfono no es válido.")).to_be_visible()
    await expect(page.get_by_label("Teléfono")).to_have_value("")


async def test_the_open_lead_hears_what_another_window_does(visit: Visit, instance: Instance) -> None:
    mine = await visit("/leads")
    await create(mine.page, "Vivo Prueba")
    path = mine.page.url.removeprefix(instance.url)
    other = await visit(path, role="secretary")
    await other.page.keyboard.press("m")
    await other.page.get_by_role("option", name="Propuesta").click()
    told = mine.page.get_by_role("list", name="Lo que pasó")
    await expect(told).to_contain_text("cambió la etapa: Nuevo → Propuesta")
    await expect(mine.page.get_by_role("combobox", name="Etapa")).to_have_value("Propuesta")


async def test_a_seller_sees_no_tool_for_what_the_role_may_not_do(visit: Visit) -> None:
    screen = await visit("/leads", role="closer")
    page = screen.page
    await page.get_by_role("checkbox", name="Elegir a").first.click()
    await expect(page.get_by_role("button", name="Cambiar etapa")).to_be_visible()
    await expect(page.get_by_role("button", name="Asignar a")).to_have_count(0)
