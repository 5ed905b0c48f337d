"""Our brain against a server that somebody else wrote: npm `@copilotkit/aimock`, in the three wire formats.

Nothing of a provider is stood in for here: these are their libraries, our egress client, and our book of calls.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from core.clock import system_clock
from core.credential_names import ModelProvider
from core.database import Database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.json_types import JsonObject
from core.model_api import Route, Words, WordsFailed
from core.model_calls import Prices
from core.secret import Secret
from core.statements import load_statements
from orchestrator_service.agent.brain import Answer, Thinking, think
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.errors import BrainFailed, BrainNotConfigured
from orchestrator_service.agent.models.plan import LiveChoice, ModelPlan
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import Tool, ToolResult
from orchestrator_service.agent.tools.registry import TOOLS
from tests.support.emulators import model_emulator
from tests.support.factories import make_tenant
from whatsapp_service.transcription import transcribe

pytestmark = [pytest.mark.emulator, pytest.mark.proof]

CALLS = load_statements(Path(__file__).parents[1] / "chat" / "model_calls.sql")
KEY = "sk-of-the-test"
SAID = "Hola, ¿cómo te llamas?"
WIRES: tuple[ModelProvider, ...] = get_args(ModelProvider)
QUALIFY = {"interest": "warm", "score": 60}
FREE = {"date_from": "2026-11-30", "date_to": "2026-12-01"}


def fixtures_of(wire: ModelProvider) -> list[dict[str, object]]:
    """What the server answers; a model's name says which story it plays."""

    def answers(story: str, response: Mapping[str, object], **match: object) -> dict[str, object]:
        return {"match": {"model": f"{story}-{wire}", **match}, "response": response}

    def calls(name: str, arguments: object) -> dict[str, object]:
        called: dict[str, object] = {"toolCalls": [{"name": name, "arguments": arguments}]}
        # Google ends a call with STOP; the server's own word for it is none of Google's.
        return called | ({"finishReason": "stop"} if wire == "google" else {})

    usage = {
        "openai": {"prompt_tokens": 1200, "completion_tokens": 34},
        "anthropic": {"input_tokens": 1200, "output_tokens": 34},
        "google": {"promptTokenCount": 1200, "candidatesTokenCount": 34},
    }[wire]
    busy = {"error": {"message": "slow down", "type": "rate_limit_error"}, "status": 429, "retryAfter": 1}
    down = {"error": {"message": "sorry", "type": "server_error"}, "status": 500}
    return [
        answers("chat", {"content": SAID, "usage": usage}),
        answers("tools", calls("qualify_lead", QUALIFY), hasToolResult=False),
        answers("tools", calls("check_seller_availability", FREE), toolResultContains="warm"),
        answers("tools", {"content": SAID}, toolResultContains="10:00"),
        answers("busy", busy, sequenceIndex=0),
        answers("busy", {"content": SAID}),
        answers("down", down),
        {**answers("cut", {"content": SAID}), "chaos": {"disconnectRate": 1}},
        {**answers("garbage", {"content": SAID}), "chaos": {"malformedRate": 1}},
        answers("odd", calls("qualify_lead", '{"interest": '), sequenceIndex=0),
        answers("odd", {"content": SAID}),
        answers("unknown", calls("wire_money", {"amount": 1}), sequenceIndex=0),
        answers("unknown", {"content": SAID}),
    ]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    voice = {"transcription": {"text": "Quiero una demo el jueves", "language": "spanish", "duration": 3.2}}
    heard: dict[str, object] = {"match": {"endpoint": "transcription"}, "response": voice}
    told = [heard, *(one for wire in WIRES for one in fixtures_of(wire))]
    with model_emulator(told, tmp_path_factory.mktemp("aimock"), key=KEY) as url:
        yield url


@dataclass
class Asked:
    """A toolbox that does nothing and remembers what it was asked."""

    calls: list[tuple[str, JsonObject]] = field(default_factory=list[tuple[str, JsonObject]])

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(TOOLS.values())

    async def call(self, name: str, raw: JsonObject) -> ToolResult:
        self.calls.append((name, raw))
        if name == "qualify_lead":
            return ToolResult({"interest": "warm"})
        return ToolResult({"offers": [{"offer_id": "abc", "label": "lunes 10:00", "seller": "Ana"}]})


@dataclass
class Office:
    """A company with its book of calls."""

    book: CallBook
    server: str
    toolbox: Asked = field(default_factory=Asked)

    def choice(self, story: str, wire: ModelProvider, key: str = KEY) -> LiveChoice:
        url = f"{self.server}/v1" if wire == "openai" else self.server
        return LiveChoice(wire, f"{story}-{wire}", url, Prices(Decimal(2), Decimal(10)), Secret(key))

    async def ask(self, *choices: LiveChoice, seconds: float = 20.0, allow: str = "127.0.0.1") -> Answer:
        thinking = Thinking(Egress(EgressPolicy.from_text(allow)), self.book, TimeLeft.start(seconds))
        return await think(ModelPlan(choices, 500), SITUATION, self.toolbox, thinking)

    @property
    def outcomes(self) -> list[str]:
        return [call.outcome for call in self.book.calls]


