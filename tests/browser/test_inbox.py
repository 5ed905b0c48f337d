"""Conversaciones."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Customer, Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_list_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/inbox", look=look)
    rows = screen.page.get_by_role("region", name="Lista de conversaciones").get_by_role("listitem")
    await expect(rows.nth(7)).to_be_visible()
    await screen.judged("inbox")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_an_open_conversation_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/inbox?q=ana+ruiz", look=look)
    await screen.page.get_by_role("link", name="Ana Ruiz").click()
    await expect(screen.page.get_by_role("heading", name="Ana Ruiz", level=1)).to_be_visible()
    await screen.judged("conversation")


async def test_what_a_customer_writes_appears_within_a_second(visit: Visit, customer: Customer) -> None:
    screen = await visit("/inbox")
    phone = customer("Olivia Ramos")
    waited: list[float] = []
    for text in ("Hola", "¿Tienen turnos el jueves?", "¿Y el viernes?"):  # a busy machine may be late once
        await phone.write(text)
        began = time.monotonic()
        await expect(screen.page.get_by_role("link", name="Olivia Ramos")).to_contain_text(text)
        waited.append(time.monotonic() - began)
    assert min(waited) < 1, waited
