"""Integraciones, Auditoría and Ajustes: the three places that only a ceo has."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.async_api import Page, expect

from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance, browser_headers
from tests.browser.screen import LOOKS, Look, Screen

KEY = "sk-live-DoNotShowMe-w9z4"


async def turn_to(screen: Screen, name: str) -> None:
    """By the rail; on a phone by what «Más» holds."""
    if screen.look.phone:
        await screen.page.get_by_role("button", name="Más", exact=True).click()
        await screen.page.get_by_role("dialog", name="Más").get_by_role("link", name=name).click()
    else:
        await screen.page.get_by_role("navigation", name="Secciones").get_by_role("link", name=name).click()
    await expect(screen.page.get_by_role("heading", level=1, name=name)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_rooms_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/integrations", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", name="WhatsApp", exact=True)).to_be_visible()
    await expect(page.get_by_text("Ahora responde el simulador, aunque haya claves.")).to_be_visible()
    await screen.judged("integrations")
    await page.get_by_role("button", name="Guardar clave: Clave de la API, Modelo del agente").click()
    await expect(page.get_by_role("dialog").get_by_label("Valor")).to_be_focused()
    await screen.judged("integrations-set")
    await page.keyboard.press("Escape")

    await turn_to(screen, "Auditoría")
    await screen.go("/audit?action=credentials.list")  # what others do meanwhile pushes it out of sight
    grid = page.get_by_role("grid", name="Auditoría")
    await expect(grid.get_by_role("row", name=re.compile("Lista de claves vista")).first).to_be_visible()
    await expect(page.get_by_text(re.compile(r"(Cadena íntegra|Encadenado) hasta las \d\d:\d\d"))).to_be_visible()
    await screen.judged("audit")
    if look.phone:
        await page.get_by_role("button", name=re.compile("^Filtros")).click()
        await screen.judged("audit-filters")
        await page.get_by_role("button", name=re.compile("^Filtros")).click()  # folded, so that enough rows are drawn
    await grid.get_by_role("row", name=re.compile("Lista de claves vista")).first.click()
    detail = page.get_by_role("dialog", name="Lista de claves vista")
    await expect(detail.get_by_text("credentials.list · credential")).to_be_visible()
    await screen.judged("audit-detail")
    await page.keyboard.press("Escape")

    await turn_to(screen, "Ajustes")
    await expect(page.get_by_label("Nombre del agente")).to_have_value("Sofía")
    await screen.judged("settings")
    await page.get_by_label("Solo en estas horas").check(force=True)
    await page.get_by_label("Hasta, Lunes").fill("08:00")
    await expect(page.get_by_text("La hora final 08:00 debe ser posterior a 09:00.")).to_be_visible()
    await screen.judged("settings-judged")
    await page.get_by_role("button", name="Descartar").click()
    await page.get_by_label("Días hacia adelante").fill("999")
    await expect(page.get_by_text("Entre 1 y 365.")).to_be_visible()
    await expect(page.get_by_role("button", name="Guardar", exact=True)).to_be_disabled()
    await page.get_by_role("button", name="Descartar").click()
    await page.get_by_role("button", name="Bajar Nuevo").click()
    stages = page.get_by_role("region", name="Etapas del embudo").get_by_role("textbox")
    await expect(stages.first).to_have_value("Contactado")
    await stages.nth(2).fill("Ganado")
    await expect(page.get_by_text("Otra etapa ya se llama así.")).to_be_visible()
    await screen.judged("settings-stages")


async def test_a_key_goes_in_is_masked_and_forgotten_by_the_page(visit: Visit) -> None:
    screen = await visit("/integrations")
    screen.noise.expect(r"status of 422 .*/admin/core/credentials/whisper")
    page = screen.page
    name = "Clave de la API, Transcripción de audios"
    await page.get_by_role("button", name=f"Guardar clave: {name}").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("Valor")
    await field.fill("two words")
    await dialog.get_by_role("button", name="Guardar clave").click()
    await expect(dialog.get_by_text("Eso no puede ser una clave de este tipo.")).to_be_visible()
    await expect(field).to_have_value("")
    await field.fill(KEY)
    await dialog.get_by_role("button", name="Guardar clave").click()
    await expect(page.get_by_text("Clave guardada: ••••w9z4")).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("button", name=f"Reemplazar: {name}"))
    await expect(row).to_contain_text("••••w9z4")
    await expect(row).to_contain_text("por Carla Benítez")
    assert await held(page, "whisper:api_key")
    assert not await held(page, KEY)
    await page.get_by_role("button", name=f"Borrar: {name}").click()
    await dialog.get_by_role("button", name="Cancelar").click()
    await expect(row).to_contain_text("••••w9z4")
    await page.get_by_role("button", name=f"Borrar: {name}").click()
    await expect(dialog).to_contain_text("Lo que la usa deja de funcionar al instante")
    await dialog.get_by_role("button", name="Borrar", exact=True).click()
    await expect(page.get_by_role("button", name=f"Guardar clave: {name}")).to_be_visible()


async def held(page: Page, text: str) -> bool:
    """Whether anything alive in the page's memory still holds the text: caches, closures, fields, whatever else."""
    session = await page.context.new_cdp_session(page)
    chunks: list[str] = []

    def keep(told: dict[str, str]) -> None:
        chunks.append(told["chunk"])

    session.on("HeapProfiler.addHeapSnapshotChunk", keep)
    await session.send("HeapProfiler.enable")
    await session.send("HeapProfiler.collectGarbage")
    await session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    await session.detach()
    return text in "".join(chunks)


