"""Agenda: week, day and month; booking, moving, cancelling; why a time is not free."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, ZONE, Look, Screen

BOOK = """async ([lead, seller, start, end]) => {
  const headers = { "X-Nexus-CSRF": "1", "content-type": "application/json" };
  const body = JSON.stringify({ seller_id: seller, lead_id: lead, starts_at: start, ends_at: end });
  return (await fetch("/agenda/events", { method: "POST", headers, body })).status;
}"""
LEAD = """async (name) => (await (await fetch("/crm/leads?q=" + encodeURIComponent(name))).json()).items[0]?.id"""
SELLERS = """async () => (await (await fetch("/crm/sellers")).json()).items.map(({ id }) => id)"""


def monday(weeks: int) -> datetime:
    """Midnight of a Monday so many weeks ahead, where the sellers and the browser are."""
    today = datetime.now(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


async def lead_of(page: Page, name: str) -> int:
    """The lead that a first message has made."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        lead = await page.evaluate(LEAD, name)
        if isinstance(lead, int):
            return lead
    raise AssertionError(f"{name} is no lead")


async def book(page: Page, lead: int, start: datetime) -> None:
    """Half an hour with the first seller, past the form."""
    seller = (await page.evaluate(SELLERS))[0]
    times = [moment.astimezone(UTC).isoformat() for moment in (start, start + timedelta(minutes=30))]
    assert await page.evaluate(BOOK, [lead, seller, *times]) == 201


def meeting(screen: Screen, name: str) -> Locator:
    """The event in the grid."""
    return screen.page.get_by_test_id("calendar").get_by_role("button").filter(has_text=name)


async def drag(screen: Screen, what: Locator, *, days: int = 0, slots: int = 0) -> None:
    """Take it by its upper edge and let go that many columns and half hours away."""
    box = await what.bounding_box()
    column = await screen.page.get_by_role("columnheader").nth(1).bounding_box()
    assert box is not None
    assert column is not None
    x, y = box["x"] + 30, box["y"] + 8
    mouse = screen.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x + 10, y + 10, steps=4)
    await mouse.move(x + days * column["width"], y + slots * 36, steps=8)
    await mouse.up()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_agenda_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/calendar", look=look)
    await expect(screen.page.get_by_role("button", name="Reservar")).to_be_visible()
    await screen.judged("agenda")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_form_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit(f"/calendar?date={monday(1).date()}", look=look)
    await screen.page.get_by_role("button", name="Reservar").click()
    await expect(screen.page.get_by_role("radio").first).to_be_attached()
    await screen.judged("agenda-form")


async def test_a_month_is_accessible(visit: Visit) -> None:
    screen = await visit("/calendar?view=month")
    await screen.judged("agenda-month")


async def test_a_link_books_for_its_lead_and_the_other_window_sees_it_within_a_second(
    visit: Visit, customer: Customer
) -> None:
    await customer("Paula Vidal").write("Hola")
    day = monday(1) + timedelta(days=1)
    mine = await visit("/inbox")
    theirs = await visit(f"/calendar?date={day.date()}", role="setter")
    lead = await lead_of(mine.page, "Paula Vidal")
    await mine.go(f"/calendar?date={day.date()}&lead={lead}")
    form = mine.page.get_by_role("dialog")
    await expect(form.get_by_label("Lead").first).to_have_value(re.compile("^Paula Vidal"))
    await form.get_by_text("16:00", exact=True).click()
    await form.get_by_role("button", name="Reservar").click()
    await expect(form).to_be_hidden()
    began = time.monotonic()
    await expect(meeting(theirs, "Paula Vidal")).to_be_visible()
    assert time.monotonic() - began < 1
    assert "lead=" not in mine.page.url


async def test_a_meeting_is_dragged_and_put_back(visit: Visit, customer: Customer) -> None:
    await customer("Rocío Luna").write("Hola")
    screen = await visit(f"/calendar?date={monday(2).date()}")
    await book(screen.page, await lead_of(screen.page, "Rocío Luna"), monday(2).replace(hour=10))
    shown = meeting(screen, "Rocío Luna")
    await expect(shown).to_contain_text("10:00")
    await drag(screen, shown, days=2, slots=2)
    await expect(shown).to_contain_text("11:00")
    await screen.page.get_by_role("button", name="Deshacer").click()
    await expect(shown).to_contain_text("10:00")


async def test_a_rule_snaps_a_meeting_back_and_is_overruled_in_one_click(visit: Visit, customer: Customer) -> None:
    await customer("Bruno Sosa").write("Hola")
    screen = await visit(f"/calendar?date={monday(3).date()}")
    screen.noise.expect(r"status of 409")
    await book(screen.page, await lead_of(screen.page, "Bruno Sosa"), monday(3).replace(hour=11))
    shown = meeting(screen, "Bruno Sosa")
    await expect(shown).to_be_visible()
    before = await shown.bounding_box()
    await drag(screen, shown, days=5)
    await expect(screen.page.get_by_text("no trabaja en ese horario")).to_be_visible()
    assert await shown.bounding_box() == before
    await screen.page.get_by_role("button", name="Mover igual").click()
    await expect(screen.page.get_by_text("Bruno Sosa pasa a sáb")).to_be_visible()


