"""Agente: shaped on the left, tried on the right; published after its words were seen, restored, never lost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LAPTOP, LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_agent_s_page_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/studio", look=look)
    page = screen.page
    await expect(page.get_by_role("textbox", name="Nombre")).to_have_value("Sofía")
    await screen.judged("agent")
    await page.get_by_role("tab", name="Preguntas").click()
    await expect(page.get_by_role("textbox", name="Pregunta 1", exact=True)).to_be_visible()
    await screen.judged("agent-questions")
    if look.phone:
        await page.get_by_text("Probar", exact=True).click()
    await page.get_by_role("button", name="¿Tienes lugar el martes?").click()
    await expect(page.get_by_text("¿Por qué?").first).to_be_visible()
    await page.get_by_text("¿Por qué?").first.click()
    await screen.judged("agent-tried")


async def test_a_draft_is_tried_seen_word_by_word_published_and_taken_back(visit: Visit) -> None:
    screen = await visit("/studio", look=LAPTOP)
    page = screen.page
    rule = f"Prometer {uuid4().hex[:6]}"
    await page.get_by_role("button", name="Agregar regla").click()
    await page.get_by_role("textbox", name="Qué nunca dice ni hace").last.fill(rule)
    await expect(page.get_by_text("Cambios sin guardar")).to_be_visible()
    await page.keyboard.press("Control+s")
    await expect(page.get_by_text("Borrador: 1 cambio")).to_be_visible()

    trial = page.get_by_role("region", name="Probar a Sofía")
    write = trial.get_by_role("textbox", name="Escribe como cliente…")
    await write.fill("Hola, quiero info para mi clínica, me urge, quiero agendar una reunión")
    await write.press("Enter")
    await expect(trial.get_by_text("¿Por qué?")).to_have_count(1)
    await write.fill("Me llamo Ana Ruiz, ¿qué horarios tienes esta semana o la próxima?")
    await write.press("Enter")
    offered = trial.get_by_role("button", name=re.compile(r"\d\d:\d\d")).first
    await expect(offered).to_be_enabled()
    await offered.click()
    await expect(trial.get_by_text("quedó confirmada")).to_be_visible()
    await trial.get_by_text("¿Por qué?").last.click()
    await expect(trial.get_by_role("listitem").filter(has_text="Reservar").get_by_text("simulado")).to_be_visible()

    await page.get_by_role("button", name="Publicar").click()
    dialog = page.get_by_role("dialog", name="Publicar los cambios")
    await expect(dialog.locator("ins")).to_contain_text(rule)
    await screen.judged("agent-publish")
    await dialog.get_by_role("button", name="Publicar").click()
    await expect(page.get_by_text(re.compile(r"Versión \d+ publicada"))).to_be_visible()
    await page.get_by_role("tab", name="Versiones").click()
    await expect(page.get_by_text("Vigente")).to_be_visible()
    await screen.judged("agent-versions")
    await page.get_by_role("button", name=re.compile(r"Restaurar la versión")).first.click()
    await expect(page.get_by_text(re.compile(r"Restauraste la versión"))).to_be_visible()


async def test_words_that_are_kept_nowhere_are_not_lost_by_leaving(visit: Visit) -> None:
    screen = await visit("/studio", look=LAPTOP)
    page = screen.page
    await page.get_by_role("textbox", name="Quién es").fill("Conoce la clínica hace años.")
    await page.get_by_role("link", name="Leads", exact=True).click()
    dialog = page.get_by_role("dialog", name="Tienes cambios sin guardar")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("textbox", name="Quién es")).to_have_value("Conoce la clínica hace años.")
    await page.get_by_role("link", name="Leads", exact=True).click()
    await dialog.get_by_role("button", name="Salir sin guardar").click()
    await expect(page).to_have_url(re.compile("/leads"))
