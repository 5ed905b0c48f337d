"""Clientes and Duplicados: one person once, and everything of a client in one place."""

from __future__ import annotations

import re
from itertools import count

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screen import LOOKS, Look

_numbers = count(1)
SEND = """async ([method, path, body]) => {
  const headers = { "X-Nexus-CSRF": "1", "content-type": "application/json" };
  const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
}"""


async def twins(page: Page) -> tuple[str, int, int]:
    """Two leads with one name and e-mail."""
    number = next(_numbers)
    name = f"Irene Duarte {number}"
    made: list[int] = []
    for phone in (f"+54911570{number:05d}", f"+54911571{number:05d}"):
        body = {"full_name": name, "phone": phone, "email": f"irene{number}@sur.example", "company": "Sur"}
        status, lead = await page.evaluate(SEND, ["POST", "/crm/leads", body])
        assert status == 201
        made.append(lead["id"])
    status, _ = await page.evaluate(
        "async (path) => [(await fetch(path)).status, 0]", f"/crm/leads/{made[0]}/duplicates"
    )
    assert status == 200
    return name, made[0], made[1]


async def client(page: Page) -> tuple[str, int]:
    name = f"Clara Ibarra {next(_numbers)}"
    body = {"full_name": name, "phone": "+5491155501234", "email": "clara@sur.example", "company": "Clínica Sur"}
    status, made = await page.evaluate(SEND, ["POST", "/crm/clients", body])
    assert status == 201
    persons = {"items": [{"name": "Eva Luna", "role": "Administración", "email": "eva@sur.example"}]}
    status, _ = await page.evaluate(SEND, ["PUT", f"/crm/clients/{made['id']}/contacts", persons])
    assert status == 200
    return name, made["id"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_pages_are_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/clients", look=look)
    page = screen.page
    await expect(page.get_by_role("heading", level=1, name="Clientes")).to_be_visible()
    name, client_id = await client(page)
    await expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()
    await screen.judged("clients")
    await screen.go(f"/clients/{client_id}")
    await expect(page.get_by_text("Eva Luna")).to_be_visible()
    await screen.judged("client")
    twin, _, _ = await twins(page)
    await screen.go("/duplicates")
    pair = page.get_by_role("listitem").filter(has_text=twin).first
    await expect(pair).to_contain_text("mismo correo")
    await screen.judged("duplicates")
    await pair.get_by_role("button", name="Fusionar").click()
    await expect(page.get_by_role("dialog")).to_contain_text("¿Cuál queda?")
    await screen.judged("merge")


async def test_two_leads_become_one_and_two_again(visit: Visit) -> None:
    screen = await visit("/leads")
    page = screen.page
    name, one, other = await twins(page)
    await screen.go("/duplicates")
    pair = page.get_by_role("listitem").filter(has_text=name).first
    await pair.get_by_role("button", name="Fusionar").click()
    await page.get_by_role("dialog").get_by_role("button", name="Fusionar").click()
    await expect(page.get_by_text(re.compile("^Fusionados"))).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text=name)).to_have_count(0)
    screen.noise.expect(r"status of 410")
    await screen.go(f"/leads/{other}")
    await expect(page).to_have_url(re.compile(rf"/leads/{one}$"))
    await screen.go("/duplicates")
    await page.get_by_role("tab", name="Fusiones").click()
    await page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Deshacer").click()
    await expect(page.get_by_text("Fusión deshecha: los dos leads están como antes")).to_be_visible()
    await screen.go(f"/leads/{other}")
    await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


async def test_a_client_is_edited_put_away_and_taken_back(visit: Visit) -> None:
    screen = await visit("/clients")
    page = screen.page
    name, client_id = await client(page)
    await screen.go(f"/clients/{client_id}")
    await page.get_by_role("textbox", name="Notas").fill("Llamar por la tarde")
    await page.get_by_role("textbox", name="Notas").blur()
    await page.get_by_role("button", name="Borrar").click()
    await expect(page.get_by_role("status").filter(has_text="Borrado")).to_be_visible()
    await page.get_by_role("button", name="Restaurar").click()
    await expect(page.get_by_role("button", name="Borrar")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Notas")).to_have_value("Llamar por la tarde")
    await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
