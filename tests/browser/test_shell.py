"""What stays around every page: the palette, the sheet of a phone, the regions."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.screen import PHONE


async def test_the_palette_finds_people_by_name_and_by_the_end_of_their_phone(visit: Visit) -> None:
    screen = await visit("/inbox")
    page = screen.page
    await page.keyboard.press("Control+k")
    field = page.get_by_role("textbox", name="Buscar")
    await field.fill("Ana Ru")
    found = page.get_by_role("button", name=re.compile("Ana Ruiz"))
    await expect(found).to_be_visible()
    await screen.judged("palette")
    digits = re.sub(r"\D", "", await found.inner_text())[-5:]
    await field.fill(digits)
    await expect(found).to_be_visible()
    await found.click()
    await expect(page).to_have_url(re.compile(r"/leads/\d+"))
    await expect(field).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(field).to_have_count(0)


async def test_back_closes_what_covers_a_page_and_an_open_lead(visit: Visit) -> None:
    screen = await visit("/inbox", look=PHONE)
    page = screen.page
    await page.get_by_role("link", name="Leads").click()
    await page.get_by_role("button", name="Más", exact=True).click()
    sheet = page.get_by_role("dialog", name="Más")
    await expect(sheet).to_be_visible()
    await page.go_back()
    await expect(sheet).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"/leads$"))
    await expect(page).to_have_title(re.compile(r"Leads · Nexus$"))
    wide = (await visit("/leads")).page
    await wide.get_by_role("row").nth(1).click()
    await expect(wide.get_by_role("complementary", name="Lead abierto")).to_be_visible()
    await wide.go_back()
    await expect(wide.get_by_role("complementary", name="Lead abierto")).to_have_count(0)
    await expect(wide).to_have_url(re.compile(r"/leads$"))


async def test_a_page_of_another_role_says_so_and_asks_nothing(visit: Visit) -> None:
    screen = await visit("/settings", role="setter")  # a refused request would be noise
    await expect(screen.page.get_by_text("Tu rol no permite esto")).to_be_visible()
    await expect(screen.page.get_by_role("textbox")).to_have_count(0)


async def test_an_address_that_leads_nowhere_leaves_the_way_back(visit: Visit) -> None:
    screen = await visit("/nowhere/at-all")
    await expect(screen.page.get_by_text("Esta página no existe")).to_be_visible()
    await expect(screen.page.get_by_role("link", name="Leads")).to_be_visible()  # the rail is there
    await screen.page.get_by_role("link", name="Volver al inicio").click()
    await expect(screen.page).to_have_url(re.compile(r"/(inbox.*)?$"))


async def test_the_sheet_of_a_phone_holds_what_the_bar_has_no_room_for(visit: Visit) -> None:
    screen = await visit("/inbox", look=PHONE)
    await screen.page.get_by_role("button", name="Más", exact=True).click()
    sheet = screen.page.get_by_role("dialog", name="Más")
    await expect(sheet.get_by_text("Mis sesiones")).to_be_visible()
    await screen.judged("more")
    await sheet.get_by_text("Mis sesiones").click()
    await expect(screen.page.get_by_role("heading", name="Mis sesiones")).to_be_visible()
    await expect(sheet).to_have_count(0)


async def test_f6_goes_from_region_to_region(visit: Visit) -> None:
    page = (await visit("/sessions")).page
    held: list[str] = []
    for _ in range(3):
        await page.keyboard.press("F6")
        held.append(await page.evaluate("document.activeElement.closest('header, nav, main').localName"))
    assert held == ["header", "nav", "main"]
