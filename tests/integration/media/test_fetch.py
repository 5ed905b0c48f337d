"""A file from its message into the store: once, judged by its bytes, and shown as what became of it."""

from __future__ import annotations

import asyncio

import pytest

from core.channels import Channel
from core.contracts import FetchMedia
from core.database import TenantTransaction
from core.errors import Unavailable
from core.whatsapp import MediaContent, Refused, Unknown, WhatsAppProvider
from nexus.simulator.placeholders import picture
from tests.integration.media.company import MediaCompany
from whatsapp_service.media import fetch
from whatsapp_service.media.fetch import MOST_ATTEMPTS, fetch_media


def believing(content: bytes, declared: str | None) -> str:
    """What takes the judge away."""
    return declared or str(len(content))


async def test_a_picture_is_kept_under_its_digest_and_announced(company: MediaCompany) -> None:
    await company.shows("Mi local")
    await company.take_in()
    assert await company.jobs("whatsapp.fetch_media") == 1
    (file,) = await company.fetch()
    assert (file.state, file.sniffed_type, file.size_bytes) == ("stored", "image/png", len(picture(8)))
    assert file.storage_key == f"{company.company.tenant_id}/{(file.sha256 or '')[:2]}/{file.sha256}"
    assert await company.tools.store.read(file.storage_key or "") == picture(8)
    assert await company.jobs("chat.media_changed") == 1
    await company.hear()
    told = await company.company.payloads("MEDIA_UPDATED")
    states = [media["state"] for one in told if isinstance(media := one["media"], dict)]
    assert (states[0], states[-1]) == ("waiting", "stored")


async def test_a_file_is_fetched_once_whoever_runs_the_job_again(company: MediaCompany) -> None:
    await company.shows()
    (file,) = await company.fetch()
    await company.fetch()
    assert company.shelf.asked == 1
    job = FetchMedia(company.company.tenant_id, file.id)
    await asyncio.gather(*(fetch_media(company.tools, job) for _ in range(3)))
    assert company.shelf.asked == 1


async def test_two_workers_with_one_job_leave_one_file(company: MediaCompany) -> None:
    await company.speaks("Hola")
    await company.take_in()
    (file,) = await company.files()
    job = FetchMedia(company.company.tenant_id, file.id)
    await asyncio.gather(*(fetch_media(company.tools, job) for _ in range(3)))
    assert await company.jobs("whatsapp.put_into_words") == 1
    assert await company.jobs("chat.media_changed") == 1


async def test_an_album_is_one_conversation_and_each_picture_is_kept(company: MediaCompany) -> None:
    for size in (8, 9, 10):
        await company.shows(size=size)
    files = await company.fetch()
    assert [file.state for file in files] == ["stored"] * 3
    assert len({file.sha256 for file in files}) == 3
    await company.company.turn()
    assert await company.company.count("leads") == 1
    assert len(await company.company.replies()) == 1


async def test_a_repeated_message_expects_no_second_file(company: MediaCompany) -> None:
    await company.shows()
    await company.take_in()
    await company.take_in()
    assert len(await company.files()) == 1
    assert await company.jobs("whatsapp.fetch_media") == 1


async def test_a_file_that_the_provider_has_no_more_is_gone(company: MediaCompany) -> None:
    await company.sends_file("audio", None, "audio/ogg")
    (file,) = await company.fetch()
    assert (file.state, file.reason, file.words_state) == ("gone", "gone", "failed")


@pytest.mark.parametrize(
    ("content", "mime_type", "reason"),
    [
        (b"<svg onload='alert(1)'/>", "image/png", "unsupported_type"),
        (b"<!doctype html><script>", "text/plain", "markup"),
        (b"MZ" + bytes(60), "application/pdf", "unsupported_type"),
    ],
)
async def test_a_file_that_lies_dangerously_is_refused_and_not_kept(
    company: MediaCompany, content: bytes, mime_type: str, reason: str
) -> None:
    await company.sends_file("document", content, mime_type, filename="precios.pdf")
    (file,) = await company.fetch()
    assert (file.state, file.reason, file.storage_key) == ("refused", reason, None)


async def test_without_the_judge_it_would_be_kept(company: MediaCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(fetch, "sniff", believing)
    await company.sends_file("document", b"<svg onload='alert(1)'/>", "image/png")
    (file,) = await company.fetch()
    assert file.state == "stored"


async def test_a_refused_link_is_told_with_its_reason(company: MediaCompany) -> None:
    company.shelf.results.append(Refused("foreign_host", "", retry_after_seconds=None, retryable=False))
    await company.shows()
    (file,) = await company.fetch()
    assert (file.state, file.reason) == ("refused", "foreign_host")


@pytest.mark.parametrize("result", [Unknown("HTTP 503"), Refused("HTTP_429", "", 3, retryable=True)])
async def test_a_provider_that_is_away_is_asked_again_and_no_worker_waits(
    company: MediaCompany, result: Unknown | Refused
) -> None:
    company.shelf.results.append(result)
    await company.shows()
    (file,) = await company.fetch()
    assert (file.state, file.attempts) == ("waiting", 1)
    assert await company.jobs("whatsapp.fetch_media") == 2  # the first was run by hand, and still lies there
    (file,) = await company.fetch()
    assert file.state == "stored"


async def test_a_provider_that_stays_away_is_given_up(company: MediaCompany) -> None:
    company.shelf.results.extend([Unknown("HTTP 503")] * 20)
    await company.shows()
    for _ in range(MOST_ATTEMPTS + 2):
        await company.fetch()
    (file,) = await company.files()
    assert (file.state, file.reason) == ("refused", "unreachable")
    assert company.shelf.asked == MOST_ATTEMPTS


async def test_a_channel_without_its_key_waits_for_it(company: MediaCompany) -> None:
    async def nobody(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
        raise Unavailable("no key")

    await company.shows()
    await company.take_in()
    (file,) = await company.files()
    job = FetchMedia(company.company.tenant_id, file.id)
    tools = company.tools
    await fetch_media(type(tools)(tools.database, nobody, tools.store, tools.clock, tools.keyring), job)
    assert [one.state for one in await company.files()] == ["waiting"]
    await company.fetch()
    assert [one.state for one in await company.files()] == ["stored"]


async def test_what_the_team_sent_from_the_phone_is_kept_and_not_heard(company: MediaCompany) -> None:
    company.shelf.results.append(MediaContent(picture(8), "image/png"))
    await company.company.says("Hola")
    event: dict[str, object] = {
        "id": "evt_echo_with_a_file",
        "type": "whatsapp.smb.message.echoes",
        "apiVersion": "v2",
        "createTime": "2026-11-22T15:00:01.000Z",
        "whatsappMessage": {
            "id": "65f0c0dec0de",
            "wamid": "wamid.echo",
            "from": "+5491130001000",
            "to": "+5491155512345",
            "type": "image",
            "image": {"id": "m1", "link": "https://api.ycloud.com/v2/x"},
            "createTime": "2026-11-22T15:00:01.000Z",
        },
    }
    assert (await company.company.receiver.post(event)).status_code == 200
    (file,) = await company.fetch()
    assert (file.state, file.direction, file.words_state) == ("stored", "out", "none")
