"""Canned replies, the search in messages and where a customer came from, as a person meets them in one sitting."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, PHONE, Look, Screen


async def create(page: Page, title: str, shortcut: str) -> None:
    """Write a reply in the form, its variables by their buttons."""
    await page.get_by_role("button", name="Crear respuesta").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Título").fill(title)
    await form.get_by_label("Atajo").fill(shortcut)
    await form.get_by_label("Texto").fill("Hola ")
    await form.get_by_role("button", name="{nombre}").click()
    await form.get_by_label("Texto").press_sequentially(", te espero el ")
    await form.get_by_role("button", name="{fecha de la reunión}").click()
    await expect(form.get_by_label("Texto")).to_have_value("Hola {nombre}, te espero el {fecha de la reunión}")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_reply_is_written_forgotten_and_brought_back(visit: Visit, look: Look) -> None:
    screen = await visit("/replies", role="setter" if look == PHONE else "closer", look=look)
    page = screen.page
    await create(page, "Confirmar la cita", "Mi Cita")
    await screen.judged("replies-form")
    await page.get_by_role("dialog").get_by_role("button", name="Guardar").click()
    mine = page.get_by_role("region", name="Solo mías")
    line = mine.get_by_role("listitem").filter(has_text="/mi-cita")
    await expect(line).to_contain_text("Confirmar la cita")
    await line.get_by_role("button", name="Borrar «Confirmar la cita»").click()
    await expect(line).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").click()
    await expect(line).to_have_count(1)
    await screen.judged("replies")
    await line.get_by_role("button", name="Borrar «Confirmar la cita»").click()
    await expect(mine).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_an_answer_is_found_filled_and_sent(visit: Visit, customer: Customer, look: Look) -> None:
    ours = uuid4().hex[:6]  # run once more, it meets what it left
    name, shortcut = f"Berta {ours}", f"cita{ours}"
    phone = customer(name)
    await phone.write_from_ad("La clave es zanahoria morada", "Turnos sin llamadas")
    await phone.write_many([f"mensaje {number}" for number in range(60)])
    screen = await visit("/replies", role="secretary", look=look)
    page = screen.page
    await create(page, "Confirmar la cita", shortcut)
    await page.get_by_role("dialog").get_by_role("button", name="Guardar").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await finds(screen, name)
    await fills_and_sends(screen, look, shortcut)


async def finds(screen: Screen, name: str) -> None:
    """The message is found by a word with a slip of the pen, and the thread opens at it, far from its end."""
    page = screen.page
    await screen.go("/inbox?q=zanahorria")
    hits = page.get_by_role("region", name="Mensajes", exact=True)
    await expect(hits).to_contain_text("Nada dice «zanahorria»")
    await page.get_by_role("searchbox").fill("ZANAHORIA mor")
    hit = hits.get_by_role("link", name=name)
    await expect(hit.locator("mark")).to_have_text(["zanahoria", "mor"])
    await screen.judged("search")
    await hit.click()
    found = page.get_by_role("log").get_by_role("article").filter(has_text="La clave es zanahoria morada")
    await expect(found).to_be_in_viewport()
    await expect(found).to_have_attribute("data-found", "true")
    await expect(found).to_contain_text("Llegó por el anuncio «Turnos sin llamadas»")
    assert await found.get_by_role("link").count() == 0, "the advertisement's address is text"
    await screen.judged("found")
    await page.get_by_role("button", name="Ir al último mensaje").click()
    await expect(page.get_by_role("log").get_by_role("article").last).to_be_in_viewport()
    await expect(found).to_have_count(0)


async def fills_and_sends(screen: Screen, look: Look, shortcut: str) -> None:
    """A slash opens the list; what is not known is a gap, and nothing leaves before it is filled."""
    page = screen.page
    box = page.get_by_role("textbox", name="Respuesta")
    if look == PHONE:
        await page.get_by_role("button", name="Respuestas rápidas").click()
    else:
        await box.press_sequentially("/cit")
    option = page.get_by_role("option", name=f"/{shortcut}")
    await expect(option).to_be_visible()
    await screen.judged("canned")
    if look == PHONE:
        await option.click()
    else:
        await box.fill(f"/{shortcut}")
        await expect(page.get_by_role("option")).to_have_count(1)
        await box.press("Enter")
    await expect(box).to_have_value("Hola Berta, te espero el {fecha de la reunión}")
    send = page.get_by_role("button", name="Enviar", exact=True)
    await expect(send).to_be_disabled()
    await box.press("Enter")
    await expect(page.get_by_text("Completa antes de enviar:")).to_be_visible()
    await screen.judged("gap")
    await page.keyboard.type("martes a las 10")  # the gap is selected
    await expect(box).to_have_value("Hola Berta, te espero el martes a las 10")
    await send.click()
    await expect(page.get_by_role("log").get_by_text("Hola Berta, te espero el martes a las 10")).to_be_visible()