async def test_a_cancelled_meeting_comes_back_by_keyboard_alone(visit: Visit, customer: Customer) -> None:
    await customer("Irene Cruz").write("Hola")
    screen = await visit(f"/calendar?date={monday(4).date()}")
    await book(screen.page, await lead_of(screen.page, "Irene Cruz"), monday(4).replace(hour=12))
    shown = meeting(screen, "Irene Cruz")
    await shown.focus()
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.get_by_role("button", name="Cambiar horario")).to_be_focused()
    await screen.page.keyboard.press("Escape")
    await expect(shown).to_be_focused()
    await screen.page.keyboard.press("Enter")
    await screen.page.get_by_role("button", name="Cancelar reunión").press("Enter")
    await expect(shown).to_be_hidden()
    await expect(screen.page.get_by_text("Reunión cancelada: Irene Cruz")).to_be_visible()
    await screen.page.keyboard.press("Control+z")
    await expect(shown).to_be_visible()


async def test_a_taken_time_is_told_in_words_and_nothing_typed_is_lost(visit: Visit, customer: Customer) -> None:
    await customer("Nadia Ríos").write("Hola")
    day = monday(1) + timedelta(days=3)
    screen = await visit(f"/calendar?date={day.date()}")
    screen.noise.expect(r"status of 409")
    lead = await lead_of(screen.page, "Nadia Ríos")
    await book(screen.page, lead, day.replace(hour=15))
    await screen.page.keyboard.press("b")
    form = screen.page.get_by_role("dialog")
    await form.get_by_label("Motivo").fill("Segunda charla")
    await form.get_by_label("Otra hora").fill("15:00")
    await form.get_by_role("button", name="Reservar").click()
    await expect(form.get_by_role("alert")).to_contain_text("ya está ocupada")
    await expect(form.get_by_label("Motivo")).to_have_value("Segunda charla")
    await form.get_by_text("Próximos libres").locator("..").get_by_role("button").first.click()
    await form.get_by_role("button", name="Reservar").click()
    await expect(meeting(screen, "Segunda charla")).to_contain_text("15:30")


async def test_a_slot_is_explained(visit: Visit) -> None:
    screen = await visit(f"/calendar?date={monday(1).date()}")
    await screen.page.get_by_role("button", name="¿Por qué no?").click()
    saturday = await screen.page.get_by_role("columnheader").nth(6).bounding_box()
    assert saturday
    await screen.page.mouse.click(saturday["x"] + 40, saturday["y"] + 200)
    await screen.page.get_by_role("dialog").get_by_role("button").first.click()
    await expect(screen.page.get_by_text("no trabaja en ese horario")).to_be_visible()
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_text("no trabaja en ese horario")).to_be_hidden()


async def test_a_setter_sees_everybody_and_changes_nothing(visit: Visit, customer: Customer) -> None:
    await customer("Elena Gil").write("Hola")
    screen = await visit(f"/calendar?date={monday(1).date()}", role="setter")
    await book(screen.page, await lead_of(screen.page, "Elena Gil"), (monday(1) + timedelta(days=4)).replace(hour=9))
    await screen.go(f"/calendar?date={monday(1).date()}")
    shown = meeting(screen, "Elena Gil")
    await drag(screen, shown, slots=4)
    await expect(shown).to_contain_text("09:00")
    await shown.click()
    await expect(screen.page.get_by_role("link", name="Ver lead")).to_be_visible()
    await expect(screen.page.get_by_role("button", name="Cancelar reunión")).to_have_count(0)


async def test_a_closer_sees_the_own_agenda_alone(visit: Visit) -> None:
    screen = await visit("/calendar", role="closer")
    await expect(screen.page.get_by_role("button", name="Reservar")).to_be_visible()
    await expect(screen.page.get_by_role("group", name="Agendas a la vista")).to_have_count(0)


async def test_a_phone_lists_a_day_and_never_asks_for_the_grid(visit: Visit) -> None:
    asked: list[str] = []
    screen = await visit("/inbox", look=Look(390))
    screen.page.on("request", lambda request: asked.append(request.url))
    await screen.go(f"/calendar?date={monday(20).date()}")
    await expect(screen.page.get_by_text("Día libre")).to_be_visible()
    await expect(screen.page.get_by_test_id("calendar")).to_have_count(0)
    assert any("AgendaPage" in url for url in asked)
    assert not [url for url in asked if "CalendarGrid" in url]
