"""Many things at once, at either provider: one conversation, one turn, one reply that has all of it before it."""

from __future__ import annotations

import asyncio

import pytest

from orchestrator_service.agent import brain
from orchestrator_service.chat import gathering
from orchestrator_service.chat.repository import Unanswered
from tests.integration.media.company import MediaCompany
from tests.integration.media.model import model
from tests.integration.whatsapp.webhooks import PROVIDERS

either_provider = pytest.mark.parametrize("company", PROVIDERS, indirect=True)
TEXTS = ["Hola", "Tengo una clínica", "Somos ocho", "¿Cuánto sale?"]
NOTES = ["Primera nota", "Segunda nota", "Tercera nota", "Cuarta nota"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each turn told the brain of the burst."""
    bursts = list[list[str]]()
    think = brain.think

    async def hearing(*arguments: object, **named: object) -> object:
        bursts.append(list(arguments[1].burst))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType] - the situation
        return await think(*arguments, **named)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr("orchestrator_service.chat.thinking.think", hearing)
    return bursts


async def send_twelve(company: MediaCompany) -> None:
    """Texts, voice notes and pictures in turn."""
    for number, (text, note) in enumerate(zip(TEXTS, NOTES, strict=True)):
        await company.company.says(text)
        await company.speaks(note)
        await company.shows(f"Foto {number}", size=8 + number)


@either_provider
async def test_twelve_mixed_messages_get_one_reply_that_answers_all(
    company: MediaCompany, told: list[list[str]]
) -> None:
    async with model(*(("200 OK", {"text": note}) for note in NOTES)) as whisper:
        await company.has_whisper(whisper.url)
        await send_twelve(company)
        await company.company.turn()
        assert await company.company.replies() == [], "it waits for what the notes say"
        await company.fetch()
        await company.hear()
    await company.listens()
    await company.listens()
    await company.company.turn()
    assert len(await company.company.replies()) == 1
    assert [turn.state for turn in await company.company.turns()] == ["done"]
    (burst,) = told
    assert len(burst) == 12
    assert [line for line in burst if line in TEXTS] == TEXTS
    assert sorted(line for line in burst if line in NOTES) == sorted(NOTES)
    assert [number for number in range(4) if any(f"Foto {number}" in line for line in burst)] == [0, 1, 2, 3]


async def test_control_a_turn_that_takes_one_message_at_a_time_is_found_out(
    company: MediaCompany, told: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = gathering.repository.unanswered_messages

    async def one(*arguments: object) -> list[Unanswered]:
        return (await read(*arguments))[:1]  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(gathering.repository, "unanswered_messages", one)
    await company.company.says(*TEXTS)
    await company.company.turn()
    assert len(told[0]) == 1


@either_provider
async def test_an_album_at_once_is_one_conversation_and_one_turn(company: MediaCompany) -> None:
    await asyncio.gather(*(company.shows(size=size) for size in range(8, 18)))
    await company.fetch()
    await asyncio.gather(*(company.company.turn() for _ in range(3)))
    assert {message.conversation_id for message in await company.company.messages()} == {
        await company.company.conversation_id()
    }
    assert sum(message.direction == "in" for message in await company.company.messages()) == 10
    assert await company.company.count("leads") == 1
    assert [turn.state for turn in await company.company.turns()] == ["done"]
    assert len(await company.company.replies()) == 1
