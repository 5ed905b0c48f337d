"""The model is down, wrong or slow (PRODUCT §8.3): a polite word and a person within 30 seconds, never the demo brain.

Time is the turn's own: `THINKING_SECONDS` is cut down here, and once measured whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.channels import store_credential
from core.credential_names import MODEL_KEY
from core.database import Database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.secret import Secret
from core.statements import load_statements, sibling_statements
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.chat.wording import HOLDING
from tests.integration.chat.company import Company, demo_company
from tests.integration.chat.model_server import (
    Answering,
    Calls,
    Cut,
    Garbage,
    ModelServer,
    Silence,
    Status,
    model_server,
)
from tests.support import servers as support
from tests.support.factories import KEYRING

SQL = sibling_statements(__file__)
CALLS = load_statements(Path(__file__).with_name("model_calls.sql"))
SAID = "Hola, ¿cómo te llamas?"
FAILURES: dict[str, tuple[Answering, str]] = {
    "bad key": (Status(401), "refused"),
    "busy": (Status(429), "busy"),
    "server error": (Status(500), "broken"),
    "not JSON": (Garbage("<html>sorry</html>"), "garbled"),
    "another shape": (Garbage('{"choices": null}'), "garbled"),
    "no choice": (Garbage('{"choices": []}'), "garbled"),
    "a list": (Garbage("[1, 2]"), "garbled"),
    "cut within the answer": (Cut(), "garbled"),
    "silent": (Silence(), "slow"),
}


@dataclass(frozen=True)
class Call:
    purpose: str
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    estimated: bool
    cost: Decimal
    outcome: str
    turn_id: int | None
    conversation_id: int | None


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    """A live company with a key; which model it asks is each test's."""
    async with demo_company(db, database, redis_url) as made:
        await made.run("go_live")
        made.tools = replace(made.tools, egress=Egress(EgressPolicy.from_text("127.0.0.1")))
        async with db.tenant(made.tenant_id) as tx:
            await store_credential(tx, KEYRING, MODEL_KEY, Secret("key"))
        yield made


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn thinks for at most three seconds."""
    start = TimeLeft.start
    monkeypatch.setattr(TimeLeft, "start", lambda: start(3.0))


async def asks(company: Company, model: ModelServer | str, *, spare: ModelServer | None = None) -> None:
    """One message, answered with the models of the company."""
    url = model if isinstance(model, str) else model.url
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["use_model"], url=url)
        if spare is not None:
            await tx.run(SQL["spare_model"], url=url)
    await company.says("Hola")
    await company.turn()


async def calls_of(company: Company) -> list[Call]:
    async with company.db.tenant(company.tenant_id) as tx:
        return await tx.all(CALLS["calls"], Call)


async def is_held(company: Company) -> bool:
    """Whether the customer was told politely, and a person is called."""
    bodies = [message.body for message in await company.replies()]
    states = [turn.state for turn in await company.turns()]
    return bodies == [HOLDING["es"]] and states == ["failed"] and await company.count("tasks") == 1


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("answer", "outcome"), FAILURES.values(), ids=FAILURES)
async def test_a_model_that_fails_costs_a_polite_word_and_calls_a_person(
    company: Company, answer: Answering, outcome: str
) -> None:
    async with model_server(answer) as model:
        await asks(company, model)
    assert await is_held(company)
    calls = await calls_of(company)
    assert {call.outcome for call in calls} == {outcome}
    assert {(call.purpose, call.provider, call.model) for call in calls} == {("think", "openai", "test")}
    charged = outcome in {"slow", "garbled"}
    assert all((call.input_tokens > 0) == charged for call in calls), "what arrived may be charged for"


@pytest.mark.usefixtures("hurried")
async def test_nobody_listens_there(company: Company) -> None:
    async with model_server(SAID) as model:
        nowhere = model.url
    await asks(company, nowhere)
    assert await is_held(company)
    assert {call.outcome for call in await calls_of(company)} == {"unreachable"}


@pytest.mark.slow
async def test_a_silent_model_is_given_up_in_time(company: Company) -> None:
    began = asyncio.get_running_loop().time()
    async with model_server(Silence()) as model:
        await asks(company, model)
    taken = asyncio.get_running_loop().time() - began
    assert await is_held(company)
    assert 20 < taken < 30, f"{taken:.1f} s"


@pytest.mark.parametrize("answer", [Calls("qualify_lead", '{"interest": '), Calls("no_such_tool", "{}")])
async def test_odd_tool_calls_are_answered_calmly_and_the_model_goes_on(company: Company, answer: Answering) -> None:
    async with model_server(answer, SAID) as model:
        await asks(company, model)
        assert model.asked == 2
    assert [message.body for message in await company.replies()] == [SAID]


@pytest.mark.usefixtures("hurried")
async def test_a_model_that_calls_nonsense_for_ever_is_stopped(company: Company) -> None:
    async with model_server(Calls("qualify_lead", "{")) as model:
        await asks(company, model)
        assert model.asked <= 8, "two attempts, each with few corrections"
    assert await is_held(company)


async def test_a_busy_model_is_asked_again_after_a_moment(company: Company) -> None:
    async with model_server(Status(429, headers="retry-after: 1\r\n"), SAID) as model:
        await asks(company, model)
    assert [message.body for message in await company.replies()] == [SAID]
    assert [call.outcome for call in await calls_of(company)] == ["busy", "answered"]


async def test_the_next_model_takes_over_within_the_same_attempt(company: Company) -> None:
    async with model_server(Status(401), Calls("qualify_lead", '{"interest": "warm"}'), Status(401), SAID) as model:
        await asks(company, model, spare=model)
        assert model.models == ["test", "spare", "test", "spare"]
    assert [message.body for message in await company.replies()] == [SAID]
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["step_outcomes"], str) == "ok spare"


async def test_tokens_that_a_model_does_not_tell_are_estimated(company: Company) -> None:
    async with model_server(SAID, usage=None) as model:
        await asks(company, model)
    (call,) = await calls_of(company)
    assert call.estimated
    assert call.input_tokens > 300
    assert call.output_tokens > 0


async def test_a_live_company_without_a_model_sends_nothing(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    assert await company.replies() == []
    assert await company.count("tasks") == 1
    assert await calls_of(company) == [], "the demo brain did not stand in"