@pytest.fixture
async def office(db: Database, server: str) -> Office:
    tenant_id = await make_tenant(db)
    return Office(CallBook(db, system_clock, tenant_id, "playground"), server)


every_wire = pytest.mark.parametrize("wire", WIRES)


@every_wire
async def test_a_chat_is_answered_and_its_tokens_are_paid(office: Office, wire: ModelProvider) -> None:
    answer = await office.ask(office.choice("chat", wire))
    assert (answer.text, answer.leaked, answer.model) == (SAID, False, f"chat-{wire}")
    assert (office.book.input_tokens, office.book.output_tokens) == (1200, 34)
    assert office.book.cost == Decimal("0.00274")
    async with office.book.database.tenant(office.book.tenant_id) as tx:
        assert await tx.value(CALLS["total"], Decimal) == Decimal("0.00274")


@every_wire
async def test_tools_are_used_over_several_turns(office: Office, wire: ModelProvider) -> None:
    answer = await office.ask(office.choice("tools", wire))
    assert answer.text == SAID
    assert [name for name, _ in office.toolbox.calls] == ["qualify_lead", "check_seller_availability"]
    assert dict(office.toolbox.calls[0][1]) == QUALIFY
    assert dict(office.toolbox.calls[1][1]) == FREE
    assert office.outcomes == ["answered"] * 3


@every_wire
async def test_a_busy_model_is_asked_once_more(office: Office, wire: ModelProvider) -> None:
    assert (await office.ask(office.choice("busy", wire))).text == SAID
    assert office.outcomes == ["busy", "answered"]


@every_wire
@pytest.mark.parametrize(("story", "outcome"), [("down", "broken"), ("garbage", "garbled")])
async def test_what_is_no_answer_is_told_as_one_failure(
    office: Office, wire: ModelProvider, story: str, outcome: str
) -> None:
    with pytest.raises(BrainFailed):
        await office.ask(office.choice(story, wire))
    assert set(office.outcomes) == {outcome}
    assert len(office.outcomes) <= 2


@every_wire
async def test_a_connection_that_breaks_off_is_told_as_one_failure(office: Office, wire: ModelProvider) -> None:
    with pytest.raises(BrainFailed):
        await office.ask(office.choice("cut", wire))
    assert set(office.outcomes) <= {"garbled", "unreachable"}
    assert len(office.outcomes) <= 2


@every_wire
async def test_a_wrong_key_is_refused_and_not_tried_again(office: Office, wire: ModelProvider) -> None:
    with pytest.raises(BrainFailed):
        await office.ask(office.choice("chat", wire, key="sk-another"))
    assert office.outcomes == ["refused"]


@every_wire
async def test_an_address_that_is_not_allowed_is_never_asked(office: Office, wire: ModelProvider) -> None:
    with pytest.raises(BrainNotConfigured):
        await office.ask(office.choice("chat", wire), allow="models.example.com")
    assert office.outcomes == []


async def test_malformed_arguments_are_sent_back_and_corrected(office: Office) -> None:
    assert (await office.ask(office.choice("odd", "openai"))).text == SAID
    assert office.toolbox.calls == []


@every_wire
async def test_an_unknown_tool_is_sent_back_and_corrected(office: Office, wire: ModelProvider) -> None:
    assert (await office.ask(office.choice("unknown", wire))).text == SAID
    assert office.toolbox.calls == []


async def test_each_provider_stands_in_for_the_one_before(office: Office) -> None:
    answer = await office.ask(
        office.choice("down", "openai"), office.choice("down", "anthropic"), office.choice("chat", "google")
    )
    assert (answer.text, answer.model) == (SAID, "chat-google")


async def test_a_voice_note_is_transcribed(server: str) -> None:
    egress = Egress(EgressPolicy.from_text("127.0.0.1"))
    heard = await transcribe(egress, Route(f"{server}/v1", "whisper-1", Secret(KEY)), b"OggS" + bytes(200), "audio/ogg")
    assert isinstance(heard, Words)
    assert heard.text == "Quiero una demo el jueves"
    refused = await transcribe(egress, Route(f"{server}/v1", "whisper-1", Secret("no")), b"OggS", "audio/ogg")
    assert isinstance(refused, WordsFailed)


SITUATION = Situation(
    now=datetime(2026, 11, 27, 15, 0, tzinfo=UTC),
    zone="America/Argentina/Buenos_Aires",
    language="es",
    company="Acme",
    agent_name="Sofía",
    offer_summary="Software",
    history=(),
    burst=("Hola, quiero una demo",),
    tapped_offer_id=None,
    lead_name=None,
    has_contact=True,
    qualification=None,
    offers=(),
    meetings=(),
    is_client=False,
    facts=(),
    tools=frozenset(TOOLS),
    knowledge=(),
)
