"""The simulator's ear: it knows what its own voice notes say, and answers who has a key."""

from __future__ import annotations

import httpx
import pytest

from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.model_api import Words, WordsFailed
from core.secret import Secret
from core.whatsapp import InboundMessage, MediaContent, Refused
from nexus.simulator.placeholders import picture
from tests.integration.simulator.simulated import API_KEY, NUMBER, PHONE, Receiver, Simulator, until
from whatsapp_service.transcription import demo_route, transcribe

SAID = "Quiero reservar para el martes a la mañana"


async def heard(simulator: Simulator, content: bytes, key: Secret = API_KEY) -> object:
    route = demo_route(f"{simulator.base_url}/v2", key)
    assert route is not None
    return await transcribe(Egress(EgressPolicy()).trusting(route.trusted or ""), route, content, "audio/ogg")


async def test_a_voice_note_goes_from_the_phone_to_its_words_over_the_real_clients(
    simulator: Simulator, receiver: Receiver
) -> None:
    await simulator.order("/inbound", account=NUMBER, phone=PHONE, type="audio", text=SAID)
    await until(lambda: len(receiver.deliveries) == 1)
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    assert message.media is not None
    file = await simulator.client().media(message.media, most_bytes=100_000)
    assert isinstance(file, MediaContent)
    assert await heard(simulator, file.content) == Words(SAID)


async def test_what_is_not_a_note_of_its_own_is_silence(simulator: Simulator) -> None:
    assert await heard(simulator, picture()) == Words("")


async def test_who_has_no_key_is_not_answered(simulator: Simulator) -> None:
    assert await heard(simulator, b"OggS", Secret("another")) == WordsFailed("http_401")


@pytest.mark.parametrize(("form", "status"), [({"model": "x"}, 400), ({}, 400)])
async def test_a_request_without_a_file_is_refused(simulator: Simulator, form: dict[str, str], status: int) -> None:
    headers = {"Authorization": f"Bearer {API_KEY.reveal()}"}
    answer: httpx.Response = await simulator.http.post(
        f"{simulator.base_url}/v1/audio/transcriptions", data=form, headers=headers
    )
    assert answer.status_code == status


async def test_a_file_that_expired_is_gone(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/inbound", account=NUMBER, phone=PHONE, type="document", filename="lista.pdf")
    await until(lambda: len(receiver.deliveries) == 1)
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    media = message.media
    assert media is not None
    assert media.filename == "lista.pdf"
    missing = type(media)(media.id, f"{simulator.base_url}/v2/whatsapp/media/download/none", None, None, None, None)
    result = await simulator.client().media(missing, most_bytes=100_000)
    assert isinstance(result, Refused)
    assert result.code == "gone"
