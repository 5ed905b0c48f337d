"""Verificación en dos pasos: set up, asked for at the login, demanded by the company, taken off by its ceo."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.company import Person, add_member, code_of, demand, make_company
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LAPTOP, Look

PHONE_DARK = Look(390, "dark")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def ceo(instance: Instance) -> Person:
    """Of a company of its own."""
    return await make_company(instance)


def password(page: Page) -> Locator:
    """The field; a section of the page is called the same."""
    return page.get_by_label("Contraseña", exact=True).and_(page.locator("input"))


async def first_step(page: Page, person: Person) -> None:
    await page.get_by_label("Correo electrónico").fill(person.email)
    await password(page).fill(person.password)
    await page.get_by_role("button", name="Entrar", exact=True).click()


async def log_out(page: Page) -> None:
    await page.get_by_role("button", name="Perfil y preferencias").click()
    await page.get_by_role("menuitem", name="Salir").click()
    await expect(page).to_have_url(re.compile(r"/login"))


async def set_up(page: Page, person: Person) -> list[str]:
    """From the password on to the recovery codes."""
    await password(page).fill(person.password)
    await page.get_by_role("button", name="Seguir").click()
    await expect(page.get_by_role("img", name="Código QR")).to_be_visible()
    key = page.get_by_role("group", name="O copia esta clave").locator("code")
    person.secret = (await key.inner_text()).replace(" ", "")
    await page.get_by_label("Código de 6 dígitos").fill(code_of(person.secret, ahead=0))  # sent by itself
    await expect(page.get_by_role("group", name="Tus códigos de recuperación")).to_be_focused()
    return await page.get_by_role("listitem").filter(has_text=re.compile(r"^\w{4}(-\w{4}){3}$")).all_inner_texts()


async def test_one_sets_it_up_and_enters_by_code_and_once_by_recovery_code(visit: Visit, ceo: Person) -> None:
    ana = await add_member(ceo, "Ana Ibarra")
    screen = await visit("/login?next=/sessions", role=None)
    page = screen.page
    await first_step(page, ana)
    await page.get_by_role("button", name="Activar").click()
    codes = await set_up(page, ana)
    assert len(set(codes)) == 10
    await screen.judged("totp-codes")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Descargar").click()
    kept = (await (await downloading.value).path()).read_text(encoding="utf-8")
    assert all(code in kept for code in codes)
    await page.get_by_role("button", name="Ya los tengo guardados").click()
    await expect(page.get_by_text("Te quedan 10 códigos de recuperación.")).to_be_visible()
    await log_out(page)
    await first_step(page, ana)
    code = page.get_by_label("Código de 6 dígitos")
    await expect(code).to_be_focused()
    await expect(code).to_have_attribute("autocomplete", "one-time-code")
    await code.fill(ana.code())  # sent by itself
    await expect(page).to_have_url(re.compile(r"/sessions"))
    screen.noise.tolerate(r"status of 401")  # what was under way when it logged out
    for works in (True, False):
        await log_out(page)
        await first_step(page, ana)
        await page.get_by_role("button", name="Usar un código de recuperación").click()
        await page.get_by_label("Código de recuperación").fill(codes[0].upper().replace("-", " "))
        if not works:
            screen.noise.expect(r"status of 403 .*/auth/login/code")
        await page.get_by_role("button", name="Entrar", exact=True).click()
        if works:
            await expect(page).to_have_url(re.compile(r"/sessions"))
            await expect(page.get_by_text("Te quedan 9 códigos de recuperación.")).to_be_visible()
            await expect(page.get_by_role("button", name="Avisos: 1 sin leer")).to_be_visible()
        else:
            await expect(page.get_by_text("El código no es válido o ya se usó.")).to_be_visible()


async def test_new_codes_and_off_ask_for_both_factors(visit: Visit, ceo: Person) -> None:
    eva = await add_member(ceo, "Eva Duarte")
    await eva.protect()
    screen = await visit("/login", role=None)
    await eva.enter(screen.page.context)
    page = screen.page
    await screen.go("/sessions")
    await page.get_by_role("button", name="Crear códigos nuevos").click()
    await password(page).fill("not the password")
    await page.get_by_role("textbox", name="Código", exact=True).fill(eva.code())
    screen.noise.expect(r"status of 403 .*/auth/totp/recovery-codes")
    await page.get_by_role("button", name="Crear códigos nuevos").click()
    await expect(page.get_by_text("Esa no es tu contraseña actual. Escríbela de nuevo.")).to_be_visible()
    await password(page).fill(eva.password)
    await page.get_by_role("button", name="Crear códigos nuevos").click()
    await page.get_by_role("button", name="Ya los tengo guardados").click()
    await page.get_by_role("button", name="Desactivar").click()
    await password(page).fill(eva.password)
    await page.get_by_role("textbox", name="Código", exact=True).fill(eva.codes[0])
    screen.noise.expect(r"status of 403 .*/auth/totp/off")
    await page.get_by_role("button", name="Desactivar").click()
    await expect(page.get_by_text("El código no es válido o ya se usó.")).to_be_visible()  # the old ones are worthless


@pytest.mark.parametrize("look", [LAPTOP, PHONE_DARK], ids=str)
async def test_its_pages_are_fit_to_ship(visit: Visit, ceo: Person, look: Look) -> None:
    luz, rey = await add_member(ceo, "Luz Peralta"), await add_member(ceo, "Rey Campos")
    await luz.protect()
    asked = await visit("/login", role=None, look=look)
    await first_step(asked.page, luz)
    await expect(asked.page.get_by_label("Código de 6 dígitos")).to_be_focused()
    await asked.judged("login-code")
    await rey.enter(asked.page.context)
    await asked.go("/sessions")
    await asked.page.get_by_role("button", name="Activar").click()
    await password(asked.page).fill(rey.password)
    await asked.page.get_by_role("button", name="Seguir").click()
    await expect(asked.page.get_by_role("img", name="Código QR")).to_be_visible()
    await asked.page.get_by_role("button", name="Confirmar").scroll_into_view_if_needed()
    await asked.judged("totp-enrol")
    await ceo.enter(asked.page.context)
    await asked.go("/people")
    await expect(asked.page.get_by_text("Exigir a todos")).to_be_visible()
    await asked.page.get_by_role("switch", name="Exigir a todos").scroll_into_view_if_needed()
    await asked.judged("team-totp")


async def test_a_company_demands_it_and_its_ceo_takes_a_lost_one_off(visit: Visit, instance: Instance) -> None:
    boss = await make_company(instance)
    ida = await add_member(boss, "Ida Soto")
    await ida.protect()
    screen = await visit("/login", role=None)
    await boss.enter(screen.page.context)
    page = screen.page
    await screen.go("/people")
    await page.get_by_role("button", name="Quitar verificación a Ida Soto").click()
    await page.get_by_role("dialog").get_by_role("button", name="Quitar verificación").click()
    await expect(page.get_by_text("Ida Soto entra con su contraseña")).to_be_visible()
    await expect(page.get_by_role("button", name="Quitar verificación a Ida Soto")).to_have_count(0)
    await expect(page.get_by_text("La tienen 0 de 2.")).to_be_visible()
    rui = await add_member(boss, "Rui Mora")
    working = await visit("/login", role=None)
    await rui.enter(working.page.context)
    await working.go("/inbox")
    screen.noise.tolerate(r"status of 403")  # a socket may tell it before any answer does
    await page.get_by_role("switch", name="Exigir a todos").click()
    for window in (page, working.page):  # in the middle of the work too
        await expect(window.get_by_role("heading", name="Protege tu cuenta")).to_be_visible()
    await screen.judged("protect")
    await set_up(page, boss)
    await page.get_by_role("button", name="Ya los tengo guardados").click()
    await expect(page).to_have_url(re.compile(r"/people"))
    await expect(page.get_by_text("La tienen 1 de 3.")).to_be_visible()
    await working.go("/login")
    await first_step(working.page, ida)
    await expect(working.page).to_have_url(re.compile(r"/protect"))
    await demand(boss, required=False)
