"""Canales: the numbers and their health, a check of the key, the pause of everything, and a new number of Meta's."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_numbers_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/channels", look=look)
    page = screen.page
    card = page.get_by_role("region", name="WhatsApp", exact=True)
    await expect(card.get_by_text(re.compile(r"/webhook/ycloud/[\w-]{43}$"))).to_be_visible()
    await screen.judged("channels")
    await page.get_by_role("button", name="Agregar número").click()
    await page.get_by_role("dialog").get_by_text("Meta", exact=True).click()
    await expect(page.get_by_label("Id del número (phone number ID)")).to_be_visible()
    await screen.judged("channels-add")


async def test_a_number_is_checked_paused_and_added(visit: Visit) -> None:
    screen = await visit("/channels")
    page = screen.page
    card = page.get_by_role("region", name="WhatsApp", exact=True)
    await card.get_by_role("button", name="Probar WhatsApp").click()
    await expect(card.get_by_text("La clave funciona.")).to_be_visible(timeout=15_000)

    pause = page.get_by_role("switch", name="Pausar todos los envíos")
    await pause.click(force=True)
    await expect(page.get_by_text("No sale ningún mensaje de la empresa")).to_be_visible()
    await screen.settled()
    await screen.screenshot("channels-paused")
    await page.get_by_role("button", name="Deshacer").last.click()
    await expect(page.get_by_text("Los mensajes salen con normalidad.")).to_be_visible()

    await page.get_by_role("button", name="Agregar número").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Meta", exact=True).click()
    await dialog.get_by_label("Nombre").fill("Ventas México")
    await dialog.get_by_label("Número de WhatsApp").fill("+52 55 1234 5678")
    await dialog.get_by_label("Id del número (phone number ID)").fill("106540352242922")
    await dialog.get_by_label("Token de acceso").fill("EAAG-DoNotShowMe")
    await dialog.get_by_role("button", name="Agregar", exact=True).click()
    await expect(dialog.get_by_text("Token de verificación: se muestra solo esta vez")).to_be_visible()
    await screen.judged("channels-added")
    await dialog.get_by_role("button", name="Listo").click()
    added = page.get_by_role("region", name="Ventas México")
    await expect(added.get_by_text(re.compile(r"/webhook/meta/[\w-]{43}$"))).to_be_visible()
    await expect(added).to_contain_text("+52 55 1234 5678")

    await added.get_by_role("button", name="Acciones de Ventas México").click()
    await page.get_by_role("menuitem", name=re.compile("^Desactivar")).click()
    await expect(added.get_by_text("Inactivo")).to_be_visible()
    await added.get_by_role("button", name="Acciones de Ventas México").click()
    await page.get_by_role("menuitem", name=re.compile("^Renovar la dirección")).click()
    before = await added.get_by_text(re.compile("/webhook/meta/")).inner_text()
    await dialog.get_by_role("button", name="Renovar", exact=True).click()
    await expect(added.get_by_text(before)).to_have_count(0)
    await screen.settled()
    await screen.screenshot("channels-two")
