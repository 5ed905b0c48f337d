"""Simulador: a phone inside the app, whose words reach the inbox of another window."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.axe import axe
from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, PHONE, Look

PHONE_1, PHONE_2 = "iframe[title='Teléfono del cliente 1']", "iframe[title='Teléfono del cliente 2']"


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_simulator_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/simulator", look=look)
    phone = screen.page.frame_locator(PHONE_1)
    await expect(phone.get_by_role("button", name="Ráfaga")).to_be_visible()
    await expect(screen.page.locator(PHONE_2)).to_be_visible(visible=not look.phone)
    inside = [frame for frame in screen.page.frames if frame.parent_frame is not None]
    assert len(inside) == 2
    found = await axe(inside[0])
    assert not found, "\n".join(map(str, found))
    await screen.judged("simulator")


async def test_what_the_phone_writes_arrives_in_the_inbox_of_another_window_and_is_answered(visit: Visit) -> None:
    inbox = await visit("/inbox", role="secretary")
    screen = await visit("/simulator", role="ceo")
    phone = screen.page.frame_locator(PHONE_1)
    await phone.get_by_role("button", name="Quién eres y pruebas").click()
    await phone.get_by_label("Tu nombre").fill("Olga Prado")
    await phone.get_by_label("Tu nombre").press("Tab")
    await phone.get_by_role("button", name="Quién eres y pruebas").click()
    await phone.get_by_label("Mensaje").fill("Hola, quiero info")
    await phone.get_by_role("button", name="Enviar").click()
    await expect(inbox.page.get_by_role("link", name="Olga Prado")).to_be_visible()
    await expect(screen.page.get_by_role("link", name="Olga Prado")).to_be_visible()
    await expect(phone.locator(".message.business").first).to_be_visible(timeout=30_000)
    await screen.screenshot("simulator-conversation")


async def test_the_two_phones_are_two_people(visit: Visit) -> None:
    screen = await visit("/simulator")
    numbers = [await screen.page.frame_locator(one).locator("#phone").input_value() for one in (PHONE_1, PHONE_2)]
    assert numbers[0] != numbers[1]
    await screen.page.reload()
    await screen.settled()
    again = [await screen.page.frame_locator(one).locator("#phone").input_value() for one in (PHONE_1, PHONE_2)]
    assert again == numbers


async def test_a_phone_shows_one_customer_and_switches(visit: Visit) -> None:
    screen = await visit("/simulator", look=PHONE)
    await screen.page.get_by_text("Cliente 2").click()
    await expect(screen.page.locator(PHONE_2)).to_be_visible()
    await expect(screen.page.locator(PHONE_1)).to_be_hidden()


async def test_the_demo_bar_leads_to_it(visit: Visit) -> None:
    screen = await visit("/inbox", role="closer")
    await screen.page.get_by_role("link", name="Simular", exact=True).click()
    await expect(screen.page.get_by_role("heading", name="Simulador")).to_be_visible()
