"""Equipo: who asks to come in is seen at once, let in, and works; and one's own sessions."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LAPTOP, LOOKS, PHONE, Look

PASSWORD = "nine purple lanterns drift"


async def ask_to_join(page: Page, name: str, email: str) -> None:
    await page.get_by_label("Nombre y apellido").fill(name)
    await page.get_by_label("Correo electrónico").fill(email)
    await page.get_by_label("Contraseña").first.fill(PASSWORD)
    await page.get_by_role("button", name="Pedir acceso").click()
    await expect(page.get_by_role("heading", name="Tu cuenta espera la aprobación de tu empresa")).to_be_visible()
    await expect(page.get_by_text("Pedido enviado")).to_be_visible()


async def log_in(page: Page, email: str) -> None:
    await page.get_by_label("Correo electrónico").fill(email)
    await page.get_by_label("Contraseña").first.fill(PASSWORD)
    await page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_team_is_fit_to_ship(visit: Visit, instance: Instance, look: Look) -> None:
    name = f"Nora {uuid4().hex[:6]}"
    asking = await visit(f"/register#{instance.join_code}", role=None)
    await ask_to_join(asking.page, name, f"{uuid4().hex[:10]}@demo.example")
    screen = await visit("/people", look=look)
    await expect(screen.page.get_by_text(name)).to_be_visible()
    await expect(screen.page.get_by_text("Carla Benítez")).to_be_visible()
    await screen.judged("team")
    await screen.page.get_by_role("button", name="Qué puede hacer cada rol").click()
    table = screen.page.get_by_role("region", name="Qué puede hacer cada rol")
    row = table.get_by_role("row", name=re.compile("Ver leads"))
    if look.phone:  # one role at a time
        await expect(row.get_by_role("cell")).to_have_text(["Sin asignar y lo propio"])
        await table.get_by_role("combobox", name="Rol").click()
        await screen.page.get_by_role("option", name="Dirección").click()
        await expect(row.get_by_role("cell")).to_have_text(["Todo"])
    else:
        await expect(row.get_by_role("cell")).to_have_text(
            ["Todo", "Lo propio", "Todo", "Sin asignar y lo propio", "Lo propio"]
        )
    await table.scroll_into_view_if_needed()
    await screen.judged("team-rights")
    await screen.page.get_by_role("button", name=f"Rechazar a {name}").click()


async def test_who_asks_is_seen_live_let_in_and_logs_in(visit: Visit, instance: Instance) -> None:
    name, email = f"Nadia {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    ceo = await visit("/people")
    asking = await visit(f"/register#{instance.join_code}", role=None)
    await ask_to_join(asking.page, name, email)
    await expect(ceo.page.get_by_text(name)).to_be_visible()
    await expect(ceo.page.get_by_role("link", name="Equipo")).to_contain_text(re.compile(r"esperan?"))
    await asking.page.get_by_role("link", name="Volver a entrar").click()
    await log_in(asking.page, email)
    asking.noise.expect(r"status of 403 .*/auth/login")
    await expect(asking.page.get_by_role("heading", name="Tu cuenta espera")).to_be_visible()
    await ceo.page.get_by_role("button", name=f"Aprobar a {name}").click()
    await expect(ceo.page.get_by_text(f"{name} ya puede entrar")).to_be_visible()
    await asking.page.get_by_role("link", name="Volver a entrar").click()
    await log_in(asking.page, email)
    await expect(asking.page).to_have_url(re.compile(r"/(inbox.*)?$"))
    await asking.settled()
    await asking.screenshot("team-let-in")
    rail = asking.page.get_by_role("navigation", name="Secciones")
    await expect(rail.get_by_role("link", name="Conversaciones")).to_be_visible()
    await expect(rail.get_by_role("link", name="Equipo")).to_have_count(0)


async def test_an_approval_is_taken_back_and_a_suspension_asks_first(visit: Visit, instance: Instance) -> None:
    name, email = f"Nicolás {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    asking = await visit(f"/register#{instance.join_code}", role=None)
    await ask_to_join(asking.page, name, email)
    page = (await visit("/people")).page
    approve = page.get_by_role("button", name=f"Aprobar a {name}")
    await approve.click()
    await expect(approve).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").last.click()
    await expect(approve).to_be_visible()
    await approve.click()
    role = page.get_by_role("combobox", name=f"Rol de {name}")
    await role.click()
    await page.get_by_role("option", name="Closer").click()
    await expect(page.get_by_text(f"{name} ahora es Closer; sus sesiones se cerraron")).to_be_visible()
    await page.get_by_role("button", name=f"Suspender a {name}").click()
    dialog = page.get_by_role("dialog", name=f"¿Suspender a {name}?")
    await dialog.get_by_role("button", name="Cancelar").click()
    await expect(page.get_by_role("button", name=f"Reactivar a {name}")).to_have_count(0)
    await page.get_by_role("button", name=f"Suspender a {name}").click()
    await dialog.get_by_role("button", name="Suspender").click()
    await expect(page.get_by_role("button", name=f"Reactivar a {name}")).to_be_visible()


async def test_a_new_join_link_asks_first(visit: Visit, instance: Instance) -> None:
    """Cancelled: the other tests join by the link that there is."""
    page = (await visit("/people")).page
    link = page.get_by_role("textbox", name="Enlace para unirse")
    await expect(link).to_have_value(f"{instance.url}/register#{instance.join_code}")
    await page.get_by_role("button", name="Crear uno nuevo").click()
    dialog = page.get_by_role("dialog", name="¿Crear un enlace nuevo?")
    await expect(dialog).to_contain_text("El enlace actual deja de funcionar")
    await dialog.get_by_role("button", name="Cancelar").click()
    await expect(link).to_have_value(f"{instance.url}/register#{instance.join_code}")


async def test_one_sees_and_ends_ones_own_sessions(visit: Visit, instance: Instance) -> None:
    name, email = f"Nadir {uuid4().hex[:6]}", f"{uuid4().hex[:10]}@demo.example"
    await ask_to_join((await visit(f"/register#{instance.join_code}", role=None)).page, name, email)
    ceo = (await visit("/people")).page
    await ceo.get_by_role("button", name=f"Aprobar a {name}").click()
    await expect(ceo.get_by_text(f"{name} ya puede entrar")).to_be_visible()
    first, second = [await visit("/login", role=None, look=look) for look in (LAPTOP, PHONE)]
    for screen in (first, second):
        await log_in(screen.page, email)
        await expect(screen.page).to_have_url(re.compile(r"/(inbox.*)?$"))
    first.noise.tolerate(r"status of 401 ")  # what it asked for while it was being put out
    for screen in (first, second):
        await screen.go("/sessions")
        await expect(screen.page.get_by_text("Chrome, Linux")).to_have_count(2)
        await screen.judged("sessions")
    await second.page.get_by_role("button", name="Cerrar la sesión de Chrome, Linux").click()
    await expect(second.page.get_by_text("Cerraste 1 sesión")).to_be_visible()
    await expect(second.page.get_by_text("Chrome, Linux")).to_have_count(1)
    await expect(first.page).to_have_url(re.compile(r"/login"))
