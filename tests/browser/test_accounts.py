"""An invitation and a forgotten password, from the ceo's page to the first login, each in two windows."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, PHONE, Language, Look, Screen

PASSWORD = "nine purple lanterns drift"
NEW_PASSWORD = "seven copper kettles whistle"


async def invited(ceo: Screen, name: str, email: str) -> str:
    """The path of the link that the ceo is shown."""
    page = ceo.page
    await page.get_by_role("button", name="Invitar", exact=True).click()
    dialog = page.get_by_role("dialog", name="Invitar a alguien")
    await dialog.get_by_label("Nombre y apellido").fill(name)
    await dialog.get_by_label("Correo electrónico").fill(email)
    await dialog.get_by_role("button", name="Invitar").click()
    return await shown_link(page.get_by_role("dialog", name=f"Invitación para {name}"), ceo)


async def shown_link(dialog: Locator, ceo: Screen) -> str:
    link = await dialog.get_by_role("textbox").input_value()
    assert link.startswith(f"{ceo.url}/")
    return link.removeprefix(ceo.url)


async def accept(screen: Screen, password: str = PASSWORD) -> None:
    await screen.page.get_by_label("Contraseña nueva").first.fill(password)
    await screen.page.get_by_role("button", name="Aceptar y entrar").click()
    await expect(screen.page).to_have_url(re.compile(r"/(inbox.*)?$"))


async def log_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("Correo electrónico").fill(email)
    await page.get_by_label("Contraseña").first.fill(password)
    await page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_invited_opens_the_link_chooses_a_password_and_is_in(visit: Visit, look: Look) -> None:
    name, email = f"Nélida {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    ceo = await visit("/people", look=look)
    path = await invited(ceo, name, email)
    await ceo.judged("invite-link")
    await ceo.page.keyboard.press("Escape")
    await expect(ceo.page.get_by_role("button", name=f"Nuevo enlace para {name}")).to_be_visible()
    guest = await visit(path, role=None, look=look)
    await expect(guest.page.get_by_text(f"Hola, {name}.")).to_be_visible()
    await expect(guest.page).to_have_url(f"{guest.url}/invitation")
    assert "token" not in await guest.page.evaluate(
        "JSON.stringify([location.href, {...sessionStorage}, {...localStorage}])"
    )
    await guest.judged("invitation")
    await accept(guest)
    await expect(ceo.page.get_by_role("button", name=f"Suspender a {name}")).to_be_visible()  # live
    await expect(ceo.page.get_by_role("button", name=f"Nuevo enlace para {name}")).to_have_count(0)
    again = await visit(path, role=None, look=look)
    again.noise.expect(r"status of 403 .*/auth/link")
    await expect(again.page.get_by_text("Esta invitación ya no sirve.")).to_be_visible()


@pytest.mark.parametrize("look", [Look(), PHONE], ids=str)
async def test_who_forgot_the_password_gets_a_link_by_the_ceo_and_is_told(visit: Visit, look: Look) -> None:
    name, email = f"Norma {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    ceo = await visit("/people", look=look)
    guest = await visit(await invited(ceo, name, email), role=None)
    await ceo.page.keyboard.press("Escape")
    await accept(guest)
    lost = await visit("/login", role=None, look=look)
    await lost.page.get_by_role("link", name="Olvidé mi contraseña").click()
    await lost.judged("forgot")
    await lost.page.get_by_label("Correo electrónico").fill(email)
    await lost.page.get_by_role("button", name="Pedir enlace").click()
    await expect(lost.page.get_by_role("heading", name="Pedido recibido")).to_be_visible()
    await lost.judged("forgot-asked")
    await ceo.page.get_by_role("button", name=f"Crear enlace para {name}").click()  # live, without a reload
    path = await shown_link(ceo.page.get_by_role("dialog", name=f"Enlace para {name}"), ceo)
    await ceo.judged("reset-link")
    await lost.go(path)
    await expect(lost.page).to_have_url(f"{lost.url}/reset")
    await lost.page.get_by_label("Contraseña nueva").first.fill("password1234")
    lost.noise.expect(r"status of 422 .*/auth/reset")
    await lost.page.get_by_role("button", name="Guardar contraseña").click()
    await expect(lost.page.get_by_text("La contraseña es fácil de adivinar.")).to_be_visible()
    await lost.page.get_by_label("Contraseña nueva").first.fill(NEW_PASSWORD)
    await lost.judged("reset")
    await lost.page.get_by_role("button", name="Guardar contraseña").click()
    await expect(lost.page.get_by_role("heading", name="Tu contraseña es nueva")).to_be_visible()
    guest.noise.tolerate(r"status of 401")  # what was under way when the session ended
    await expect(guest.page).to_have_url(re.compile(r"/login"))  # its session and its socket have ended
    await lost.page.get_by_role("link", name="Entrar").click()
    await log_in(lost.page, email, NEW_PASSWORD)
    await expect(lost.page).to_have_url(re.compile(r"/(inbox.*)?$"))
    await lost.page.get_by_role("button", name=re.compile("^Avisos")).click()
    told = "Tu contraseña se cambió con un enlace que Carla Benítez creó el"
    await expect(lost.page.get_by_text(told)).to_be_visible()
    await lost.screenshot("reset-told")


async def test_ones_own_password_is_changed_knowing_the_old_one(visit: Visit) -> None:
    name, email = f"Nuria {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    ceo = await visit("/people")
    mine = await visit(await invited(ceo, name, email), role=None)
    await accept(mine)
    other = await visit("/login", role=None)
    await log_in(other.page, email, PASSWORD)
    await expect(other.page).to_have_url(re.compile(r"/(inbox.*)?$"))
    await mine.go("/sessions")
    page = mine.page
    await page.get_by_label("Contraseña actual").first.fill("none of them")
    await page.get_by_label("Contraseña nueva").first.fill(NEW_PASSWORD)
    mine.noise.expect(r"status of 403 .*/auth/password")
    await page.get_by_role("button", name="Cambiar contraseña").click()
    await expect(page.get_by_text("Esa no es tu contraseña actual.")).to_be_visible()
    await mine.judged("own-password")
    await page.get_by_label("Contraseña actual").first.fill(PASSWORD)
    await page.get_by_role("button", name="Cambiar contraseña").click()
    await expect(page.get_by_text("Contraseña cambiada; tus otras sesiones se cerraron")).to_be_visible()
    other.noise.tolerate(r"status of 401")
    await expect(other.page).to_have_url(re.compile(r"/login"))


async def test_an_invitation_is_taken_back_and_that_too(visit: Visit) -> None:
    name, email = f"Noel {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    ceo = await visit("/people")
    await invited(ceo, name, email)
    page = ceo.page
    await page.keyboard.press("Escape")
    revoke = page.get_by_role("button", name=f"Anular la invitación de {name}")
    await revoke.click()
    await expect(revoke).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").last.click()
    await expect(page.get_by_role("dialog", name=f"Invitación para {name}")).to_be_visible()
    await page.keyboard.press("Escape")
    await revoke.click()
    await expect(revoke).to_have_count(0)


@pytest.mark.parametrize(("language", "title"), [("en", "I forgot my password"), ("pt", "Esqueci minha senha")])
async def test_the_pages_speak_the_chosen_language(visit: Visit, language: Language, title: str) -> None:
    screen = await visit("/forgot", role=None, look=Look(language=language))
    await expect(screen.page.get_by_role("heading", name=title)).to_be_visible()
