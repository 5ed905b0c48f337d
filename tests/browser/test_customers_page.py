"""The customer's page from the team's message to the other time, and the team's side of it on the agenda's card."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, PHONE, Look
from tests.browser.test_agenda import SELLERS, book, lead_of, meeting, monday

SAID = """async (lead) => {
  const talks = (await (await fetch("/chat/conversations?limit=100")).json()).items;
  const talk = talks.find((one) => one.lead_id === lead);
  if (!talk) return "";
  const items = (await (await fetch(`/chat/conversations/${talk.id}/messages`)).json()).items;
  return items.map(({ body }) => body).join("\\n");
}"""
FREE = """async ([seller, day]) => (await (await fetch(
  `/agenda/availability?seller_id=${seller}&day=${day}&minutes=30`)).json()).slots.map((one) => one.starts_at)"""
EVENT = """async ([lead, start, end]) => {
  const week = new URLSearchParams({ from: start, to: end });
  const events = (await (await fetch(`/agenda/events?${week}`)).json()).items;
  return events.find((one) => one.lead_id === lead)?.id ?? 0;
}"""


async def last_free(page: Page, day: datetime) -> datetime:
    """The first seller's last free half hour of a day: the company is shared, and its other tests book too."""
    seller = (await page.evaluate(SELLERS))[0]
    starts = await page.evaluate(FREE, [seller, day.date().isoformat()])
    assert starts, f"nothing is free on {day.date()}"
    return datetime.fromisoformat(starts[-1])


async def link_in_messages(page: Page, lead: int) -> str:
    """The path of the link that the person was sent."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        found = re.search(r"/m/[\w-]{48}", await page.evaluate(SAID, lead))
        if found:
            return found[0]
    raise AssertionError("nobody was told of a link")


async def test_the_team_moves_and_tells_and_the_customer_chooses_another_time(visit: Visit, customer: Customer) -> None:
    name = f"Irene {uuid4().hex[:6]}"
    await customer(name).write("Hola")
    day = monday(1) + timedelta(days=2)
    team = await visit(f"/calendar?date={day.date()}")
    lead = await lead_of(team.page, name)
    await book(team.page, lead, await last_free(team.page, day))
    await meeting(team, name).click()
    await team.page.get_by_role("button", name="Cambiar horario…").click()
    form = team.page.get_by_role("dialog")
    await form.locator("label").filter(has_text=re.compile(r"^\d\d:\d\d$")).last.click()
    await form.get_by_role("button", name="Cambiar horario").click()
    asked = team.page.get_by_role("region", name=f"¿Avisar a {name}?")
    await expect(asked).to_contain_text("Hola Irene, tu reunión con ")
    await team.screenshot("agenda-tell")
    await team.is_accessible()
    await asked.get_by_role("button", name="Avisar", exact=True).click()
    await expect(asked).to_be_hidden()
    path = await link_in_messages(team.page, lead)

    guest = await visit(path, role=None, look=PHONE)
    await expect(guest.page.get_by_role("heading", name="Tu reunión")).to_be_visible()
    await guest.page.get_by_role("link", name="Cambiar horario").click()
    await guest.page.locator("summary").nth(1).click()
    await guest.page.locator("details").nth(1).locator("label").first.click()
    await guest.page.get_by_role("button", name="Confirmar el nuevo horario").click()
    await expect(guest.page.get_by_role("status")).to_contain_text("tu reunión tiene nuevo horario")
    assert path not in guest.page.url
    await guest.page.get_by_role("link", name="Cancelar reunión").click()
    await guest.page.get_by_role("button", name="Sí, cancelar").click()
    await expect(guest.page.get_by_role("status")).to_contain_text("está cancelada")
    await expect(meeting(team, name)).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_customers_pages_are_fit_to_ship(visit: Visit, customer: Customer, look: Look) -> None:
    name = f"Nora {uuid4().hex[:6]}"
    await customer(name).write("Hola")
    team = await visit("/inbox")
    lead = await lead_of(team.page, name)
    start = await last_free(team.page, monday(1) + timedelta(days=3 + int(look.phone)))
    await book(team.page, lead, start)
    window = [(start - timedelta(hours=1)).isoformat(), (start + timedelta(hours=1)).isoformat()]
    event = await team.page.evaluate(EVENT, [lead, *window])
    told = await team.page.evaluate(
        """async (id) => (await fetch(`/agenda/events/${id}/telling`,
             { method: "POST", headers: { "X-Nexus-CSRF": "1" } })).status""",
        event,
    )
    assert told == 200
    path = await link_in_messages(team.page, lead)
    guest = await visit(path, role=None, look=look)
    await guest.judged_without_script("customer-meeting")
    await guest.go(f"{path}/times")
    await guest.judged_without_script("customer-times")
    await guest.go(f"{path}/cancel")
    await guest.judged_without_script("customer-cancel")
    guest.noise.expect("404")
    await guest.go(f"/m/{'A' * 48}")
    await guest.judged_without_script("customer-gone")
