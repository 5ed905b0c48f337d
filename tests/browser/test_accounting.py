"""Contabilidad: what is paid is recorded, earns, is refunded and reversed; each figure opens its lines."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance, browser_headers
from tests.browser.screen import LOOKS, Look

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f0005000"
    "1ff5ca1b8a90000000049454e44ae426082"
)


async def filled(instance: Instance) -> str:
    """A month of a seller's of its own: income in two currencies, one that waits, an expense, a refund, a reversal."""
    name = f"Vendedora {uuid4().hex[:6]}"
    async with httpx.AsyncClient(
        base_url=instance.url,
        headers=browser_headers(instance.url, f"203.0.113.{uuid4().int % 200 + 1}"),
        cookies={LOOPBACK_COOKIE: instance.logins["ceo"].session},
        trust_env=False,
    ) as browser:
        seller = (await browser.post("/crm/sellers", json={"name": name})).json()["seller"]["id"]
        lead = (await browser.get("/crm/leads", params={"limit": 1})).json()["items"][0]["id"]
        rule = {"seller_id": seller, "percent": "7.5", "starts_on": "2026-01-01"}
        assert (await browser.post("/crm/transactions/rules", json=rule)).status_code == 201
        moment = datetime.now(UTC)

        async def add(**fields: object) -> int:
            nonlocal moment
            moment -= timedelta(seconds=7)
            body = {
                "kind": "income",
                "seller_id": seller,
                "occurred_at": moment.isoformat(),
                "client_token": str(uuid4()),
            }
            answer = await browser.post("/crm/transactions", json=body | fields)
            assert answer.status_code == 201, answer.text
            return answer.json()["id"]

        await add(amount="480.50", currency="USD", paid=False, lead_id=lead, description="Segunda cuota")
        first = await add(amount="1200.00", currency="USD", method="transfer", lead_id=lead, category="Plan Clínica")
        await add(amount="350000.00", currency="ARS", method="card", category="Plan Consultorio")
        twice = await add(amount="90.00", currency="USD", method="cash", category="Consulta")
        for index in range(12):
            await add(amount=f"{40 + index}.00", currency="USD", method="wallet", category="Consulta")
        rent = {
            "kind": "expense",
            "amount": "300.00",
            "currency": "USD",
            "category": "Alquiler",
            "client_token": str(uuid4()),
        }
        await browser.post("/crm/transactions", json=rent)
        refund = {"kind": "refund", "income_id": first, "amount": "200.00", "client_token": str(uuid4())}
        assert (await browser.post("/crm/transactions", json=refund)).status_code == 201
        undone = await browser.post(f"/crm/transactions/{twice}/reversal", json={"reason": "Se cargó dos veces"})
        assert undone.status_code == 201
    return name


async def choose(page: Page, label: str, option: str) -> None:
    field = page.get_by_role("dialog").get_by_label(label, exact=True)
    await field.click()
    await page.get_by_role("option", name=option, exact=True).click()


async def closed(page: Page) -> None:
    """What lies uppermost, and it alone."""
    dialogs = page.get_by_role("dialog")
    count = await dialogs.count()
    await page.keyboard.press("Escape")
    await expect(dialogs).to_have_count(count - 1)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_ledger_is_fit_to_ship(visit: Visit, instance: Instance, look: Look) -> None:
    name = await filled(instance)
    screen = await visit("/accounting", look=look)
    page = screen.page
    ledger = page.get_by_role("grid", name="Movimientos")
    await expect(ledger.get_by_text("Plan Clínica").first).to_be_visible()
    await expect(page.get_by_role("list", name="Totales por moneda").get_by_text("Neto USD")).to_be_visible()
    await screen.judged("accounting")
    await ledger.get_by_text("Segunda cuota").first.click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Marcar como cobrado")).to_be_visible()
    await screen.judged("accounting-entry")
    await page.get_by_role("dialog").get_by_role("button", name="Revertir").click()
    await expect(page.get_by_label("Motivo")).to_be_focused()
    await screen.judged("accounting-reverse")
    await closed(page)
    await closed(page)
    await page.get_by_role("button", name="Registrar movimiento").first.click()
    await expect(page.get_by_role("dialog").get_by_label("Monto")).to_be_focused()
    await screen.judged("accounting-new")
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Por vendedor").click()
    await expect(page.get_by_role("button", name=f"{name} · USD")).to_be_visible()
    await screen.judged("accounting-sellers")
    await page.get_by_role("tab", name="Comisiones").click()
    await expect(page.get_by_text(name)).to_be_visible()
    await screen.judged("accounting-rules")


async def test_income_is_recorded_with_its_receipt_paid_refunded_and_reversed(visit: Visit, instance: Instance) -> None:
    name = await filled(instance)
    screen = await visit("/accounting?tab=sellers")
    page = screen.page
    await page.get_by_role("button", name=f"{name} · USD").click()
    ledger = page.get_by_role("grid", name="Movimientos")
    await expect(ledger.get_by_text("Plan Clínica")).to_be_visible()

    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Monto").fill("1.000,00")
    await choose(page, "Vendedor", name)
    await dialog.get_by_label("Categoría").fill("Curso")
    await dialog.get_by_label("Queda por cobrar").check(force=True)  # the drawn switch lies over its own box
    async with page.expect_file_chooser() as chooser:
        await dialog.get_by_label("Comprobante").click()
    await (await chooser.value).set_files({"name": "recibo.png", "mimeType": "image/png", "buffer": PNG})
    await dialog.get_by_role("button", name="Registrar").click()
    row = ledger.get_by_role("row", name=re.compile("Curso"))
    await expect(row).to_contain_text("US$ 1.000")
    await expect(row).to_contain_text("Por cobrar")

    await row.click()
    await page.get_by_role("button", name="Marcar como cobrado").click()
    await (
        page.get_by_role("dialog", name="Marcar como cobrado").get_by_role("button", name="Marcar como cobrado").click()
    )
    await expect(ledger.get_by_role("row", name=re.compile(r"Comisión .*\u2212US\$ 75"))).to_be_visible()
    await page.get_by_role("button", name="Devolver").click()
    refund = page.get_by_role("dialog", name="Devolver")
    await refund.get_by_label("Monto").fill("400")
    await refund.get_by_role("button", name="Devolver").click()
    await expect(ledger.get_by_role("row", name=re.compile(r"Comisión descontada .*US\$ 30"))).to_be_visible()
    screen.noise.expect(r"status of 409 .*/reversal")
    await page.get_by_role("button", name="Revertir").click()
    await page.get_by_label("Motivo").fill("Era otra persona")
    await page.get_by_role("dialog", name="Revertir").get_by_role("button", name="Revertir").click()
    await expect(page.get_by_text("revierte primero las devoluciones")).to_be_visible()
    await closed(page)
    await closed(page)
    await ledger.get_by_role("row", name=re.compile(r"^\d+ \w+ Devolución .*400")).click()
    await page.get_by_role("button", name="Revertir").click()
    await page.get_by_label("Motivo").fill("No se envió")
    await page.get_by_role("dialog", name="Revertir").get_by_role("button", name="Revertir").click()
    await expect(ledger.get_by_role("row", name=re.compile("Reversión: Devolución .*400"))).to_be_visible()
