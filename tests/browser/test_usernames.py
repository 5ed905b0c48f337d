"""Somebody whom WhatsApp tells no phone of: found, called and reached by the username in every place of a lead."""

from __future__ import annotations

import re

import httpx
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance


async def test_a_person_without_a_phone_is_reached_by_the_username(visit: Visit, instance: Instance) -> None:
    order = {
        "account": "+5491150000001",
        "phone": "+5491155990001",
        "name": "Quiteria",
        "text": "Hola",
        "hide_phone": True,
    }
    token = {"X-Simulator-Token": instance.simulator_token}
    async with httpx.AsyncClient(base_url=instance.simulator_url, trust_env=False) as simulator:
        (await simulator.post("/_sim/inbound", json=order, headers=token)).raise_for_status()
    screen = await visit("/leads?q=Quiteria")
    page = screen.page
    row = page.get_by_role("row", name=re.compile("Quiteria"))
    await expect(row).to_contain_text(re.compile(r"@sim\.\w+"))
    handle = re.search(r"@sim\.\w+", await row.inner_text())
    assert handle is not None
    await screen.go(f"/leads?q={handle[0]}")
    await expect(row).to_be_visible()
    await screen.settled()
    await screen.screenshot("username-leads")
    await row.click()
    await expect(page.get_by_role("complementary").get_by_role("heading", name="Quiteria")).to_be_visible()
    await page.keyboard.press("o")
    await expect(page.get_by_role("heading", level=1, name="Quiteria")).to_be_visible()
    await expect(page.get_by_text(re.compile(re.escape(handle[0]))).first).to_be_visible()
    await screen.settled()
    await screen.screenshot("username-lead")
    await screen.go(f"/inbox?scope=all&q={handle[0]}")
    await expect(page.get_by_role("link", name=re.compile("Quiteria")).first).to_be_visible()
