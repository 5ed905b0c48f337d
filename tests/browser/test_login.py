"""Entrar, unirse con el enlace de la empresa, y el aviso de que la cuenta espera."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, Language, Look


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", ["login", "register", "pending"])
async def test_the_pages_before_the_login_are_fit_to_ship(visit: Visit, name: str, look: Look) -> None:
    await (await visit(f"/{name}", role=None, look=look)).judged(name)


async def test_a_wrong_password_says_what_to_do(visit: Visit, instance: Instance) -> None:
    screen = await visit("/login", role=None)
    page = screen.page
    await page.get_by_label("Correo electrónico").fill(instance.logins["ceo"].email)
    await page.get_by_label("Contraseña").first.fill("not the password")
    screen.noise.expect(r"status of 401 .*/auth/login")
    await page.get_by_role("button", name="Entrar", exact=True).click()
    await expect(page.get_by_text("El correo o la contraseña no coinciden.")).to_be_visible()
    await screen.is_accessible()


async def test_the_right_password_leads_to_where_one_was_going(visit: Visit, instance: Instance) -> None:
    screen = await visit("/leads?stage=qualified", role=None)
    page = screen.page
    login = instance.logins["setter"]
    await page.get_by_label("Correo electrónico").fill(login.email)
    await page.get_by_label("Contraseña").first.fill(login.password)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(f"{instance.url}/leads?stage=qualified")
    await expect(page.get_by_role("heading", name="Leads")).to_be_visible()


async def test_a_join_link_leads_to_the_pending_notice(visit: Visit, instance: Instance) -> None:
    screen = await visit(f"/register#{instance.join_code}", role=None)
    page = screen.page
    await expect(page.get_by_label("Código de la empresa")).to_have_value(instance.join_code)
    await page.get_by_label("Nombre y apellido").fill("Nadia Prueba")
    await page.get_by_label("Correo electrónico").fill("nadia@demo.example")
    await page.get_by_label("Contraseña").first.fill("nine purple lanterns drift")
    await page.get_by_role("button", name="Pedir acceso").click()
    await expect(page.get_by_role("heading", name="Tu cuenta espera la aprobación de tu empresa")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_printed_address_lists_the_logins_and_hides_its_token(
    visit: Visit, instance: Instance, look: Look
) -> None:
    screen = await visit(instance.front_door, role=None, look=look)
    await expect(screen.page.get_by_role("button", name=re.compile("^Entrar como"))).to_have_count(5)
    await expect(screen.page).to_have_url(f"{instance.url}/login")
    await screen.judged("login-demo")


async def test_one_press_enters_as_one_of_them(visit: Visit, instance: Instance) -> None:
    screen = await visit(instance.front_door, role=None)
    await screen.page.reload()  # the tab keeps the token, the address does not
    await screen.page.get_by_role("button", name="Entrar como Martín · Closer").click()
    await expect(screen.page).to_have_url(re.compile(r"/(inbox.*)?$"))
    await expect(screen.page.get_by_text("Closer").first).to_be_visible()


async def test_a_token_of_another_installation_says_what_to_do(visit: Visit) -> None:
    screen = await visit("/login", role=None)
    await expect(screen.page.get_by_text("Abre la dirección que mostró «nexus up»")).to_be_visible()
    other = await visit("/login#demo=of-another-installation", role=None)
    other.noise.expect(r"status of 403 .*/demo/logins")
    await expect(other.page.get_by_text("Esta dirección es de otra instalación")).to_be_visible()
    await expect(other.page.get_by_role("button", name=re.compile("^Entrar como"))).to_have_count(0)


@pytest.mark.parametrize(("language", "title"), [("en", "Sign in to your company"), ("pt", "Entrar na sua empresa")])
async def test_the_page_speaks_the_chosen_language(visit: Visit, language: Language, title: str) -> None:
    screen = await visit("/login", role=None, look=Look(language=language))
    await expect(screen.page.get_by_role("heading", name=title)).to_be_visible()
    assert await screen.page.evaluate("document.documentElement.lang") == language
