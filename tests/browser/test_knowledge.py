"""Conocimiento as the ceo meets it: what is known, a question put to it, a question with its answer, and a file."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_it_is_asked_taught_and_cleared(visit: Visit, look: Look) -> None:
    screen = await visit("/knowledge", role="ceo", look=look)
    page = screen.page
    documents = page.get_by_role("region", name="Documentos")
    await expect(documents.get_by_role("listitem").filter(has_text="Lista de precios")).to_contain_text("pasajes")
    box = page.get_by_role("complementary", name="Pregúntale").get_by_role("region")
    await box.get_by_role("textbox", name="Pregunta de prueba").fill("¿cuánto cuesta el plan clínica?")
    await box.get_by_role("button", name="Preguntar").click()
    await expect(box.get_by_role("list", name="Pasajes que citaría")).to_contain_text("US$ 129")
    await screen.judged("knowledge")
    await page.get_by_role("button", name="Nueva pregunta").click()
    form = page.get_by_role("dialog")
    question = f"¿Tienen estacionamiento {look}?"
    await form.get_by_label("Pregunta").fill(question)
    await form.get_by_label("Respuesta").fill("Sí, diez lugares sin cargo.")
    await screen.judged("knowledge-faq")
    await form.get_by_role("button", name="Guardar").click()
    line = page.get_by_role("region", name="Preguntas y respuestas").get_by_role("listitem").filter(has_text=question)
    await expect(line).to_contain_text("1 pasaje")
    await line.get_by_role("button", name=f"Borrar «{question}»").click()
    await expect(line).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").click()
    await expect(line).to_have_count(1)
    await line.get_by_role("button", name=f"Borrar «{question}»").click()
    await expect(line).to_have_count(0)


async def test_a_file_is_read_and_shows_what_can_be_cited(visit: Visit) -> None:
    screen = await visit("/knowledge", role="ceo")
    page = screen.page
    content = "# Envíos\nEnviamos a todo el país en 48 horas.".encode()
    await page.locator("input[type=file]").first.set_input_files(
        {"name": "envios.md", "mimeType": "text/markdown", "buffer": content}
    )
    line = page.get_by_role("region", name="Documentos").get_by_role("listitem").filter(has_text="envios")
    await expect(line).to_contain_text("1 pasaje")
    await line.get_by_role("button").first.click()
    drawer = page.get_by_role("dialog")
    await expect(drawer).to_contain_text("Enviamos a todo el país en 48 horas.")
    await screen.judged("knowledge-document")
    await drawer.get_by_role("button", name="Cerrar").click()
    await line.get_by_role("button", name="Borrar «envios»").click()
    await expect(line).to_have_count(0)
