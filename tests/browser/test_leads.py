"""Leads: the table and one lead."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_table_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/leads", look=look)
    await expect(screen.page.get_by_role("row").filter(has_text="Javier Ortega")).to_be_visible()
    await screen.judged("leads")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_lead_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/leads", look=look)
    await screen.page.get_by_role("row").filter(has_text="Ana Ruiz").click()
    await expect(screen.page.get_by_role("heading", name="Ana Ruiz")).to_be_visible()
    await screen.judged("lead")
