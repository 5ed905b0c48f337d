"""What the rooms share: making something from the palette, Back, links of a person, a thread that keeps its end."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.async_api import expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.test_agenda import lead_of
from tests.browser.test_inbox_story import answer, row, thread


async def test_the_palette_makes_and_back_leads_to_where_one_was(visit: Visit) -> None:
    screen = await visit("/integrations")
    page = screen.page
    await expect(page.get_by_role("link", name="Ver los calendarios de los vendedores")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("Crear respuesta")
    await page.get_by_role("dialog").get_by_text("Crear respuesta rápida", exact=True).click()
    form = page.get_by_role("dialog", name="Respuesta nueva")
    await expect(form).to_be_visible()
    await page.evaluate("history.back()")
    await expect(form).to_be_hidden()
    await expect(page).to_have_url(re.compile("/replies$"))
    await page.evaluate("history.back()")
    await expect(page).to_have_url(re.compile("/integrations$"))


async def test_a_thread_keeps_its_end_behind_an_album_and_shows_ones_own_words(
    visit: Visit, customer: Customer
) -> None:
    screen = await visit("/inbox")
    page = screen.page
    name = f"Alba {uuid4().hex[:6]}"
    phone = customer(name)
    await phone.write("Hola")
    await row(page, name).click()
    await page.keyboard.press("t")  # the agent does not answer in between
    to_end = page.get_by_role("button", name="Ir al último mensaje")
    for number in range(4):
        await phone.send("image", f"foto {number}")
    await expect(thread(page).get_by_text("foto 3", exact=True)).to_be_in_viewport()
    await expect(to_end).to_be_hidden()
    await thread(page).evaluate("(box) => box.scrollTo({ top: 0 })")
    await phone.write("¿Me ves?")
    await expect(to_end).to_be_visible()
    await answer(page, "Te veo")
    await expect(thread(page).get_by_text("Te veo", exact=True)).to_be_in_viewport()
    await expect(to_end).to_be_hidden()


async def test_links_of_a_person_are_typed_as_addresses_and_taken_away(visit: Visit, customer: Customer) -> None:
    name = f"Lena {uuid4().hex[:6]}"
    await customer(name).write("Hola")
    screen = await visit("/people")
    page = screen.page
    await screen.go(f"/leads/{await lead_of(page, name)}")
    box = page.get_by_role("textbox", name="Redes y páginas")
    await box.fill("javascript:alert(1)")
    await box.press("Enter")
    await expect(page.get_by_text("Escribe una dirección https, por ejemplo instagram.com/ana")).to_be_visible()
    await box.fill("instagram.com/lena")
    await box.press("Enter")
    link = page.get_by_role("link", name="instagram · instagram.com/lena")
    await expect(link).to_have_attribute("href", "https://instagram.com/lena")
    await page.get_by_role("button", name="Quitar instagram · instagram.com/lena").click()
    await expect(link).to_be_hidden()
    await page.keyboard.press("Control+z")
    await expect(link).to_be_visible()
