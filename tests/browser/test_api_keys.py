"""Claves de API: made with chosen rights, shown once, rotated and revoked; the key works as the page says."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, Look


async def shown_key(page: Page) -> str:
    """The key that is shown this once."""
    dialog = page.get_by_role("dialog", name="Tu clave nueva")
    await expect(dialog.get_by_role("code")).to_contain_text("nxk_")
    return await dialog.get_by_role("code").inner_text()


async def answered(instance: Instance, key: str, path: str) -> int:
    async with httpx.AsyncClient(base_url=instance.url, headers={"Authorization": f"Bearer {key}"}) as program:
        return (await program.get(path)).status_code


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_key_is_made_shown_once_renewed_and_revoked(visit: Visit, instance: Instance, look: Look) -> None:
    name = f"Planilla {uuid4().hex[:6]}"
    screen = await visit("/settings", look=look)
    page = screen.page
    await page.get_by_role("link", name="Programas y asistentes de IA: Claves de API").click()
    await expect(page.get_by_role("heading", level=1, name="Claves de API")).to_be_visible()
    await page.get_by_role("button", name="Crear clave").first.click()
    form = page.get_by_role("dialog", name="Crear una clave")
    await form.get_by_role("textbox", name="Nombre").fill(name)
    await form.get_by_label("Ver leads").check()
    await form.get_by_label("Todo: Conversaciones").check()
    await expect(form.get_by_label("Responder conversaciones")).to_be_checked()
    await expect(form.get_by_text("Ver qué claves hay")).to_have_count(0)
    await screen.judged("api-keys-form")
    await form.get_by_role("button", name="Crear clave").click()
    key = await shown_key(page)
    await screen.judged("api-keys-shown")
    await page.get_by_role("button", name="Ya está a salvo").click()
    line = page.get_by_role("listitem").filter(has_text=name)
    await expect(line).to_contain_text(key[-4:])
    assert key not in await page.content()
    assert await answered(instance, key, "/crm/leads") == 200
    assert await answered(instance, key, "/crm/clients") == 403
    await screen.judged("api-keys")
    await line.get_by_role("button", name=f"Renovar «{name}»").click()
    await page.get_by_role("dialog").get_by_role("button", name="Renovar", exact=True).click()
    renewed = await shown_key(page)
    await page.get_by_role("button", name="Ya está a salvo").click()
    assert [await answered(instance, each, "/crm/leads") for each in (key, renewed)] == [401, 200]
    await line.get_by_role("button", name=f"Revocar «{name}»").click()
    await page.get_by_role("dialog").get_by_role("button", name="Revocar", exact=True).click()
    await expect(line).to_contain_text("Revocada")
    assert await answered(instance, renewed, "/crm/leads") == 401
    await screen.judged("api-keys-revoked")
