"""Files in a conversation: heard, seen and handed out, on a laptop and a phone."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, Look

THINKING_MS = 30_000  # the agent listens, hears, thinks and sends
SAID = "Hola, quiero información y precios para mi clínica"
PAGE = base64.b64encode(b"<!doctype html><script>alert(1)</script>").decode()


async def opened(page: Page, name: str) -> None:
    await page.get_by_role("region", name="Lista de conversaciones").get_by_role("link", name=name).click()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_files_are_heard_seen_and_handed_out(visit: Visit, customer: Customer, look: Look) -> None:
    name = f"Nora Paz {look.width}"
    phone = customer(name)
    await phone.send("audio", SAID)
    await phone.send("image", "Este es mi local")
    await phone.send("document", filename="Lista de precios.pdf")
    await phone.send("document", data=PAGE, mime_type="text/html", filename="factura.pdf")
    screen = await visit("/inbox", look=look)
    await opened(screen.page, name)
    thread = screen.page.get_by_role("log", name="Mensajes")
    await expect(thread.get_by_text(SAID)).to_be_visible(timeout=THINKING_MS)
    await expect(thread.get_by_text("Archivo no admitido")).to_be_visible(timeout=THINKING_MS)
    # One reply to all of it: the agent heard the note.
    await expect(thread.locator("[data-kind=agent]")).to_have_count(1, timeout=THINKING_MS)
    await expect(thread.get_by_text("0:03")).to_be_visible()
    await screen.judged("media")

    play = thread.get_by_role("button", name="Reproducir audio")
    await play.click()
    await expect(thread.get_by_role("button", name="Pausar audio")).to_be_visible()
    await expect(play).to_be_visible()  # it has come to its end
    document = thread.get_by_role("link", name="Lista de precios.pdf")
    async with screen.page.expect_download() as download:
        await document.click()
    assert (await download.value).suggested_filename == "Lista de precios.pdf"

    preview = thread.get_by_role("button", name=re.compile("Ampliar"))
    for close in ("Escape", "Back"):
        await preview.click()
        large = screen.page.get_by_role("dialog", name="Imagen")
        await expect(large.get_by_role("img", name="Imagen")).to_be_visible()
        if close == "Escape":
            await screen.judged("media-large")
            await screen.page.keyboard.press("Escape")
        else:
            await screen.page.go_back()
        await expect(large).to_be_hidden()
    await expect(thread).to_be_visible()
