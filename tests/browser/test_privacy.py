"""Privacidad: what is kept how long, a person's data handed out, and a person erased for good."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_person_is_erased_by_typing_their_name(visit: Visit, look: Look) -> None:
    name = f"Zulema Quirnoz {uuid4().hex[:6]}"
    screen = await visit("/privacy", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", level=1, name="Privacidad")).to_be_visible()
    await expect(page.get_by_text("Con estas reglas se borrarán ahora")).to_be_visible()
    origin = page.url.removesuffix("/privacy")
    headers = {"X-Nexus-CSRF": "1", "Origin": origin}
    made = await page.request.post(f"{origin}/crm/leads", data={"full_name": name}, headers=headers)
    lead = (await made.json())["id"]
    await page.goto(f"{origin}/leads/{lead}")
    await page.get_by_role("button", name="Datos de la persona").click()
    await page.get_by_text("Borrar sus datos…").click()
    dialog = page.get_by_role("dialog", name="Borrar los datos de la persona")
    erase = dialog.get_by_role("button", name="Borrar para siempre")
    typed = dialog.get_by_role("textbox", name=f"Escribe «{name}» para confirmar")
    await typed.fill("Zulema")
    await expect(erase).to_be_disabled()
    await screen.judged("privacy-erase")
    await typed.fill(name.lower())
    await erase.click()
    await expect(page.get_by_text("Sus datos se están borrando.")).to_be_visible()
    await page.goto(f"{origin}/privacy")
    line = page.get_by_role("listitem").filter(has_text=f"Borrado · Lead n.º {lead}")
    await expect(line).to_contain_text("Hecho")
    assert name not in await page.content()
    await screen.judged("privacy")