async def looked_at_by_the_secretary(instance: Instance) -> None:
    """A line of the log that is not the ceo's own."""
    async with httpx.AsyncClient(
        base_url=instance.url,
        headers=browser_headers(instance.url, "203.0.113.77"),
        cookies={LOOPBACK_COOKIE: instance.logins["secretary"].session},
        trust_env=False,
    ) as secretary:
        (await secretary.get("/chat/conversations")).raise_for_status()


async def test_what_is_new_in_the_log_waits_until_it_is_asked_for(visit: Visit, instance: Instance) -> None:
    await looked_at_by_the_secretary(instance)
    screen = await visit("/login", role="ceo")
    page = screen.page
    await screen.stop_time()
    await screen.go("/audit?action=conversations.list")
    grid = page.get_by_role("grid", name="Auditoría")
    await expect(grid.get_by_role("row").nth(1)).to_be_visible()
    first = await grid.get_by_role("row").nth(1).inner_text()
    await looked_at_by_the_secretary(instance)
    await page.clock.fast_forward("00:31")
    news = page.get_by_role("button", name=re.compile(r"Hay \d+ filas? nuevas? ↑"))
    await expect(news).to_be_visible()
    assert await grid.get_by_role("row").nth(1).inner_text() == first
    await news.click()
    await expect(news).to_have_count(0)
    await expect(grid.get_by_role("row").nth(1)).to_contain_text("Conversaciones vistas")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Descargar CSV").click()
    path = await (await download.value).path()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("id,occurred_at,action")
    assert len(lines) > 1
    assert all("conversations.list" in line for line in lines[1:])


async def test_two_who_save_at_once_see_both_values(visit: Visit) -> None:
    mine, theirs = [await visit("/settings") for _ in range(2)]
    days, their_days = (screen.page.get_by_label("Días hacia adelante") for screen in (mine, theirs))
    await expect(days).to_have_value("30")
    await their_days.fill("31")
    await theirs.page.get_by_role("button", name="Guardar", exact=True).click()
    await expect(theirs.page.get_by_text("Guardado: Reuniones")).to_be_visible()
    await expect(days).to_have_value("31")  # live, without a draft
    await days.fill("45")
    await theirs.page.get_by_role("button", name="Deshacer").last.click()
    await expect(their_days).to_have_value("30")
    mine.noise.expect(r"status of 409 .*/admin/core/settings/meetings")
    await mine.page.get_by_role("button", name="Guardar", exact=True).click()
    conflict = mine.page.get_by_role("alert").filter(has_text="Alguien guardó esta sección")
    await expect(conflict.get_by_role("row", name=re.compile("Días hacia adelante"))).to_have_text(
        re.compile("45.*30", re.DOTALL)
    )
    await expect(conflict).to_be_focused()
    await mine.settled()
    await mine.is_accessible()
    await mine.screenshot("settings-conflict")
    await conflict.get_by_role("button", name="Usar lo guardado").click()
    await expect(days).to_have_value("30")
    await expect(conflict).to_have_count(0)


async def test_nobody_else_has_these_places(visit: Visit) -> None:
    screen = await visit("/leads", role="secretary")
    rail = screen.page.get_by_role("navigation", name="Secciones")
    await expect(rail.get_by_role("link", name="Leads")).to_be_visible()
    for name in ("Integraciones", "Auditoría", "Ajustes"):
        await expect(rail.get_by_role("link", name=name)).to_have_count(0)
