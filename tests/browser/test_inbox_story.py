"""The team at work in Conversaciones while customers write: two windows, both live."""

from __future__ import annotations

import re
import time
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from nexus.demo.phone import Phone
from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LAPTOP, PHONE, Screen

THINKING_MS = 30_000  # the agent listens, thinks and sends


async def talk(screen: Screen, phone: Phone, name: str, text: str = "Hola, quiero información") -> None:
    """The customer writes, and their conversation is opened."""
    await phone.write(text)
    await row(screen.page, name).click()
    await expect(screen.page.get_by_role("heading", name=name, level=1)).to_be_visible()


def row(page: Page, name: str) -> Locator:
    """A conversation's line in the list; what a search found in messages stands below, under the same name."""
    listed = page.get_by_role("region", name="Lista de conversaciones").get_by_role("link", name=name)
    return listed.and_(page.locator("[data-row]"))


def thread(page: Page) -> Locator:
    return page.get_by_role("log", name="Mensajes")


async def answer(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Respuesta").fill(text)
    await page.keyboard.press("Enter")


async def choose(page: Page, menu: str | re.Pattern[str], item: str | re.Pattern[str]) -> None:
    await page.get_by_role("button", name=menu).click()
    await page.get_by_role("menuitemradio", name=item).click()


async def test_a_lead_and_its_messages_appear_in_both_windows_within_a_second(visit: Visit, customer: Customer) -> None:
    windows = [await visit("/inbox"), await visit("/inbox", role="secretary")]
    phone = customer("Renata Solís")
    waited: list[float] = []
    for text in ("Hola", "Busco turnos para mi clínica", "¿Hay lugar el lunes?"):  # a busy machine may be late once
        await phone.write(text)
        began = time.monotonic()
        for window in windows:
            await expect(row(window.page, "Renata Solís")).to_contain_text(text)
        waited.append(time.monotonic() - began)
    assert min(waited) < 1, waited
    await row(windows[0].page, "Renata Solís").click()
    for text in ("Hola", "Busco turnos para mi clínica", "¿Hay lugar el lunes?"):
        await expect(thread(windows[0].page).get_by_text(text, exact=True)).to_be_visible()


async def test_somebody_takes_over_answers_and_hands_back(visit: Visit, customer: Customer) -> None:
    mine, theirs = await visit("/inbox"), await visit("/inbox", role="secretary")
    phone = customer("Olga Núñez")
    await talk(mine, phone, "Olga Núñez")
    await mine.page.keyboard.press("t")
    await expect(mine.page.get_by_text("Sofía en pausa 24 h")).to_be_visible()
    await expect(row(theirs.page, "Olga Núñez")).to_contain_text("En pausa")
    await mine.page.keyboard.press("r")
    await mine.page.keyboard.type("Hola Olga, soy Carla")
    await mine.page.keyboard.press("Enter")
    await expect(mine.page.get_by_role("textbox", name="Respuesta")).to_have_value("")
    bubble = thread(mine.page).get_by_role("article").filter(has_text="Hola Olga, soy Carla")
    await expect(bubble.get_by_role("img", name=re.compile("Entregado|Leído"))).to_be_visible()
    await expect(row(theirs.page, "Olga Núñez")).to_contain_text("Carla: Hola Olga, soy Carla")
    assert [shown.text for shown in await phone.wait_for_answer(0, patience=10, settle=0)] == ["Hola Olga, soy Carla"]
    await thread(mine.page).focus()
    await mine.page.keyboard.press("t")
    await expect(mine.page.get_by_text("Sofía en pausa 24 h")).to_be_hidden()
    await phone.write("¿Qué ofrecen?")
    await expect(thread(mine.page).get_by_text("Esto es lo que hacemos")).to_be_visible(timeout=THINKING_MS)


async def test_a_note_stays_with_the_team(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    phone = customer("Berta Gil")
    await talk(screen, phone, "Berta Gil")
    await screen.page.keyboard.press("t")
    await screen.page.keyboard.press("n")
    await screen.page.keyboard.type("Llamar antes de las 12")
    await screen.page.keyboard.press("Enter")
    note = thread(screen.page).get_by_role("article").filter(has_text="Llamar antes de las 12")
    await expect(note).to_contain_text("Nota de Carla")
    assert await phone.answers() == ()


async def test_assigning_brings_the_conversation_to_its_owner_and_takes_it_away(
    visit: Visit, customer: Customer
) -> None:
    mine, theirs = await visit("/inbox"), await visit("/inbox", role="closer")
    owner = await theirs.page.evaluate(
        "fetch('/auth/me').then((answer) => answer.json()).then(({ user }) => user.name)"
    )
    await talk(mine, customer("Pía Rossi"), "Pía Rossi")
    await mine.page.keyboard.press("a")
    await mine.page.get_by_role("menuitemradio", name=owner).click()
    await expect(mine.page.get_by_role("button", name=owner)).to_be_visible()
    await expect(row(theirs.page, "Pía Rossi")).to_be_visible()
    await mine.page.get_by_role("button", name="Deshacer").first.click()
    await expect(mine.page.get_by_role("button", name="Sin asignar")).to_be_visible()
    await expect(row(theirs.page, "Pía Rossi")).to_be_hidden()


async def propose(screen: Screen, customer: Customer, first: str) -> tuple[Locator, Phone]:
    """A conversation in which the agent proposes: its draft, and the phone of somebody new (run once more, too)."""
    name = f"{first} {uuid4().hex[:6]}"
    phone = customer(name)
    await talk(screen, phone, name)
    await choose(screen.page, "Acciones", "Borradores")
    await expect(screen.page.get_by_text("Sofía propone y tú apruebas")).to_be_visible()
    draft = screen.page.get_by_role("article", name="Respuesta propuesta por Sofía")
    await expect(draft).to_contain_text("Soy Sofía", timeout=THINKING_MS)
    return draft, phone


async def test_a_draft_leaves_as_it_is_and_in_other_words(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    draft, phone = await propose(screen, customer, "Ema")
    assert await phone.answers() == ()
    await draft.get_by_role("button", name="Enviar").click()
    await expect(thread(screen.page)).to_contain_text("Sofía, con la aprobación de Carla")
    await expect(screen.page.get_by_text("Sofía en pausa")).to_be_hidden()
    await phone.write("Quiero ordenar los turnos de mi clínica")
    await expect(draft).to_be_visible(timeout=THINKING_MS)
    await draft.get_by_role("button", name="Editar").click()
    await draft.get_by_role("textbox").fill("Con gusto. ¿Cuántos turnos por semana?")
    await screen.page.keyboard.press("Enter")
    await expect(draft).to_be_hidden()
    await expect(thread(screen.page).get_by_text("Con gusto. ¿Cuántos turnos por semana?")).to_be_visible()
    assert (await phone.wait_for_answer(1, patience=10, settle=0))[-1].text == "Con gusto. ¿Cuántos turnos por semana?"


async def test_a_draft_is_discarded(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    draft, phone = await propose(screen, customer, "Inés")
    await draft.get_by_role("button", name="Descartar").click()
    await expect(draft).to_be_hidden()
    await expect(screen.page.get_by_text("Ahora respondes tú a Inés")).to_be_visible()
    assert await phone.answers() == ()


async def test_a_draft_and_its_screen_are_fit_to_ship(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    await propose(screen, customer, "Vera")
    for look in (LAPTOP, PHONE):
        shown = await visit(screen.page.url.removeprefix(screen.url), look=look)
        await expect(shown.page.get_by_role("article", name="Respuesta propuesta por Sofía")).to_be_visible()
        await shown.judged("draft")


async def test_what_could_not_be_sent_stays_and_is_sent_once(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    phone = customer("Rita Paz")
    await talk(screen, phone, "Rita Paz")
    await screen.page.keyboard.press("t")
    await expect(screen.page.get_by_text("Sofía en pausa 24 h")).to_be_visible()
    screen.noise.expect("ERR_FAILED")
    path = re.compile(r"/chat/conversations/\d+/messages$")
    await screen.page.route(path, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    await answer(screen.page, "¿Te llamo hoy?")
    bubble = thread(screen.page).get_by_role("article").filter(has_text="¿Te llamo hoy?")
    await expect(bubble).to_contain_text("no hay conexión")
    await screen.page.unroute(path)
    await bubble.get_by_role("button", name="Reintentar").click()
    await expect(bubble.get_by_role("img", name=re.compile("Enviado|Entregado|Leído"))).to_be_visible()
    await expect(bubble).to_have_count(1)
    said = await phone.wait_for_answer(0, patience=10, settle=1)
    assert [shown.text for shown in said] == ["¿Te llamo hoy?"]


async def test_closing_goes_on_and_is_taken_back(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox?q=zoe")
    await talk(screen, customer("Zoe Mar"), "Zoe Mar")
    await thread(screen.page).focus()
    await screen.page.keyboard.press("e")
    await expect(row(screen.page, "Zoe Mar")).to_be_hidden()
    await expect(screen.page.get_by_role("heading", name="Zoe Mar", level=1)).to_be_hidden()
    await expect(screen.page.get_by_role("button", name="Deshacer").first).to_be_visible()
    await screen.page.keyboard.press("Control+z")
    await expect(row(screen.page, "Zoe Mar")).to_be_visible()


async def test_unread_is_counted_read_and_given_back(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    phone = customer("Nora Fe")
    line = row(screen.page, "Nora Fe")
    await phone.write("Hola")
    await phone.write("¿Están?")
    await expect(line.get_by_label("2 mensajes sin leer")).to_be_visible()
    async with screen.page.expect_response(re.compile("/read$")):
        await line.click()
    await expect(thread(screen.page).get_by_text("Nuevos")).to_be_visible()
    await thread(screen.page).focus()
    await screen.page.keyboard.press("u")
    await expect(screen.page.get_by_role("heading", name="Nora Fe", level=1)).to_be_hidden()
    await expect(line.get_by_label("1 mensaje sin leer")).to_be_visible()


async def test_the_list_is_searched_filtered_and_kept_in_the_address(visit: Visit) -> None:
    screen = await visit("/inbox")
    page = screen.page
    await page.keyboard.press("/")
    await page.keyboard.type("guadalupe")
    await expect(row(page, "Guadalupe Hernández")).to_be_visible()
    await expect(row(page, "Ana Ruiz")).to_be_hidden()
    await expect(page).to_have_url(re.compile(r"q=guadalupe"))
    await page.reload()
    await expect(page.get_by_role("searchbox", name="Nombre, teléfono o mensaje")).to_have_value("guadalupe")
    await page.get_by_role("button", name="Borrar la búsqueda").click()
    await page.get_by_role("link", name=re.compile("^Humano")).click()
    await expect(row(page, "Luis Paz")).to_contain_text("Persona")
    await expect(row(page, "Ana Ruiz")).to_be_hidden()
    await expect(page).to_have_url(re.compile(r"filter=human"))


async def test_the_list_is_one_stop_and_keys_move_in_it(visit: Visit) -> None:
    screen = await visit("/inbox")
    page = screen.page
    rows = page.get_by_role("region", name="Lista de conversaciones").get_by_role("listitem").get_by_role("link")
    await rows.first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_be_focused()
    await expect(rows.locator("visible=true").and_(page.locator('[tabindex="0"]'))).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(thread(page)).to_be_visible()
    for region in ("head", "messages", "composer", "panel"):
        await page.keyboard.press("F6")
        await expect(page.locator(f'[data-region="{region}"]:focus, [data-region="{region}"] :focus')).to_have_count(1)
    for _ in ("header", "nav", "list"):
        await page.keyboard.press("F6")
    await expect(page.locator('[data-region="list"] :focus')).to_have_count(1)
    await page.keyboard.press("j")
    await expect(page.locator('[data-selected="true"]')).to_have_count(1)


async def test_a_conversation_out_of_reach_is_told_in_words(visit: Visit) -> None:
    screen = await visit("/inbox/999999", role="closer")
    screen.noise.expect("404")
    await expect(screen.page.get_by_text("ya no existe o no está a tu alcance")).to_be_visible()
    await screen.is_accessible()


async def test_on_a_phone_the_thread_has_its_actions_in_a_sheet(visit: Visit) -> None:
    screen = await visit("/inbox?q=luis+paz", look=PHONE)
    await row(screen.page, "Luis Paz").click()
    await screen.page.get_by_role("button", name="Acciones").click()
    sheet = screen.page.get_by_role("dialog", name="Acciones")
    await expect(sheet.get_by_role("button", name="Cerrar y seguir")).to_be_visible()
    await screen.judged("sheet")
    await screen.page.keyboard.press("Escape")
    await screen.page.get_by_role("button", name="Ficha").click()
    await expect(screen.page.get_by_role("dialog", name="Ficha").get_by_text("Próxima reunión")).to_be_visible()
    await screen.judged("card")
