"""`GET /chat/media/{id}`: to those who may read the conversation, and never as anything that runs."""

from __future__ import annotations

import httpx
import pytest

from core.file_headers import FILE_CSP
from core.media_store import MediaStore
from nexus.simulator.placeholders import picture, voice_note
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.files import SQL, stored_file

NOTE = voice_note("Hola")


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def asked(
    scene: Scene, content: bytes, media_type: str, *, filename: str | None = None, part: str | None = None
) -> httpx.Response:
    talk = await scene.talk()
    media_id = await stored_file(
        scene.api, scene.tenant, talk.conversation_id, content, media_type=media_type, filename=filename
    )
    _, browser = await scene.browser()
    async with browser:
        return await browser.get(f"/chat/media/{media_id}", headers={"Range": part} if part else {})


async def test_a_picture_is_shown_under_a_policy_that_lets_nothing_run(scene: Scene) -> None:
    answer = await asked(scene, picture(), "image/png")
    assert (answer.status_code, answer.content) == (200, picture())
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["content-security-policy"] == FILE_CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "media_type",
    ["application/pdf", "text/plain", "text/csv", "image/svg+xml", "application/msword", "text/html"],
)
async def test_what_a_browser_would_open_is_handed_out_to_be_saved(scene: Scene, media_type: str) -> None:
    answer = await asked(scene, b"%PDF-1.7", media_type, filename="lista.pdf")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == FILE_CSP


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("lista ñandú.pdf", "lista%20%C3%B1and%C3%BA.pdf"),
        ("../../etc/passwd", "etc_passwd.pdf"),
        ('a"; filename=b.html\r\nX-Evil: 1', "a_%20filename_b.html_X-Evil_%201.pdf"),
        ("precios.exe", "precios.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
    ],
)
async def test_a_name_is_the_senders_as_far_as_it_is_one(scene: Scene, said: str, kept: str) -> None:
    answer = await asked(scene, b"%PDF-1.7", "application/pdf", filename=said)
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{kept}"
    assert "x-evil" not in answer.headers


@pytest.mark.parametrize(
    ("part", "start", "end"),
    [
        ("bytes=0-", 0, len(NOTE)),
        ("bytes=10-19", 10, 20),
        ("bytes=-7", len(NOTE) - 7, len(NOTE)),
        ("bytes=5-99999999", 5, len(NOTE)),
    ],
)
async def test_a_player_may_ask_for_a_part(scene: Scene, part: str, start: int, end: int) -> None:
    answer = await asked(scene, NOTE, "audio/ogg", part=part)
    assert answer.status_code == 206
    assert answer.content == NOTE[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(NOTE)}"
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("part", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
async def test_a_part_that_is_not_there_is_said_so(scene: Scene, part: str) -> None:
    answer = await asked(scene, NOTE, "audio/ogg", part=part)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(NOTE)}"


@pytest.mark.parametrize("part", ["bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=" + "9" * 99 + "-", "x" * 2000])
async def test_a_part_that_cannot_be_read_is_the_whole_file(scene: Scene, part: str) -> None:
    answer = await asked(scene, NOTE, "audio/ogg", part=part)
    assert (answer.status_code, answer.content) == (200, NOTE)


async def test_out_of_scope_missing_and_not_stored_are_the_same_answer(scene: Scene) -> None:
    owner, own = await scene.browser("closer")
    _, other = await scene.browser("closer")
    talk = await scene.talk(owner=owner)
    media_id = await stored_file(scene.api, scene.tenant, talk.conversation_id, b"words")
    async with own, other:
        assert (await own.get(f"/chat/media/{media_id}")).status_code == 200
        foreign = await other.get(f"/chat/media/{media_id}")
        missing = await own.get("/chat/media/999999")
        async with scene.api.db.tenant(scene.tenant) as tx:
            await tx.run(SQL["forget_bytes"], media_id=media_id)
        waiting = await own.get(f"/chat/media/{media_id}")
    assert foreign.status_code == 404
    assert foreign.content == missing.content == waiting.content


async def test_bytes_that_are_lost_are_an_outage_and_no_crash(scene: Scene) -> None:
    talk = await scene.talk()
    media_id = await stored_file(scene.api, scene.tenant, talk.conversation_id, b"words that are lost")
    scene.api.app.state.media = MediaStore("memory://elsewhere")
    _, browser = await scene.browser()
    async with browser:
        answer = await browser.get(f"/chat/media/{media_id}")
    assert (answer.status_code, answer.json()["code"]) == (503, "file_unavailable")


async def test_a_message_is_listed_with_its_file(scene: Scene) -> None:
    talk = await scene.talk()
    await scene.says(talk)
    media_id = await stored_file(
        scene.api, scene.tenant, talk.conversation_id, b"%PDF-", media_type="application/pdf", filename="lista.pdf"
    )
    _, browser = await scene.browser()
    async with browser:
        answer = await browser.get(f"/chat/conversations/{talk.conversation_id}/messages")
    newest, first = answer.json()["items"]
    assert first["media"] is None
    assert newest["media"] == {
        "id": media_id,
        "state": "stored",
        "reason": None,
        "media_type": "application/pdf",
        "size_bytes": 5,
        "filename": "lista.pdf",
        "words_state": "none",
        "words": None,
    }
