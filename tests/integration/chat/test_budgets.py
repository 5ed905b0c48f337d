"""Caps on what models may take (PRODUCT §9.1): held against the book before each call, by every turn at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core import model_calls
from core.channels import store_credential
from core.contracts import TakeTurn
from core.credential_names import MODEL_KEY
from core.database import Database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.secret import Secret
from core.statements import sibling_statements
from nexus.servers.bootstrap import connected
from orchestrator_service.chat.turns import take_turn
from orchestrator_service.chat.wording import HOLDING, LEFT_TO_PEOPLE
from tests.integration.chat.company import Company, demo_company
from tests.integration.chat.model_server import Calls, ModelServer, Together, model_server
from tests.integration.chat.test_model_failures import CALLS, calls_of
from tests.integration.whatsapp.webhooks import text_event
from tests.support import servers as support
from tests.support.factories import KEYRING, make_tenant, make_user

SQL = sibling_statements(__file__)
SAID = "Hola, ¿cómo te llamas?"


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    """A live company with a ceo, whose model charges a dollar for a token it says, nothing for what it reads."""
    async with demo_company(db, database, redis_url) as made:
        await made.run("go_live")
        made.tools = replace(made.tools, egress=Egress(EgressPolicy.from_text("127.0.0.1")))
        await make_user(db, made.tenant_id, role="ceo")
        async with db.tenant(made.tenant_id) as tx:
            await store_credential(tx, KEYRING, MODEL_KEY, Secret("key"))
            await tx.run(CALLS["price"], input=Decimal(0), output=Decimal(1_000_000))
        yield made


async def caps(company: Company, *, cost: Decimal | None = None, tokens: int | None = None) -> None:
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(CALLS["cap_the_day"], cost=cost, tokens=tokens)


async def asks(company: Company, model: ModelServer, text: str = "Hola") -> None:
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["use_model"], url=model.url)
    await company.says(text)
    await company.turn()


async def notices(company: Company) -> int:
    async with company.db.tenant(company.tenant_id) as tx:
        return await tx.value(CALLS["notices"], int) or 0


async def said(company: Company) -> list[str]:
    return [message.body for message in await company.replies()]


async def test_at_the_days_cap_nothing_is_asked_and_a_person_is_called(company: Company) -> None:
    await caps(company, cost=Decimal(1))
    async with model_server(SAID) as model:
        await asks(company, model)
        await asks(company, model, "¿Sigues ahí?")
        assert model.asked == 1, "the first call reached the cap, the second was never made"
    assert await said(company) == [SAID, LEFT_TO_PEOPLE["es"]]
    assert [turn.state for turn in await company.turns()] == ["done", "handed_over"]
    assert await company.count("tasks") == 1
    assert await notices(company) == 1
    told = [payload for payload in await company.payloads("AGENT_UPDATED") if payload.get("day_cap_reached")]
    assert len(told) == 1


async def test_the_customer_and_the_ceo_hear_it_once_a_day(company: Company) -> None:
    await caps(company, tokens=1)
    async with model_server(SAID) as model:
        for text in ("Hola", "¿Sigues ahí?", "¿Hola?"):
            await asks(company, model, text)
        assert await said(company) == [SAID, LEFT_TO_PEOPLE["es"]]
        assert await notices(company) == 1
        async with company.db.tenant(company.tenant_id) as tx:
            await tx.run(CALLS["age_calls"], age=timedelta(days=1))
            await tx.run(CALLS["forget_the_told_day"])
        await asks(company, model, "Buenos días")
        assert model.asked == 2, "a new day has its own cap"
        assert (await said(company))[-1] == SAID


async def test_a_cap_is_found_between_the_calls_of_one_turn(company: Company) -> None:
    await caps(company, cost=Decimal(1))
    async with model_server(Calls("qualify_lead", '{"interest": "warm"}'), SAID) as model:
        await asks(company, model)
        assert model.asked == 1
    assert await said(company) == [LEFT_TO_PEOPLE["es"]]
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(CALLS["errors"], str) == "cap_reached"


async def test_a_conversation_has_a_cap_of_its_own(company: Company) -> None:
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(CALLS["cap_conversations"], tokens=2)
    async with model_server(SAID) as model:
        await asks(company, model)
        await asks(company, model, "¿Sigues ahí?")
        assert model.asked == 1
        assert await notices(company) == 0, "the company's day goes on"
        async with company.db.tenant(company.tenant_id) as tx:
            await tx.run(CALLS["age_calls"], age=timedelta(days=31))
        await asks(company, model, "Volví")
        assert model.asked == 2


async def test_two_turns_at_once_overshoot_by_the_call_that_each_has_under_way(company: Company) -> None:
    await caps(company, cost=Decimal(1))
    async with model_server(Together(SAID, 2), SAID) as model:
        async with company.db.tenant(company.tenant_id) as tx:
            await tx.run(SQL["use_model"], url=model.url)
        first = await conversation_of(company, "+5491155512345")
        second = await conversation_of(company, "+5491155598765")
        turns = (take_turn(company.tools, TakeTurn(company.tenant_id, each)) for each in (first, second))
        await asyncio.gather(*turns)
        assert model.asked == 2, "both had begun below the cap"
        await company.says("Otra cosa")
        await asyncio.gather(*(take_turn(company.tools, TakeTurn(company.tenant_id, each)) for each in (first, second)))
        assert model.asked == 2
    assert sum(call.cost for call in await calls_of(company)) == Decimal(2)
    assert await notices(company) == 1


async def test_without_its_check_the_cap_is_overspent(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the tests above."""

    async def no_check(*_: object, **__: object) -> None:
        pass

    monkeypatch.setattr(model_calls, "demand_room", no_check)
    await caps(company, cost=Decimal(1))
    async with model_server(SAID) as model:
        await asks(company, model)
        await asks(company, model, "¿Sigues ahí?")
        assert model.asked == 2


async def test_without_its_book_nothing_is_asked_and_a_person_is_called(
    company: Company, database: support.Database
) -> None:
    async with connected(database.owner_url) as owner:
        await owner.execute("ALTER TABLE model_calls RENAME TO taken_away")
    async with model_server(SAID) as model:
        await asks(company, model)
        assert model.asked == 0
    assert await said(company) == [HOLDING["es"]]
    assert await company.count("tasks") == 1


async def test_another_companys_spending_counts_for_nobody_else(company: Company, db: Database) -> None:
    other = await make_tenant(db)
    async with db.tenant(other) as tx:
        prices = model_calls.Prices(Decimal(1_000_000), Decimal(0))
        call = model_calls.ModelCall("playground", "openai", "test", prices, 100)
        await model_calls.begin_call(tx, call, now=company.tools.clock())
        spent = await model_calls.spent_since(tx, company.tools.clock() - timedelta(hours=1))
        assert (spent.cost, spent.tokens) == (Decimal(100), 100)
    await caps(company, cost=Decimal(1))
    async with model_server(SAID) as model:
        await asks(company, model)
        assert model.asked == 1


async def conversation_of(company: Company, phone: str) -> int:
    """The conversation of somebody who has just written."""
    company.said += 1
    event = text_event("Hola", number=company.said, sender=phone)
    assert (await company.receiver.post(event)).status_code == 200
    async with company.db.tenant(company.tenant_id) as tx:
        found = await tx.value(SQL["last_conversation"], int)
    assert found is not None
    return found
