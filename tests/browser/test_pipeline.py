"""Embudo: the board, its cards dragged by the pointer and by keys, moved by a menu, and moved by somebody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, PHONE, Look
from tests.browser.test_leads import create


def column(page: Page, stage: str) -> Locator:
    """A stage's column, or the place where won and lost cards are dropped."""
    return page.get_by_role("region", name=stage, exact=True)


def card(page: Page, stage: str, name: str) -> Locator:
    """A lead's card in a column."""
    return column(page, stage).get_by_role("listitem").filter(has_text=name)


async def board_with(visit: Visit, name: str) -> Page:
    """The board, with a new lead of the test's own in the first column."""
    screen = await visit("/pipeline")
    await create(screen.page, name)
    await screen.go("/pipeline")
    await expect(card(screen.page, "Nuevo", name)).to_be_visible()
    return screen.page


async def drag(page: Page, source: Locator, target: Locator) -> None:
    """By the mouse, in the steps that a hand makes."""
    await source.hover()
    await page.mouse.down()
    box = await target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x - 20, y - 20, steps=5)
    await page.mouse.move(x, y, steps=5)
    await page.mouse.up()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_board_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/pipeline", look=look)
    if look.phone:
        await screen.page.get_by_role("button", name="Calificado").click()
    await expect(card(screen.page, "Calificado", "Guadalupe Hernández")).to_be_visible()
    await screen.judged("pipeline")


async def test_a_card_is_dragged_and_the_move_undone(visit: Visit) -> None:
    name = f"Arrastre {uuid4().hex[:6]}"
    page = await board_with(visit, name)
    await drag(page, card(page, "Nuevo", name), column(page, "Propuesta"))
    await expect(card(page, "Propuesta", name)).to_be_visible()
    await page.reload()
    await expect(card(page, "Propuesta", name)).to_be_visible()
    await drag(page, card(page, "Propuesta", name), column(page, "Ganado"))
    await expect(card(page, "Propuesta", name)).to_have_count(0)
    await page.get_by_role("button", name="Deshacer").click()
    await expect(card(page, "Propuesta", name)).to_be_visible()


async def test_a_card_is_lifted_carried_and_dropped_by_keys(visit: Visit) -> None:
    name = f"Teclas {uuid4().hex[:6]}"
    page = await board_with(visit, name)
    link = column(page, "Nuevo").get_by_role("link", name=name)
    said = page.get_by_role("status").filter(has_text=name)
    await link.focus()
    await page.keyboard.press("Space")
    await expect(said).to_contain_text("levantada")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Escape")
    await expect(said).to_have_text(f"{name} vuelve a su lugar")
    await page.keyboard.press("Space")
    for stage in ("Contactado", "Calificado"):
        await page.keyboard.press("ArrowRight")
        await expect(said).to_have_text(f"{name}: {stage}")
    await page.keyboard.press("Space")
    await expect(said).to_have_text(f"{name} pasa a Calificado")
    await expect(card(page, "Calificado", name)).to_be_visible()
    await expect(column(page, "Calificado").get_by_role("link", name=name)).to_be_focused()


async def test_a_lost_card_asks_why(visit: Visit) -> None:
    name = f"Perdido {uuid4().hex[:6]}"
    page = await board_with(visit, name)
    await card(page, "Nuevo", name).get_by_role("button", name=f"Mover a {name}").click()
    await page.get_by_role("menuitem", name="Perdido").click()
    dialog = page.get_by_role("dialog", name="¿Por qué se perdió?")
    await expect(dialog.get_by_role("button", name="Marcar como perdido")).to_be_disabled()
    await dialog.get_by_text("Precio", exact=True).click()
    await dialog.get_by_role("button", name="Marcar como perdido").click()
    await expect(card(page, "Nuevo", name)).to_have_count(0)
    await column(page, "Perdido").get_by_role("link", name="Ver lista").click()
    await page.get_by_role("row").filter(has_text=name).click()
    await expect(page.get_by_text("Motivo: Precio")).to_be_visible()


async def test_a_card_moves_when_somebody_else_moves_it_and_the_figures_follow(visit: Visit) -> None:
    name = f"Ajeno {uuid4().hex[:6]}"
    page = await board_with(visit, name)
    other = (await visit("/pipeline", role="secretary")).page
    await expect(card(other, "Nuevo", name)).to_be_visible()
    await drag(page, card(page, "Nuevo", name), column(page, "Reunión"))
    await expect(card(other, "Reunión", name)).to_be_visible()
    await expect(card(other, "Nuevo", name)).to_have_count(0)


async def test_nothing_moves_under_the_hand_while_a_card_is_dragged(visit: Visit) -> None:
    name = f"Quieto {uuid4().hex[:6]}"
    page = await board_with(visit, name)
    other = (await visit("/leads", role="secretary")).page
    await card(page, "Nuevo", name).hover()
    await page.mouse.down()
    await page.mouse.move(600, 500, steps=5)
    await create(other, "Quieto Dos")
    await page.wait_for_timeout(800)
    await expect(card(page, "Nuevo", "Quieto Dos")).to_have_count(0)
    await page.mouse.up()
    await expect(card(page, "Nuevo", "Quieto Dos")).to_be_visible()


async def test_on_a_phone_a_card_goes_on_by_its_menu(visit: Visit) -> None:
    await board_with(visit, "Bolsillo Prueba")
    page = (await visit("/pipeline", look=PHONE)).page
    await card(page, "Nuevo", "Bolsillo Prueba").get_by_role("button").click()
    await page.get_by_role("menuitem", name="Contactado").click()
    await expect(card(page, "Nuevo", "Bolsillo Prueba")).to_have_count(0)
    await page.get_by_role("navigation", name="Etapas").get_by_role("button", name="Contactado").click()
    await expect(card(page, "Contactado", "Bolsillo Prueba")).to_be_visible()
