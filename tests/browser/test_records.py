"""What a team keeps on a lead, as one uses it: a tag, a note, a task, qualifying by hand, deleting with a way back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_tasks_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/tasks?which=all", look=look)
    await expect(screen.page.get_by_role("checkbox").first).to_be_visible()
    await screen.judged("tasks")


async def test_a_person_is_tagged_noted_tasked_qualified_and_brought_back(visit: Visit, customer: Customer) -> None:
    mark = uuid4().hex[:6]
    name, tag = f"Rosalba {mark}", f"Tragaluz {mark}"
    screen = await visit("/inbox")
    page = screen.page
    await customer(name).write("Hola, quiero una claraboya")
    await page.get_by_role("link", name=name).click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("En qué te basas").fill("Pidió medidas dos veces")
    await dialog.get_by_role("button", name="Guardar calificación").click()
    await expect(dialog).to_have_count(0)
    await page.get_by_role("link", name=name).last.click()
    await page.get_by_label("Agregar etiqueta").fill(tag)
    await page.get_by_role("option", name=f"Crear «{tag}»").click()
    await expect(page.get_by_role("button", name=f"Quitar la etiqueta {tag}")).to_be_visible()
    await page.get_by_label("Nota o @mención").fill("Llamar por la tarde")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(f"puso la etiqueta {tag}")).to_be_visible()
    await expect(page.get_by_role("list", name="Lo que pasó").get_by_text("Llamar por la tarde")).to_be_visible()
    await page.get_by_role("tab", name="Tareas").click()
    await page.get_by_label("Qué hay que hacer").fill("Enviar medidas")
    await page.get_by_role("button", name="Agregar tarea").click()
    await page.get_by_role("checkbox", name="Marcar como hecha: Enviar medidas").click()
    await expect(page.get_by_role("checkbox", name="Volver a abrir: Enviar medidas")).to_be_checked()
    await page.get_by_role("button", name="Borrar el lead").click()
    await page.get_by_role("searchbox").fill(tag)
    await expect(page.get_by_text("Ningún lead coincide")).to_be_visible()
    notice = page.get_by_role("alert").filter(has_text=f"Borraste a {name}")
    await notice.get_by_role("button", name="Deshacer").click()
    await expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()
