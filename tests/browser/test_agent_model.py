"""Agente, Modelo: which models answer, in which order, and what they took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.screen import LOOKS

if TYPE_CHECKING:
    from tests.browser.fixtures import Visit
    from tests.browser.screen import Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_models_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/studio?tab=model", look=look)
    await expect(screen.page.get_by_role("heading", name="Modelos de respaldo")).to_be_visible()
    await expect(screen.page.get_by_text("Este mes")).to_be_visible()
    await screen.judged("agent-model")


async def test_fallbacks_are_put_in_order_by_keyboard_saved_and_taken_back(visit: Visit) -> None:
    screen = await visit("/studio?tab=model")
    page = screen.page
    for name in ("modelo-uno", "modelo-dos"):
        await page.get_by_role("button", name="Agregar respaldo").click()
        await page.get_by_role("listitem").last.get_by_label("Nombre del modelo").fill(name)
    up = page.get_by_role("button", name="Subir: modelo-dos")
    await up.focus()
    await page.keyboard.press("Enter")
    await expect(up).to_be_focused()
    await expect(page.get_by_text("modelo-dos es ahora el número 2")).to_be_attached()
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.get_by_role("listitem", name="modelo-dos").get_by_text("Falta la clave")).to_be_visible()
    await expect(page.get_by_text("2. modelo-dos")).to_be_visible()
    await page.get_by_role("button", name="Deshacer").click()
    await expect(page.get_by_role("listitem", name="modelo-dos")).to_have_count(0)


async def test_what_is_typed_wrong_is_said_beside_it_and_not_saved(visit: Visit) -> None:
    screen = await visit("/studio?tab=model")
    page = screen.page
    await page.get_by_label("Por día, en dinero").fill("5")
    await page.get_by_label("Nombre del modelo").first.fill("modelo")
    await expect(page.get_by_text("Un tope en dinero necesita este precio.").first).to_be_visible()
    await expect(page.get_by_role("button", name="Guardar")).to_be_disabled()
    await page.get_by_role("button", name="Descartar").click()
    await expect(page.get_by_label("Por día, en dinero")).to_have_value("")
