"""`qualify_lead` on the real conversation: what is kept, what the model hears, who is called, what the lead shows."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.clock import system_clock
from core.database import Database
from core.statements import sibling_statements
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import latest_qualification
from tests.integration.chat.company import Company, demo_company
from tests.support import servers as support
from tests.support.factories import make_channel, make_conversation, make_user

if TYPE_CHECKING:
    from core.json_types import JsonObject

SQL = sibling_statements(__file__)
HOT: JsonObject = {"interest": "hot", "score": 90}


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        await make_user(db, made.tenant_id, role="ceo")
        yield made


def window() -> JsonObject:
    today = system_clock().date()
    return {"date_from": today.isoformat(), "date_to": (today + timedelta(days=10)).isoformat()}


async def kept(company: Company) -> Qualification | None:
    async with company.db.tenant(company.tenant_id) as tx:
        return await latest_qualification(tx, await company.conversation_id())


async def test_quotes_of_this_conversation_are_kept_and_others_dropped(company: Company) -> None:
    await company.says("Hola", "Necesito ordenar la agenda", "es urgente 🙏")
    toolbox = await company.toolbox()
    evidence = ["necesito ordenar la agenda", "pago lo que sea", "Es urgente"]
    result = (await toolbox.call("qualify_lead", {**HOT, "evidence": evidence, "reasons": ["in a hurry"]})).result
    found = await kept(company)
    assert found is not None
    assert (found.interest, found.score, found.reasons) == ("hot", 90, ("in a hurry",))
    assert found.evidence == ("necesito ordenar la agenda", "Es urgente")
    assert result["interest"] == "hot"
    assert "Evidence 2" in str(result["note"])
    assert "pago" not in str(result)  # a tool's result is a source of figures: never the model's own words


async def test_without_a_true_quote_the_lead_is_warm_and_nobody_is_called(company: Company) -> None:
    await company.says("Hola")
    toolbox = await company.toolbox()
    result = (await toolbox.call("qualify_lead", {**HOT, "evidence": ["quiero comprar ya"]})).result
    assert (result["interest"], result["score"]) == ("warm", 70)
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["hot_notices"], int) == 0
    assert not (await toolbox.call("check_seller_availability", window())).refused


async def test_words_that_the_screen_has_blocked_are_no_evidence(company: Company) -> None:
    await company.says("Quiero comprar ya mismo")
    toolbox = await company.toolbox()
    await company.run("block_messages")
    result = (await toolbox.call("qualify_lead", {**HOT, "evidence": ["Quiero comprar ya mismo"]})).result
    assert result["interest"] == "warm"


async def test_another_customers_words_are_no_evidence(company: Company) -> None:
    await company.says("Hola")
    toolbox = await company.toolbox()
    channel = await make_channel(company.db, company.tenant_id)
    talk = await make_conversation(company.db, company.tenant_id, channel.channel_id)
    async with company.db.tenant(company.tenant_id) as tx:
        message = NewMessage(
            conversation_id=talk.conversation_id,
            direction="in",
            author="customer",
            body="Quiero comprar ya mismo",
            origin_key="other:1",
            status="received",
        )
        await append_chat_message(tx, message)
    result = (await toolbox.call("qualify_lead", {**HOT, "evidence": ["Quiero comprar ya mismo"]})).result
    assert result["interest"] == "warm"


async def test_each_judgement_stays_as_it_was_and_a_contradiction_is_moved(company: Company) -> None:
    await company.says("Hola, quiero una demo", "mejor no, gracias")
    toolbox = await company.toolbox()
    await toolbox.call("qualify_lead", {**HOT, "evidence": ["quiero una demo"]})
    moved = await toolbox.call("qualify_lead", {"interest": "not_interested", "score": 95})
    assert moved.result["score"] == 25
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["judgements"], str) == "hot 90, not_interested 25"


async def test_a_lead_that_gets_hot_is_told_once(company: Company) -> None:
    await company.says("Quiero comprar ya")
    toolbox = await company.toolbox()
    for score in (80, 85, 90):
        await toolbox.call("qualify_lead", {"interest": "hot", "score": score, "evidence": ["quiero comprar"]})
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["judgements"], str) == "hot 80, hot 85, hot 90"
        assert await tx.value(SQL["hot_notices"], int) == await tx.value(SQL["ceos"], int) == 1
