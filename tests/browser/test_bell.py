"""The bell: it rings for whoever may act, leads to the record, and remembers what was looked at."""

from __future__ import annotations

import asyncio
import re
import time

import httpx
import pytest
from playwright.async_api import expect

from core.principal import Role
from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.company import ask_to_join, make_company
from tests.browser.fixtures import Customer, Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, PHONE, Look

BELL = re.compile("^Avisos")
SECONDS = 40  # the agent listens for six seconds before it answers, and the machine is shared
# Instead of a loudspeaker: each tone that is started is counted.
COUNT_TONES = """() => {
  window.tones = 0;
  const param = { value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  const start = () => { window.tones += 1; };
  const node = { frequency: param, gain: param, connect: (next) => next, start, stop() {} };
  window.AudioContext = class {
    currentTime = 0;
    destination = node;
    createOscillator = () => node;
    createGain = () => node;
    resume = () => Promise.resolve();
  };
}"""


# What is said aloud, kept: the next to ring takes its place, and the company is shared.
KEEP_SAID = """() => {
  window.said = [];
  const listen = ([{ target }]) => window.said.push((target.closest?.('[role="status"]') ?? target).textContent);
  for (const place of document.querySelectorAll('[role="status"]')) {
    new MutationObserver(listen).observe(place, { childList: true, characterData: true, subtree: true });
  }
}"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_list_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/inbox", look=look)
    await screen.page.get_by_role("button", name=BELL).click()
    await expect(screen.page.get_by_role("heading", name="Avisos")).to_be_visible()
    await expect(screen.page.get_by_role("link", name="Luis Paz necesita una persona")).to_be_visible()
    await screen.judged("bell")


async def told(instance: Instance, role: Role) -> str:
    """What somebody's bell holds, as the API gives it."""
    cookies = {LOOPBACK_COOKIE: instance.logins[role].session}
    async with httpx.AsyncClient(base_url=instance.url, cookies=cookies, trust_env=False) as client:
        return (await client.get("/notifications")).raise_for_status().text


async def until_told(instance: Instance, role: Role, name: str) -> float:
    """When the fact was committed, nearly: the moment at which the API first tells of it."""
    async with asyncio.timeout(SECONDS):
        while name not in await told(instance, role):  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.2)
    return time.monotonic()


async def test_who_asks_for_a_person_rings_for_those_who_may_answer_and_is_read_for_good(
    visit: Visit, customer: Customer, instance: Instance
) -> None:
    ceo = await visit("/leads", role="ceo")
    setter = await visit("/leads", role="setter")
    closer = await visit("/leads", role="closer")
    for screen in (ceo, setter, closer):
        await screen.page.evaluate(COUNT_TONES)
        await screen.page.evaluate(KEEP_SAID)
        await screen.page.get_by_role("heading", name="Leads").click()  # sound needs a touch of the page first
    called = re.compile("Greta Funes necesita una persona")
    await customer("Greta Funes").write("Hola, quiero hablar con una persona por favor")
    committed = await until_told(instance, "secretary", "Greta Funes")
    for screen in (ceo, setter):
        await screen.page.wait_for_function("said => window.said.some((one) => one.includes(said))", arg=called.pattern)
    assert time.monotonic() - committed < 1
    ceos, setters, closers = [await screen.page.evaluate("window.tones") for screen in (ceo, setter, closer)]
    assert (ceos >= 2, setters >= 2, closers) == (True, True, 0)  # others may have rung meanwhile
    assert "Greta Funes" not in await told(instance, "closer")
    await expect(ceo.page).to_have_title(re.compile(r"^\(\d+\+?\) "))

    await ceo.page.get_by_role("button", name=BELL).click()
    await ceo.page.get_by_role("link", name=called).click()
    await expect(ceo.page).to_have_url(re.compile(r"/inbox/\d+"))
    await expect(ceo.page.get_by_role("heading", name="Greta Funes")).to_be_visible()
    await ceo.settled()
    await ceo.page.reload()
    await ceo.page.get_by_role("button", name=BELL).click()
    await expect(ceo.page.get_by_role("link", name=called)).to_have_attribute("data-new", "false")
    await setter.page.get_by_role("button", name=BELL).click()
    await expect(setter.page.get_by_role("link", name=called)).to_have_attribute("data-new", "true")


async def test_the_keyboard_opens_it_goes_through_it_and_comes_back(visit: Visit) -> None:
    screen = await visit("/leads", role="secretary")
    bell = screen.page.get_by_role("button", name=BELL)
    await bell.focus()
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.get_by_role("link", name="Luis Paz necesita una persona")).to_be_visible()
    await screen.page.keyboard.press("Tab")
    await expect(screen.page.get_by_role("button", name="Marcar todo como leído")).to_be_focused()
    await screen.page.keyboard.press("Tab")
    await expect(screen.page.locator("a[data-new]").first).to_be_focused()
    await screen.page.keyboard.press("Escape")
    await expect(bell).to_be_focused()


async def test_everything_is_read_at_once_and_stays_so(visit: Visit, instance: Instance) -> None:
    ceo = await make_company(instance)  # in the demo company others ring meanwhile
    await ask_to_join(ceo, "Ana Ibarra")  # who still waits rings, however late the worker comes to it
    screen = await visit("/login", role=None, look=PHONE)
    await ceo.enter(screen.page.context)
    await screen.go("/leads")
    await screen.page.get_by_role("button", name=BELL).click()
    await screen.page.get_by_role("button", name="Marcar todo como leído").click()
    await expect(screen.page.get_by_role("button", name="Avisos", exact=True)).to_be_attached()
    await screen.settled()
    await screen.page.reload()
    await expect(screen.page.get_by_role("button", name="Avisos", exact=True)).to_be_visible()
    await expect(screen.page).to_have_title("Leads · Nexus")


async def test_the_sound_can_be_switched_off_and_stays_off(visit: Visit) -> None:
    screen = await visit("/leads", role="closer")
    await screen.page.evaluate(COUNT_TONES)
    await screen.page.get_by_role("button", name=BELL).click()
    switch = screen.page.get_by_role("switch", name="Sonido cuando alguien necesita una persona")
    await switch.click()
    await expect(switch).not_to_be_checked()
    assert await screen.page.evaluate("window.tones") == 0
    await screen.page.reload()
    await screen.page.get_by_role("button", name=BELL).click()
    await expect(switch).not_to_be_checked()
