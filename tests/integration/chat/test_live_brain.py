"""A live company's model: whatever it answers, the person is answered or somebody is called."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal

import pytest

from core.channels import store_credential
from core.credential_names import MODEL_KEY
from core.database import Database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.secret import Secret
from core.statements import sibling_statements
from tests.integration.chat.company import Company, demo_company
from tests.integration.chat.model_server import ModelServer, model_server
from tests.support import servers as support
from tests.support.factories import KEYRING

SQL = sibling_statements(__file__)


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        await made.run("go_live")
        yield made


async def ask(company: Company, model: ModelServer, *, allowed: bool = True) -> None:
    """One message, answered by the model, whose host the operator allows."""
    if allowed:
        company.tools = replace(company.tools, egress=Egress(EgressPolicy.from_text("127.0.0.1")))
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["use_model"], url=model.url)
        await store_credential(tx, KEYRING, MODEL_KEY, Secret("key"))
    await company.says("Hola")
    await company.turn()


async def spare(company: Company, model: ModelServer) -> None:
    """A second model at the same address, at twice the price."""
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["spare_model"], url=model.url)


async def test_a_model_answers_and_its_connection_is_closed(company: Company) -> None:
    async with model_server("Hola, ¿cómo te llamas?") as model:
        await ask(company, model)
        assert model.asked == 1
        await asyncio.sleep(0.1)
        assert model.connected == set()
    assert [message.body for message in await company.replies()] == ["Hola, ¿cómo te llamas?"]


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud83d"], ids=["nul", "half an emoji"])
async def test_characters_that_cannot_be_stored_do_not_cost_the_answer(company: Company, odd: str) -> None:
    async with model_server(f"Hola{odd}, ¿cómo te llamas?") as model:
        await ask(company, model)
    assert [turn.state for turn in await company.turns()] == ["done"]
    assert (await company.replies())[0].body.startswith("Hola")


async def test_an_answer_of_marks_alone_is_no_answer(company: Company) -> None:
    async with model_server("---") as model:
        await ask(company, model)
    assert len(await company.replies()) == 1
    assert [turn.state for turn in await company.turns()] == ["failed"]
    assert await company.count("tasks") == 1


async def test_after_a_failure_the_spare_model_is_asked_and_its_cost_is_kept(company: Company) -> None:
    async with model_server("---", "Hola, ¿cómo te llamas?") as model:
        await spare(company, model)
        await ask(company, model)
        assert model.models == ["test", "spare"]
    assert [turn.state for turn in await company.turns()] == ["done"]
    async with company.db.tenant(company.tenant_id) as tx:
        # 1 and 1 token of each: what the first said was paid, though it was nothing.
        assert await tx.value(SQL["costs"], Decimal) == Decimal("0.000020")
        assert await tx.value(SQL["step_outcomes"], str) == "failed test, ok spare"


async def test_a_private_model_that_the_operator_does_not_allow_is_never_asked(company: Company) -> None:
    async with model_server("Hola") as model:
        await ask(company, model, allowed=False)
        assert model.asked == 0
    assert await company.replies() == []
    assert await company.count("tasks") == 1
