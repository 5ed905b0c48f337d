"""Alerts outside the app: chosen on one page, asked of the browser on the click alone, shown by a worker of our own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import cast

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from tests.browser.chromium import PROGRAMS, find_chromium, running_chromium
from tests.browser.company import make_company
from tests.browser.fixtures import Visit, lacking
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, PHONE, Look

# No push service can be reached from here: the browser's own answer to `subscribe` is made up, with keys that fit.
SUBSCRIBES = """
  PushManager.prototype.subscribe = async function ({ applicationServerKey }) {
    window.askedWith = applicationServerKey;
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const raw = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const p256dh = raw(await crypto.subtle.exportKey('raw', pair.publicKey));
    const auth = raw(crypto.getRandomValues(new Uint8Array(16)));
    const made = {
      toJSON: () => ({ endpoint: 'https://push.example.com/send/' + crypto.randomUUID(), keys: { p256dh, auth } }),
      unsubscribe: async () => { window.subscribed = null; return true; },
    };
    window.subscribed = made;
    return made;
  };
  PushManager.prototype.getSubscription = async () => window.subscribed ?? null;
"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration('/');
  return (await worker.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }));
}"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_page_is_fit_to_ship(visit: Visit, look: Look) -> None:
    screen = await visit("/alerts", look=look)
    await expect(screen.page.get_by_role("heading", name="Avisos fuera de la app")).to_be_visible()
    await expect(screen.page.get_by_role("heading", name="Para toda la empresa")).to_be_visible()
    await screen.judged("alerts")


def whole_chromium() -> Path:
    """One that can show notifications: the headless shell refuses them to everybody."""
    found = find_chromium()
    if found is not None and "shell" in found.name:
        found = next((Path(other) for name in PROGRAMS[1:] if (other := shutil.which(name))), None)
    return found or lacking("no Chromium that shows notifications")


@contextlib.asynccontextmanager
async def window_with_workers(browser: Browser, url: str) -> AsyncGenerator[Page]:
    """One that may register a worker and has leave to show alerts; those of the other tests may not."""
    context = await browser.new_context(
        locale="es-AR", reduced_motion="reduce", viewport={"width": 1280, "height": 800}
    )
    await context.grant_permissions(["notifications"], origin=url)
    await context.add_init_script(SUBSCRIBES)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def registration_of(session: CDPSession) -> str:
    """What the debugger calls the app's worker."""
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def heard(told: dict[str, list[dict[str, str]]]) -> None:
        if told["registrations"] and not registered.done():
            registered.set_result(told["registrations"][0]["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", heard)
    await session.send("ServiceWorker.enable")
    return await asyncio.wait_for(registered, 10)


async def test_a_device_is_switched_on_by_the_click_shows_what_comes_and_is_removed(
    instance: Instance,
) -> None:
    ceo = await make_company(instance)  # a device of the demo company would be everybody's
    async with running_chromium(whole_chromium()) as browser, window_with_workers(browser, instance.url) as page:
        await ceo.enter(page.context)
        await page.goto(f"{instance.url}/alerts")
        button = page.get_by_role("button", name="Avisarme con la app cerrada")
        await expect(button).to_be_visible()
        session = await page.context.new_cdp_session(page)
        told = cast("dict[str, list[dict[str, str]]]", await session.send("Page.getInstallabilityErrors"))
        assert [flaw["errorId"] for flaw in told["installabilityErrors"]] in (
            [],
            ["in-incognito"],
        )  # as every window of a test is
        assert await page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        await button.click()
        await expect(page.get_by_text("Este dispositivo te avisa aunque cierres la app.")).to_be_visible()
        assert len(await page.evaluate("window.askedWith")) == 87
        await expect(page.get_by_role("button", name="Quitar Chrome, Linux")).to_be_visible()

        # The worker shows what arrives while nobody has the app open.
        number = await registration_of(session)
        payload = {"title": "Ana Ruiz necesita una persona", "body": "Dos Pasos", "tag": "t:1", "url": "/inbox/7"}
        told = {"origin": instance.url, "registrationId": number, "data": json.dumps(payload)}
        await page.goto("about:blank")
        await session.send("ServiceWorker.deliverPushMessage", told)
        await page.goto(f"{instance.url}/alerts")
        await page.wait_for_function(f"({SHOWN})().then((all) => all.length > 0)")
        assert await page.evaluate(SHOWN) == [payload]

        await page.get_by_role("button", name="Quitar Chrome, Linux").click()
        await expect(page.get_by_text("Ninguno. Enciende este")).to_be_visible()
        await expect(button).to_be_visible()


async def test_what_is_chosen_stays_and_can_be_undone(visit: Visit, instance: Instance) -> None:
    ceo = await make_company(instance)
    screen = await visit("/login", role=None, look=PHONE)
    await ceo.enter(screen.page.context)
    await screen.go("/leads")
    await screen.page.get_by_role("button", name="Avisos").first.click()
    await screen.page.get_by_role("link", name="Fuera de la app").click()
    box = screen.page.get_by_role("checkbox", name="Lead caliente por Dispositivos")
    await expect(box).to_be_checked()
    await box.click()
    await expect(screen.page.get_by_text("Preferencias guardadas")).to_be_visible()
    night = screen.page.get_by_role("switch", name="No avisarme de noche")
    await night.click()
    await expect(screen.page.get_by_label("Desde las")).to_have_value("21:00")
    await screen.settled()
    await screen.page.reload()
    await expect(box).not_to_be_checked()
    await expect(night).to_be_checked()
    await expect(screen.page.get_by_role("checkbox", name="Lead caliente por WhatsApp")).to_be_disabled()
