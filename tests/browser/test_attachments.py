"""Files to the customer: picked, pasted, dropped, worded, refused and sent, on a laptop and a phone."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from nexus.demo.phone import Phone
from nexus.simulator.placeholders import document, picture, voice_note
from tests.browser.axe import axe
from tests.browser.fixtures import Customer, Visit
from tests.browser.instance import Instance
from tests.browser.screen import LOOKS, Look, Screen

SENT_MS = 30_000  # the worker uploads and sends, the simulator delivers
DROP = """(content) => {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0)), files = new DataTransfer();
  files.items.add(new File([bytes], "captura.png", { type: "image/png" }));
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: files });
    document.querySelector('[role="log"]').dispatchEvent(event);
  }
}"""
PASTE = """(content) => {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0)), files = new DataTransfer();
  files.items.add(new File([bytes], "pegada.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: files });
  document.querySelector('[data-region="composer"] textarea').dispatchEvent(event);
}"""
# The headless shell has no devices: something that hums stands for the microphone.
MICROPHONE = """() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const sound = new AudioContext(), hum = sound.createOscillator(), microphone = sound.createMediaStreamDestination();
    hum.connect(microphone);
    hum.start();
    return microphone.stream;
  };
}"""
PICTURE = base64.b64encode(picture()).decode()


def payload(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


async def opened(page: Page, name: str) -> None:
    await page.get_by_role("region", name="Lista de conversaciones").get_by_role("link", name=name).click()


async def shown_to_the_customer(screen: Screen, phone: Phone, instance: Instance) -> None:
    """The customer's own screen has the files."""
    page = screen.page
    await page.goto(f"{instance.simulator_url}/?token={instance.simulator_token}")
    await page.evaluate("phone => localStorage.setItem('simulator.phone', phone)", phone.number)
    await page.reload()
    log = page.locator("#log")
    await expect(log.get_by_role("img", name="Así queda el local")).to_be_visible()
    drawn = await log.locator("img.file").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    assert drawn == 96
    async with page.expect_download() as download:
        await log.get_by_role("link", name="Lista de precios.pdf").click()
    assert (await download.value).suggested_filename == "Lista de precios.pdf"
    await expect(log.get_by_text("Lista de precios.pdf")).to_be_visible()
    await screen.screenshot("attach-customer")
    found = await axe(page)
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_files_are_picked_dropped_and_pasted_looked_at_and_sent(
    visit: Visit, customer: Customer, instance: Instance, look: Look
) -> None:
    name = f"Vera Sosa {look.width}"
    phone = customer(name)
    await phone.write("Hola, ¿me mandas los precios?")
    screen = await visit("/inbox", look=look)
    page = screen.page
    await opened(page, name)
    composer = page.get_by_role("button", name="Adjuntar archivos")
    await expect(composer).to_be_enabled()
    picker = page.locator('input[type="file"]')
    await picker.set_input_files(
        [
            payload("Lista de precios.pdf", "application/pdf", document()),
            payload("saludo.ogg", "audio/ogg", voice_note("Hola")),
            payload("animado.gif", "image/gif", b"GIF89a" + bytes(30)),
            payload("foto enorme.pdf", "application/pdf", b"%PDF-" + bytes(16 * 1024 * 1024)),
        ]
    )
    await page.evaluate(DROP, PICTURE)
    await page.evaluate(PASTE, PICTURE)
    tray = page.get_by_role("region", name="Archivos por enviar")
    await expect(tray.get_by_role("listitem")).to_have_count(6)
    await expect(tray.get_by_text("WhatsApp no acepta este tipo de archivo")).to_be_visible()
    await expect(tray.get_by_text("Pesa más de 16 MB")).to_be_visible()
    await tray.get_by_role("textbox", name="Texto de captura.png").fill("Así queda el local")
    await screen.judged("attach")
    for refused in ("animado.gif", "foto enorme.pdf", "pegada.png"):
        await tray.get_by_role("button", name=f"Quitar {refused}").click()
    await expect(composer).to_be_focused()
    # What the server says no to stays with its reason; the others go.
    await picker.set_input_files(payload("factura.pdf", "application/pdf", b"MZ" + bytes(90)))
    screen.noise.expect(r"status of 415 .*/attachments")
    await tray.get_by_role("button", name="Enviar 4 archivos").click()
    await expect(tray.get_by_role("listitem")).to_have_count(1)
    await expect(tray.get_by_text("WhatsApp no acepta este tipo de archivo")).to_be_visible()
    await tray.get_by_role("button", name="Quitar factura.pdf").click()
    await expect(tray).to_have_count(0)

    thread = page.get_by_role("log", name="Mensajes")
    person = thread.locator("[data-kind=person]")
    await expect(person).to_have_count(3)
    await expect(person.get_by_role("link", name="Lista de precios.pdf")).to_be_visible()
    await expect(person.get_by_role("button", name="Reproducir audio")).to_be_visible()
    await expect(person.get_by_text("Así queda el local")).to_be_visible()
    await expect(person.get_by_label(re.compile("Entregado|Leído"))).to_have_count(3, timeout=SENT_MS)
    await screen.judged("attach-sent")
    files = [bubble.type for bubble in await phone.answers() if bubble.type in {"document", "audio", "image"}]
    assert files == ["document", "audio", "image"]
    await shown_to_the_customer(screen, phone, instance)


async def test_a_voice_note_is_recorded_listened_to_and_sent(visit: Visit, customer: Customer) -> None:
    name = "Ciro Vega"
    await customer(name).write("Hola")
    screen = await visit("/inbox")
    page = screen.page
    assert await page.evaluate("document.featurePolicy.allowsFeature('microphone')")
    await page.evaluate(MICROPHONE)
    await opened(page, name)
    await page.get_by_role("button", name="Grabar una nota de voz").click()
    recording = page.get_by_role("group", name="Grabando")
    await expect(recording.get_by_text("0:02")).to_be_visible()
    await screen.screenshot("attach-recording")
    await recording.get_by_role("button", name="Listo").click()
    tray = page.get_by_role("region", name="Archivos por enviar")
    player = tray.get_by_label("nota de voz.ogg", exact=True)
    await expect(player).to_be_visible()
    lasts = await player.evaluate(
        "audio => audio.duration || new Promise((done) => audio.onloadedmetadata = () => done(audio.duration))"
    )
    assert 1 < lasts < 6
    await tray.get_by_role("button", name="Enviar archivo").click()
    sent = page.get_by_role("log", name="Mensajes").locator("[data-kind=person]")
    await expect(sent.get_by_role("button", name="Reproducir audio")).to_be_visible()
    await expect(sent.get_by_label(re.compile("Entregado|Leído"))).to_be_visible(timeout=SENT_MS)
    await page.get_by_role("button", name="Grabar una nota de voz").click()
    await recording.get_by_role("button", name="Descartar la grabación").click()
    await expect(tray).to_have_count(0)
    screen.no_console_errors()
