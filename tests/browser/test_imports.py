"""A ceo brings a spreadsheet in: maps it, tries it, takes it in and undoes it; on a phone as well."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_spreadsheet_is_mapped_tried_taken_in_and_undone(visit: Visit, look: Look) -> None:
    name = f"Ada {uuid4().hex[:8]}"
    digits = uuid4().int % 10**7
    rows = [
        "Nombre;Teléfono;Correo;Comentarios",
        f"{name};11 5{digits:07};{name.replace(' ', '.').lower()}@example.com;Quiere turnos",
        f"{name} dos;12;;",
    ]
    screen = await visit("/imports", role="ceo", look=look)
    page = screen.page
    await screen.judged("imports")
    await page.locator("input[type=file]").set_input_files(
        {"name": "clientes.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    )
    await expect(page.get_by_label("Qué hay en Teléfono")).to_have_value("phone")
    await page.get_by_label("Qué hay en Comentarios").select_option("Necesidad")
    await screen.judged("imports-columns")
    await page.get_by_role("button", name="Probar sin escribir nada").click()
    refused = page.get_by_role("region", name="Filas que no entran")
    await expect(refused.get_by_role("listitem")).to_contain_text("Fila 3")
    await expect(refused.get_by_role("listitem")).to_contain_text("el teléfono no es válido")
    await screen.judged("imports-checked")
    await page.get_by_role("button", name="Importar 1 lead").click()
    await expect(page.get_by_text("La importación terminó.")).to_be_visible()
    await screen.judged("imports-done")
    await page.get_by_role("button", name="Deshacer la importación").click()
    await expect(page.get_by_text(re.compile("Deshecha: 1 lead"))).to_be_visible()
    await screen.go("/imports")
    await expect(page.get_by_role("link", name=re.compile("clientes.csv")).first).to_contain_text("Deshecha")
