"""Webhooks and the ways by which leads come by themselves, as the ceo keeps them and as a stranger fills in a form."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_form_is_made_shared_and_filled_in(visit: Visit, look: Look) -> None:
    name, person = f"Web {uuid4().hex[:6]}", f"Delfina {uuid4().hex[:6]}"
    screen = await visit("/forms", look=look)
    page = screen.page
    await page.get_by_role("button", name="Agregar", exact=True).click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Nombre", exact=True).fill(name)
    await form.get_by_role("button", name="Agregar pregunta").click()
    await form.get_by_label("Pregunta", exact=True).last.fill("¿Qué necesitas?")
    await screen.judged("forms-new")
    await form.get_by_role("button", name="Agregar", exact=True).click()
    card = page.get_by_role("region", name=name)
    await card.get_by_role("button", name="Compartir").click()
    await expect(card.get_by_role("group", name="Código para tu sitio")).to_contain_text("<iframe")
    await screen.judged("forms")
    address = await card.get_by_role("link", name="Ver formulario").get_attribute("href")
    assert address is not None
    await page.goto(address)
    await screen.judged_without_script("form-public")
    await page.get_by_label("Nombre").fill(person)
    await page.get_by_label("Teléfono").fill(f"11 5{uuid4().int % 10**7:07d}")
    screen.noise.expect(r"status of 422")
    await page.get_by_role("button", name="Enviar").click()
    await expect(page.get_by_text("Marca la casilla")).to_be_visible()
    await page.wait_for_timeout(2000)  # nobody fills in a form faster
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Enviar").click()
    await expect(page.get_by_role("heading", name="¡Gracias!")).to_be_visible()
    await screen.judged_without_script("form-thanks")
    await screen.go("/forms")
    await card.get_by_role("button", name="Ver recibidos").click()
    await expect(card.get_by_role("link", name=person)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_an_endpoint_is_added_tried_and_its_log_read(visit: Visit, look: Look) -> None:
    name = f"Facturas {uuid4().hex[:6]}"
    screen = await visit("/webhooks", look=look)
    page = screen.page
    await page.get_by_role("button", name="Agregar webhook").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Nombre").fill(name)
    await form.get_by_label("Dirección").fill("http://10.0.0.1/x")
    screen.noise.expect(r"status of 400")
    await form.get_by_role("button", name="Agregar webhook").click()
    await expect(form.get_by_text("A esa dirección no se envía nada")).to_be_visible()
    await screen.judged("webhooks-new")
    await form.get_by_label("Dirección").fill("http://127.0.0.1:9/nobody")
    await form.get_by_role("button", name="Agregar webhook").click()
    await expect(page.get_by_role("dialog")).to_contain_text("whsec_")
    await page.get_by_role("button", name="Ya está a salvo").click()
    card = page.get_by_role("region", name=name)
    await card.get_by_role("button", name="Enviar prueba").click()
    tried = card.get_by_role("listitem").filter(has_text="PING")  # what others do is sent to it too
    await expect(tried).to_contain_text("no se pudo conectar")
    await screen.judged("webhooks")
    await card.get_by_role("button", name=f"Acciones de {name}").click()
    await page.get_by_text("Eliminar", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Eliminar").click()
    await expect(card).to_have_count(0)
