"""The host of the tools: what a model sends is data, whatever it holds and however much of it comes at once."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from core.clock import system_clock
from core.contracts import TakeTurn
from core.database import Database, open_database
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.agent.toolbox import Toolbox
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.gathering import gather
from orchestrator_service.imports.matching import Named
from orchestrator_service.imports.repository import known_leads
from orchestrator_service.leads.models import Incoming
from orchestrator_service.leads.receive import receive_lead
from tests.integration.chat.company import Company, demo_company
from tests.support import servers as support

SQL = sibling_statements(__file__)


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        await made.says("Hola")
        yield made


async def open_toolbox(company: Company, db: Database) -> Toolbox:
    """The tools of a turn that is thinking."""
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    gathered = await gather(company.db, company.tools.clock, job)
    assert gathered is not None
    return Toolbox(
        db,
        company.tools.google,
        TOOLS,
        tenant_id=company.tenant_id,
        conversation_id=job.conversation_id,
        lead_id=gathered.lead_id,
        turn_id=gathered.turn.id,
        language="es",
        zone=gathered.context.zone,
        verdict="allow",
        clock=system_clock,
    )


@pytest.mark.parametrize("odd", ["\x00", "\ud83d"], ids=["nul", "half an emoji"])
async def test_characters_that_cannot_be_stored_are_left_out_of_arguments(company: Company, odd: str) -> None:
    toolbox = await open_toolbox(company, company.db)
    outcome = await toolbox.call("update_lead", {"full_name": f"Ana{odd} Ruiz"})
    assert not outcome.refused


async def test_an_e_mail_that_the_agent_writes_is_found_by_every_other_door(company: Company) -> None:
    toolbox = await open_toolbox(company, company.db)
    outcome = await toolbox.call("update_lead", {"email": " Ana.Ruiz@Example.COM "})
    assert outcome.result == {"updated": ["email"]}
    async with company.db.tenant(company.tenant_id) as tx:
        (imported,) = await known_leads(tx, [Named(1, None, "ana.ruiz@example.com", None)])
        received = await receive_lead(tx, Incoming("form", email="ANA.Ruiz@example.com"))
        assert (received.lead_id, received.made) == (imported.id, False)
        stranger = await receive_lead(tx, Incoming("form", email="Beto@Example.com", phone="+5491155500009"))
        (other,) = await known_leads(tx, [Named(1, None, "beto@example.com", None)])
        assert (stranger.lead_id, stranger.made) == (other.id, True)


async def test_calls_at_once_run_in_order_and_take_one_connection(company: Company, database: support.Database) -> None:
    narrow = await open_database(database.app_url, application="tests", most_connections=2)
    try:
        toolbox = await open_toolbox(company, narrow)
        qualification: JsonObject = {"interest": "hot", "score": 80}
        window: JsonObject = {"date_from": "2026-11-23", "date_to": "2036-01-01"}
        asked = {"qualify_lead": qualification, "check_seller_availability": window, "request_human": {"reason": "x"}}
        async with company.db.tenant(company.tenant_id) as holder:
            await holder.run(SQL["lock_turns"])
            calls = [asyncio.create_task(toolbox.call(name, arguments)) for name, arguments in asked.items()]
            await asyncio.sleep(0.1)
            async with asyncio.timeout(1), narrow.tenant(company.tenant_id) as tx:
                assert await tx.value(SQL["leads"], int) == 1
        assert [outcome.refused for outcome in await asyncio.gather(*calls)] == [False, False, False]
    finally:
        await narrow.close()
