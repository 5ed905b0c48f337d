"""Google Calendar: connected by the consent page, chosen, lost and connected again; the agenda shows what is taken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, Look

LAURA = "Laura Gómez"
ACCOUNT = "laura@demo.example"


async def order(instance: Instance, path: str, **body: object) -> None:
    """Have the local Google do something; its configuration says where it is and how it is told."""
    config = json.loads((Path(instance.state) / "local-google.json").read_text())
    async with httpx.AsyncClient() as http:
        url = f"http://127.0.0.1:{config['port']}/_sim{path}"
        answer = await http.post(url, json=body, headers={"X-Simulator-Token": config["token"]})
    assert answer.status_code == 200, answer.text


async def grant(page: Page, button: str) -> None:
    """Through Google's own page and back."""
    await page.get_by_role("button", name=f"{button} el calendario de {LAURA}").click()
    await page.locator(f'a[href*="{ACCOUNT.replace("@", "%40")}"], a[href*="{ACCOUNT}"]').first.click()
    await expect(page.get_by_role("status").get_by_text("Calendario conectado.")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_calendars_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/calendars", look=look)
    page = screen.page
    martin = page.get_by_role("region", name="Martín Duarte")
    await expect(martin.get_by_text("Conectado", exact=True)).to_be_visible()
    await expect(martin.get_by_text("actualizado:")).to_be_visible()
    await screen.judged("calendars")


async def test_a_calendar_is_connected_lost_and_connected_again(visit: Visit, instance: Instance) -> None:
    screen = await visit("/calendars")
    page = screen.page
    laura = page.get_by_role("region", name=LAURA)
    await expect(laura.get_by_text("Sin conectar")).to_be_visible()
    await grant(page, "Conectar")
    await expect(laura.get_by_text("Conectado", exact=True)).to_be_visible()

    await page.get_by_role("button", name=f"Elegir calendario de {LAURA}").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("radio", name="Equipo").check()
    await screen.judged("calendars-choose")
    await dialog.get_by_role("button", name="Usar este").click()
    await expect(laura.get_by_text(re.compile("^Equipo · cuenta propia"))).to_be_visible()

    await order(instance, "/lose_grants", account=ACCOUNT)
    await page.get_by_role("button", name=f"Probar ahora el calendario de {LAURA}").click()
    await expect(laura.get_by_text("Sin permiso")).to_be_visible()
    await expect(laura.get_by_text("Hasta reconectarlo no se ofrecen sus horarios.")).to_be_visible()
    await screen.judged("calendars-lost")
    await page.get_by_role("link", name="Ver la agenda").click()
    await expect(page.get_by_text("Almuerzo (Google)").first).to_be_visible()
    await screen.judged("calendars-agenda")
    await page.get_by_role("link", name="Reconectar", exact=True).click()
    await grant(page, "Reconectar")
    await expect(laura.get_by_text("Conectado", exact=True)).to_be_visible()

    await page.get_by_role("button", name=f"Desconectar el calendario de {LAURA}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Desconectar").click()
    await expect(laura.get_by_text("Sin conectar")).to_be_visible()
