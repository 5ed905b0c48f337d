"""`POST /chat/conversations/{id}/attachments`: judged by its bytes, sent once, and never by who may not."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest

from core.media_store import MediaStore
from core.sending_rules import WINDOW
from core.whatsapp_files import CAPTION_LIMIT, MOST_BYTES, MOST_BYTES_OF
from nexus.simulator.placeholders import document, picture, voice_note
from orchestrator_service.chat import attaching, attachment_routes
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.factories import Talk

MINUTE = timedelta(minutes=1)
VIDEO = b"\x00\x00\x00\x18ftypisom" + bytes(64)
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


@pytest.fixture
async def talk(scene: Scene) -> Talk:
    """A conversation whose window is open for a minute more."""
    talk = await scene.talk()
    await scene.says(talk, at=scene.api.clock() - WINDOW + MINUTE)
    return talk


@pytest.fixture
async def browser(scene: Scene) -> AsyncGenerator[httpx.AsyncClient]:
    _, browser = await scene.browser()
    async with browser:
        yield browser


async def attach(
    browser: httpx.AsyncClient,
    talk: Talk,
    content: bytes,
    media_type: str,
    *,
    name: str = "",
    caption: str = "",
    key: str | None = None,
) -> httpx.Response:
    headers = {"Content-Type": media_type, "X-File-Name": quote(name), "X-Caption": quote(caption)}
    if key:
        headers["Idempotency-Key"] = key
    path = f"/chat/conversations/{talk.conversation_id}/attachments"
    return await browser.post(path, content=content, headers=headers)


@pytest.mark.parametrize(
    ("content", "media_type", "kind", "real"),
    [
        (picture(), "image/png", "image", "image/png"),
        (VIDEO, "video/mp4", "video", "video/mp4"),
        (voice_note("Hola"), "audio/ogg", "audio", "audio/ogg"),
        (document(), "application/pdf", "document", "application/pdf"),
        (picture(), "application/pdf", "image", "image/png"),
    ],
)
async def test_a_file_is_sent_as_what_it_is(  # noqa: PLR0917 - pytest hands them in
    scene: Scene, talk: Talk, browser: httpx.AsyncClient, content: bytes, media_type: str, kind: str, real: str
) -> None:
    caption = "" if kind == "audio" else "Aquí está ñandú 🙂"
    answer = await attach(browser, talk, content, media_type, name="Lista de precios ñ.pdf", caption=caption)
    assert answer.status_code == 201, answer.text
    message = answer.json()
    assert (message["type"], message["body"], message["direction"]) == (kind, caption, "out")
    assert (message["author"], message["status"]) == ("person", "queued")
    media = message["media"]
    assert (media["state"], media["media_type"], media["size_bytes"]) == ("stored", real, len(content))
    assert media["filename"] == "Lista de precios ñ.pdf"
    served = await browser.get(f"/chat/media/{media['id']}")
    assert (served.content, served.headers["content-type"]) == (content, real)
    assert await scene.count("deliveries") == 1
    shown = (await browser.get(f"/chat/conversations/{talk.conversation_id}")).json()
    assert shown["agent_paused_until"] is not None
    listed = (await browser.get(f"/chat/conversations/{talk.conversation_id}/messages")).json()["items"]
    assert listed[0]["media"] == media
    assert [event.payload["id"] for event in await scene.events("NEW_MESSAGE")][-1] == message["id"]
    assert (await scene.events("MEDIA_UPDATED"))[-1].payload["message_id"] == message["id"]


async def test_the_same_key_sends_one_file_and_no_other(scene: Scene, talk: Talk, browser: httpx.AsyncClient) -> None:
    open_gap = await attach(browser, talk, picture(), "image/png", caption="Hola {nombre}")
    assert (open_gap.status_code, open_gap.json()["code"]) == (409, "gap_left"), "as in a text, so in a caption"
    first = await attach(browser, talk, picture(), "image/png", caption="Uno", key="a1")
    again = await attach(browser, talk, picture(), "image/png", caption="Uno", key="a1")
    assert first.json() == again.json()
    for content, caption in ((picture(8), "Uno"), (picture(), "Dos")):
        other = await attach(browser, talk, content, "image/png", caption=caption, key="a1")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await scene.count("deliveries") == 1
    scene.api.clock.now += MINUTE
    late = await attach(browser, talk, picture(), "image/png", caption="Uno", key="a1")
    assert (late.status_code, late.json()["id"]) == (201, first.json()["id"])


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b"", "image/png", "empty"),
        (PAGE, "text/html", "unsupported_type"),
        (PAGE, "text/plain", "markup"),
        (PAGE, "image/png", "unsupported_type"),
        (b"MZ\x90\x00" + bytes(99), "application/pdf", "unsupported_type"),
        (b"GIF89a" + bytes(20), "image/gif", "not_sent_by_whatsapp"),
        (b"\x1aE\xdf\xa3webm", "audio/webm", "unsupported_type"),
    ],
)
async def test_what_whatsapp_takes_from_nobody_is_refused_and_nothing_is_kept(  # noqa: PLR0917 - pytest hands them in
    scene: Scene, talk: Talk, browser: httpx.AsyncClient, content: bytes, media_type: str, reason: str
) -> None:
    refused = await attach(browser, talk, content, media_type, name="factura.pdf")
    assert (refused.status_code, refused.json()["code"], refused.json()["reason"]) == (415, "file_refused", reason)
    assert await scene.count("deliveries") == 0


async def test_control_without_the_sniffing_a_page_would_leave_as_a_picture(
    scene: Scene, talk: Talk, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believing(_: bytes, declared: str) -> str:
        return declared

    monkeypatch.setattr(attaching, "sniff", believing)
    assert (await attach(browser, talk, PAGE, "image/png")).status_code == 201
    assert await scene.count("deliveries") == 1


async def test_a_caption_on_an_audio_is_refused(talk: Talk, browser: httpx.AsyncClient) -> None:
    refused = await attach(browser, talk, voice_note("Hola"), "audio/ogg", caption="Escucha")
    assert (refused.status_code, refused.json()["reason"]) == (415, "audio_has_no_caption")


async def test_a_file_beyond_whatsapps_bound_is_refused_with_it(
    scene: Scene, talk: Talk, browser: httpx.AsyncClient
) -> None:
    large = picture(8) + bytes(MOST_BYTES_OF["image"])
    refused = await attach(browser, talk, large, "image/png")
    assert (refused.status_code, refused.json()["code"]) == (413, "file_too_large")
    assert refused.json()["most_bytes"] == MOST_BYTES_OF["image"]
    fits = await attach(browser, talk, document() + bytes(MOST_BYTES - len(document())), "application/pdf")
    assert fits.status_code == 201
    beyond = await attach(browser, talk, document() + bytes(MOST_BYTES), "application/pdf")
    assert (beyond.status_code, beyond.json()["code"]) == (413, "body_too_large")
    assert await scene.count("deliveries") == 1


async def test_outside_the_window_nothing_is_even_read(
    scene: Scene, talk: Talk, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    async def put(_: MediaStore, _tenant: int, content: bytes) -> None:
        read.append(content)

    monkeypatch.setattr(MediaStore, "put", put)
    scene.api.clock.now += MINUTE
    refused = await attach(browser, talk, picture(), "image/png")
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    assert read == []


async def test_control_without_the_first_question_the_door_still_refuses(
    scene: Scene, talk: Talk, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anything(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(attachment_routes, "may_attach", anything)
    scene.api.clock.now += MINUTE
    refused = await attach(browser, talk, picture(), "image/png")
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    assert await scene.count("deliveries") == 0


async def test_nobody_attaches_to_another_companys_or_a_colleagues_conversation(
    scene: Scene, api: Api, talk: Talk
) -> None:
    elsewhere = await make_scene(api)
    owner, own = await scene.browser("closer")
    _, other = await scene.browser("closer")
    _, stranger = await elsewhere.browser("ceo")
    owned = await scene.talk(owner=owner)
    await scene.says(owned)
    async with own, other, stranger:
        assert (await attach(own, owned, picture(), "image/png")).status_code == 201
        refused = [await attach(one, owned, picture(), "image/png") for one in (other, stranger)]
        refused.append(await attach(stranger, talk, picture(), "image/png"))
    assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(404, "not_found")}
    assert await scene.count("deliveries") == 1
    assert await elsewhere.count("deliveries") == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Caption": quote("c" * (CAPTION_LIMIT + 1))},
        {"X-Caption": "%FF%FE"},
        {"X-File-Name": "a%00b"},
        {"X-File-Name": "n" * 5000},
        {"Idempotency-Key": "with blanks"},
    ],
)
async def test_what_goes_with_it_is_checked(talk: Talk, browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    path = f"/chat/conversations/{talk.conversation_id}/attachments"
    answer = await browser.post(path, content=picture(), headers={"Content-Type": "image/png", **headers})
    assert answer.status_code == 422


async def test_a_file_is_taken_by_this_path_alone_and_from_our_own_page_alone(
    talk: Talk, browser: httpx.AsyncClient
) -> None:
    talked = f"/chat/conversations/{talk.conversation_id}"
    kind = {"Content-Type": "image/png"}
    assert (await browser.post(f"{talked}/messages", content=picture(), headers=kind)).status_code == 415
    del browser.headers["X-Nexus-CSRF"]
    forged = await browser.post(f"{talked}/attachments", content=picture(), headers=kind)
    assert (forged.status_code, forged.json()["code"]) == (403, "csrf_refused")
