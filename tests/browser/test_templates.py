"""Plantillas, Difusiones, and writing by template: in a shut window, and first to a lead."""

from __future__ import annotations

import re
from itertools import count

import httpx
import pytest
from playwright.async_api import expect

from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance, browser_headers
from tests.browser.screen import LOOKS, Look

_numbers = count(1)


def api(instance: Instance) -> httpx.AsyncClient:
    """The ceo without a window."""
    headers = browser_headers(instance.url, f"2001:db8:7e::{next(_numbers)}")
    cookies = {LOOPBACK_COOKIE: instance.logins["ceo"].session}
    return httpx.AsyncClient(base_url=instance.url, headers=headers, cookies=cookies, trust_env=False)


async def typed_lead(http: httpx.AsyncClient, name: str) -> int:
    phone = f"+54911558{next(_numbers):05d}"
    answer = await http.post("/crm/leads", json={"full_name": name, "phone": phone})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_pages_are_fit_to_ship(visit: Visit, instance: Instance, look: Look) -> None:
    screen = await visit("/templates", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", level=1, name="Plantillas")).to_be_visible()
    await page.get_by_role("button", name=re.compile("^recordatorio_reunion")).click()
    await expect(page.get_by_role("figure", name="Así se verá")).to_contain_text("Tu reunión se acerca")
    await expect(page.get_by_text("El formato no es válido: revisa variables y signos.")).to_be_visible()
    await screen.judged("templates")

    await page.get_by_role("tab", name="Mensajes automáticos").click()
    await expect(page.get_by_role("switch", name="Recordatorio del día anterior")).to_be_checked()
    await screen.judged("templates-triggers")
    await page.get_by_role("button", name="Editar: Recordatorio del día anterior").click()
    dialog = page.get_by_role("dialog", name="Recordatorio del día anterior")
    await expect(dialog.get_by_role("figure")).to_contain_text("Vendedor")
    await screen.judged("templates-trigger")
    await page.keyboard.press("Escape")

    async with api(instance) as http:
        name = f"Zaida {next(_numbers)}{look.width} Mora"
        await typed_lead(http, name)
        templates = (await http.get("/chat/templates?limit=100")).json()["items"]
        hello = next(one for one in templates if one["name"] == "seguimos_en_contacto")
        fills = {"body:1": "{{first_name}}", "body:2": "{{agent}}", "body:3": "{{our_company}}"}
        body = {"name": f"Prueba {name}", "template_id": hello["id"], "fills": fills, "filters": {"q": name}}
        assert (await http.post("/chat/broadcasts", json=body)).status_code == 201
    await screen.go("/broadcasts")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=f"Prueba {name}"))
    await expect(card.locator("dd").first).to_have_text("1")
    await card.get_by_role("button", name="Ver destinatarios").click()
    await expect(card.get_by_role("link", name=name)).to_be_visible()
    await screen.judged("broadcasts")
    await page.get_by_role("button", name="Nueva difusión").click()
    await page.get_by_label("Nombre (solo lo ve tu equipo)").fill("Novedades")
    dialog = page.get_by_role("dialog", name="Nueva difusión")
    await dialog.get_by_role("combobox", name="Plantilla").click()
    await page.get_by_role("option", name=re.compile("^promo_fin_de_ano")).click()
    await dialog.get_by_role("textbox", name="Variable 2", exact=True).fill("{{company|tu equipo}}")
    await expect(page.get_by_text(re.compile(r"Llega a \d+ personas"))).to_be_visible()
    await screen.judged("broadcasts-new")


async def test_a_lead_is_written_to_first_and_the_shut_window_offers_templates(
    visit: Visit, instance: Instance
) -> None:
    async with api(instance) as http:
        lead = await typed_lead(http, "Noelia Paz")
    screen = await visit(f"/leads/{lead}")
    page = screen.page
    await page.get_by_role("button", name="Escribir con plantilla").click()
    dialog = page.get_by_role("dialog", name="Escribir con plantilla")
    await dialog.get_by_role("combobox", name="Plantilla").click()
    await page.get_by_role("option", name=re.compile("^confirmacion_reunion")).click()
    await expect(dialog.get_by_label("Variable 1")).to_have_value("Noelia")
    await expect(dialog.get_by_role("button", name="Enviar plantilla")).to_be_disabled()
    await dialog.get_by_label("Variable 2").fill("martes 1")
    await dialog.get_by_label("Variable 3").fill("10:30")
    await expect(dialog.get_by_role("figure")).to_contain_text("¡Listo, Noelia! Tu reunión quedó agendada")
    await screen.judged("lead-template")
    await dialog.get_by_role("button", name="Enviar plantilla").click()

    thread = page.get_by_role("log")
    await expect(thread).to_contain_text("para el martes 1 a las 10:30.")
    note = page.get_by_role("note").filter(has_text="La persona aún no te escribió: WhatsApp solo permite plantillas.")
    await expect(note).to_be_visible()
    await expect(page.get_by_label("Variable 1")).to_have_value("Noelia")
    await screen.judged("inbox-template")
    await page.get_by_label("Variable 2").fill("jueves 3")
    await page.get_by_label("Variable 3").fill("9:00")
    await page.get_by_role("button", name="Enviar plantilla").click()
    await expect(thread).to_contain_text("para el jueves 3 a las 9:00.")
    await expect(thread.get_by_label(re.compile("Enviado|Entregado|Leído")).first).to_be_visible()
