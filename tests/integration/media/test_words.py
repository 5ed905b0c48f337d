"""Voice and pictures in words: by the company's own models, paid for once, and never by the demo for a live company."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.contracts import TakeTurn
from orchestrator_service.chat.gathering import gather
from tests.integration.chat.test_model_failures import CALLS, Call
from tests.integration.media.company import WHISPER_SECRET, MediaCompany
from tests.integration.media.model import model
from tests.unit.egress.other_side import other_side
from tests.unit.media.test_pdf import text_page
from whatsapp_service.media.words import MOST_ATTEMPTS

SAID = ("200 OK", {"text": " Quiero reservar para el martes ", "language": "spanish"})
BUSY = ("429 Too Many Requests", {"error": {"code": "rate_limit_exceeded"}})


async def test_a_voice_note_is_heard_by_the_companys_model(company: MediaCompany) -> None:
    async with model(SAID) as whisper:
        await company.has_whisper(whisper.url)
        await company.speaks("(nobody hears this)")
        await company.fetch()
        (file,) = await company.hear()
    assert (file.words_state, file.words) == ("ready", "Quiero reservar para el martes")
    (asked,) = whisper.asked
    assert asked.path == "/v1/audio/transcriptions"
    assert f"bearer {WHISPER_SECRET.reveal()}" in asked.head.lower()
    assert b'filename="nota.ogg"' in asked.body
    assert b"Content-Type: audio/ogg\r\n" in asked.body
    assert b"gpt-transcribe" in asked.body


async def test_the_same_note_is_paid_for_once(company: MediaCompany) -> None:
    async with model(SAID) as whisper:
        await company.has_whisper(whisper.url)
        await company.speaks("Hola")
        await company.speaks("Hola")
        await company.fetch()
        files = await company.hear()
        assert [file.words for file in files] == ["Quiero reservar para el martes"] * 2
        assert len(whisper.asked) == 1
        await company.speaks("Otra cosa")
        await company.fetch()
        await company.hear()
        assert len(whisper.asked) == 2, "the control: another note is another request"


@pytest.mark.parametrize("answer", [BUSY, ("503 Service Unavailable", None), ("500 Oops", None)])
async def test_a_busy_model_is_asked_again_and_no_worker_waits(
    company: MediaCompany, answer: tuple[str, object]
) -> None:
    async with model(answer, SAID) as whisper:
        await company.has_whisper(whisper.url)
        await company.speaks("Hola")
        await company.fetch()
        (file,) = await company.hear()
        assert (file.words_state, file.words_attempts) == ("waiting", 1)
        assert await company.jobs("whatsapp.put_into_words") == 2  # the first was run by hand, and still lies there
        (file,) = await company.hear()
        assert file.words_state == "ready"


async def test_a_model_that_stays_away_is_given_up(company: MediaCompany) -> None:
    async with model(("503 Service Unavailable", {})) as whisper:
        await company.has_whisper(whisper.url)
        await company.speaks("Hola")
        await company.fetch()
        for _ in range(MOST_ATTEMPTS + 2):
            await company.hear()
    (file,) = await company.files()
    assert (file.words_state, file.words_reason) == ("failed", "http_503")
    assert len(whisper.asked) == MOST_ATTEMPTS


FINAL: list[tuple[tuple[str, object], str]] = [
    (("401 Unauthorized", None), "http_401"),
    (("413 Too Large", {"error": {"code": 413}}), "http_413"),
    (("200 OK", {"text": "  "}), "silent"),
    (("200 OK", {"words": "?"}), "unreadable_answer"),
    (("200 OK", ["?"]), "unreadable_answer"),
    (("302 Found\r\nlocation: http://169.254.169.254/", None), "http_302"),
]


@pytest.mark.parametrize(("answer", "reason"), FINAL)
async def test_an_answer_that_will_not_change_is_final(
    company: MediaCompany, answer: tuple[str, object], reason: str
) -> None:
    async with model(answer) as whisper:
        await company.has_whisper(whisper.url)
        await company.speaks("Hola")
        await company.fetch()
        (file,) = await company.hear()
    assert (file.state, file.words_state, file.words_reason) == ("stored", "failed", reason)
    assert len(whisper.asked) == 1


async def test_a_private_address_that_the_operator_did_not_allow_is_not_reached(company: MediaCompany) -> None:
    async with other_side() as side:
        await company.has_whisper(f"http://127.0.0.1:{side.port}/v1", allowed=False)
        await company.speaks("Hola")
        await company.fetch()
        (file,) = await company.hear()
        assert (file.words_state, file.words_reason) == ("failed", "address_refused")
        assert side.connections == 0


async def test_a_live_company_without_a_model_is_never_heard_by_the_demo(company: MediaCompany) -> None:
    async with model(SAID) as simulator:
        company.tools = replace(company.tools, simulator_url=f"http://127.0.0.1:{simulator.port}/v2")
        await company.company.run("go_live")
        await company.speaks("Hola")
        await company.fetch()
        (file,) = await company.hear()
        assert (file.words_state, file.words_reason) == ("failed", "not_configured")
        assert simulator.asked == []


async def test_a_demo_company_is_heard_by_the_simulator(company: MediaCompany) -> None:
    """The control of the test above."""
    async with model(SAID) as simulator:
        company.tools = replace(company.tools, simulator_url=f"http://127.0.0.1:{simulator.port}/v2")
        await company.speaks("Hola")
        await company.fetch()
        (file,) = await company.hear()
        assert file.words_state == "ready"
        assert [one.path for one in simulator.asked] == ["/v1/audio/transcriptions"]


async def test_a_picture_is_described_where_the_company_has_a_model_that_sees(company: MediaCompany) -> None:
    seen = {"choices": [{"message": {"role": "assistant", "content": "Un local con un cartel: Clínica Sol."}}]}
    async with model(("200 OK", seen)) as eyes:
        await company.has_eyes(eyes.url)
        await company.shows("Mi local")
        await company.sends_file("document", b"%PDF-1.7\n...", "application/pdf", filename="lista.pdf")
        await company.fetch()
        files = await company.hear()
    assert [file.words for file in files] == ["Un local con un cartel: Clínica Sol."] * 2
    picture, document = (json.loads(one.body)["messages"][1]["content"][0] for one in eyes.asked)
    assert picture["image_url"]["url"].startswith("data:image/png;base64,")
    assert document["file"]["filename"] == "lista.pdf"
    assert document["file"]["file_data"].startswith("data:application/pdf;base64,")


async def test_what_a_picture_takes_is_booked_and_capped(company: MediaCompany) -> None:
    seen = {
        "choices": [{"message": {"role": "assistant", "content": "Una factura"}}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 12, "total_tokens": 912},
    }
    async with model(("200 OK", seen)) as eyes:
        await company.has_eyes(eyes.url)
        await company.shows("Esto", size=9)
        await company.fetch()
        await company.hear()
        async with company.company.db.tenant(company.company.tenant_id) as tx:
            (call,) = await tx.all(CALLS["calls"], Call)
            assert (call.purpose, call.model, call.outcome) == ("vision", "eyes", "answered")
            assert (call.input_tokens, call.output_tokens, call.estimated) == (900, 12, False)
            assert call.conversation_id is not None
            await tx.run(CALLS["cap_the_day"], cost=None, tokens=900)
        await company.shows("Y esto", size=10)
        await company.fetch()
        await company.hear()
        assert len(eyes.asked) == 1, "at the cap nobody is asked"


async def test_without_such_a_model_nobody_waits_for_words_of_a_picture(company: MediaCompany) -> None:
    await company.shows()
    (file,) = await company.fetch()
    assert (file.state, file.words_state) == ("stored", "none")
    assert await company.jobs("whatsapp.put_into_words") == 0


async def test_without_such_a_model_a_pdf_is_read_and_the_agent_is_told(company: MediaCompany) -> None:
    await company.sends_file("document", text_page("Consulta: 120 USD"), "application/pdf", filename="lista.pdf")
    await company.sends_file("document", text_page("Consulta: 120 USD"), "application/pdf", filename="otra.pdf")
    assert [file.words_state for file in await company.fetch()] == ["waiting"] * 2
    assert [file.words for file in await company.hear()] == ["Consulta: 120 USD"] * 2
    job = TakeTurn(company.company.tenant_id, await company.company.conversation_id())
    gathered = await gather(company.company.db, company.company.tools.clock, job)
    assert gathered is not None
    assert all("Consulta: 120 USD" in line for line in gathered.situation.burst)


async def test_a_pdf_that_cannot_be_read_costs_no_answer(company: MediaCompany) -> None:
    await company.sends_file("document", b"%PDF-1.7\n...", "application/pdf", filename="rota.pdf")
    await company.fetch()
    (file,) = await company.hear()
    assert (file.words_state, file.words_reason) == ("failed", "unreadable_file")
    await company.company.turn()
    await company.listens()
    assert len(await company.company.replies()) == 1


async def test_a_flood_of_notes_to_a_slow_model_leaves_workers_to_others(company: MediaCompany) -> None:
    async with model(("503 Service Unavailable", None)) as whisper:
        await company.has_whisper(whisper.url)
        for number in range(12):
            await company.speaks(f"Nota {number}")
        await company.fetch()
        await company.hear()
    assert await company.jobs("whatsapp.put_into_words") == 24
    assert await company.lanes() == 3
