"""¿Por qué?: the drawer that tells why the agent said that, at a message and by `W`."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import PHONE
from tests.browser.test_inbox_story import THINKING_MS, row, thread


async def opened(page: Page) -> None:
    drawer = page.get_by_role("dialog", name="¿Por qué?")
    steps = drawer.get_by_role("list", name="Pasos").locator("> li")
    await expect(steps.first).to_contain_text("Escuchó 2 mensajes")
    await expect(steps.nth(1)).to_contain_text("Seguridad: permitido")
    await expect(steps.nth(2)).to_contain_text("Pensó")
    await expect(steps.nth(2)).to_contain_text("Calificar")
    await expect(steps.last).to_contain_text("Envió")


async def test_every_answer_of_the_agent_tells_why(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    page = screen.page
    phone = customer("Ramiro Paredes")
    await phone.write("Hola, quiero información")
    await phone.write("tengo una clínica y necesito ordenar los turnos cuanto antes")
    await row(page, "Ramiro Paredes").click()
    await thread(page).get_by_role("link", name="¿Por qué?").first.click(timeout=THINKING_MS)
    await expect(page).to_have_url(re.compile(r"turn=[1-9]"))
    await opened(page)
    await page.get_by_text("Qué escribió").first.click()
    await page.get_by_text("Calificar").click()
    await expect(page.get_by_text('"interest"').first).to_be_visible()
    await screen.judged("why")
    address = page.url
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page).not_to_have_url(re.compile("turn="))
    await page.keyboard.press("w")
    await opened(page)
    small = await visit(address.removeprefix(screen.url), look=PHONE)  # the drawer's own address
    await opened(small.page)
    await small.judged("why")
    await small.page.get_by_role("button", name="Cerrar").click()
    await expect(thread(small.page)).to_be_visible()
