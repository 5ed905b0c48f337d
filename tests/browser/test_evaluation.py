"""Evaluación: a reply is kept as a test in its story, played again apart, and taken away or dropped."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from orchestrator_service.evaluation.files import parse_scenarios
from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, Look
from tests.browser.test_inbox_story import THINKING_MS, row, thread

PLAYING_MS = 60_000


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_reply_is_kept_and_played_again(visit: Visit, customer: Customer, look: Look) -> None:
    screen = await visit("/inbox", look=look)
    page = screen.page
    name = f"Aureliano {look.scheme.title()} {'Grande' if look.width > 500 else 'Chico'}"
    # Nothing of the agendas, which others change meanwhile: who is offered depends on all of them.
    await customer(name).write("Hola, mi correo es aureliano@clinica.example")
    await row(page, name).click()
    await thread(page).get_by_role("link", name="¿Por qué?").first.click(timeout=THINKING_MS)
    keep = page.get_by_role("button", name="Guardar como prueba")
    await keep.click()
    await expect(page.get_by_text("Guardada sin datos personales.")).to_be_visible()
    await expect(keep).to_be_disabled()
    await screen.go("/evaluation")
    kept = page.get_by_role("region", name=re.compile("prueba")).get_by_role("listitem")
    await expect(kept.first).to_contain_text("mi correo es")
    await expect(page.get_by_text("Aureliano")).to_have_count(0)
    if look != LOOKS[0]:
        await screen.judged("evaluation")
        return
    await page.get_by_role("button", name="Correr pruebas").click()
    await expect(page.get_by_text("Todo igual").first).to_be_visible(timeout=PLAYING_MS)
    await page.get_by_text("Hola, mi correo", exact=False).first.click()
    await expect(page.get_by_text("Herramientas:").first).to_be_visible()
    await screen.judged("evaluation")
    async with page.expect_download() as download:
        await kept.first.get_by_role("button", name=re.compile("Descargar YAML")).click()
    text = await asyncio.to_thread((await (await download.value).path()).read_text, "utf-8")
    assert parse_scenarios(text, name="download")
    assert "Aureliano" not in text
