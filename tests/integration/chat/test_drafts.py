"""Draft mode: nothing leaves without a person's word, and nothing that was overtaken leaves at all."""

from collections.abc import AsyncGenerator

import pytest

from core.clock import system_clock
from core.database import Database
from core.principal import Principal, TenantId
from orchestrator_service.chat.drafts import Draft, DraftOvertaken, NoDraft, approve_draft, discard_draft, read_draft
from orchestrator_service.chat.handover import take_over
from orchestrator_service.chat.writing import NotSent
from tests.integration.chat.company import Company, demo_company
from tests.support import servers as support
from tests.support.factories import make_user


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        await made.run("agent_drafts")
        yield made


@pytest.fixture
async def luz(company: Company) -> Principal:
    tenant = TenantId(company.tenant_id)
    return Principal(tenant, await make_user(company.db, tenant, role="ceo"), "ceo")


async def waiting(company: Company, luz: Principal) -> Draft | None:
    async with company.db.tenant(company.tenant_id) as tx:
        return await read_draft(tx, luz, await company.conversation_id())


async def approve(company: Company, luz: Principal, turn_id: int, text: str | None = None) -> None:
    conversation_id = await company.conversation_id()
    async with company.db.tenant(company.tenant_id) as tx:
        await approve_draft(tx, luz, conversation_id, turn_id, text, now=system_clock())


async def test_a_draft_waits_and_leaves_when_it_is_approved(company: Company, luz: Principal) -> None:
    await company.says("Hola, quiero info")
    await company.turn()
    await company.turn()
    assert await company.replies() == []
    draft = await waiting(company, luz)
    assert draft is not None
    await approve(company, luz, draft.turn_id)
    (reply,) = await company.replies()
    assert (reply.author, reply.body, reply.turn_id) == ("agent", draft.text, draft.turn_id)
    assert [turn.state for turn in await company.turns()] == ["done"]
    assert await company.count("paused") == 0
    assert await company.count("deliveries") == 1
    with pytest.raises(NoDraft):
        await approve(company, luz, draft.turn_id)
    await company.turn()
    assert len(await company.replies()) == 1


async def test_a_draft_leaves_in_other_words(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    draft = await waiting(company, luz)
    assert draft is not None
    await approve(company, luz, draft.turn_id, "Hola Ana")
    assert [reply.body for reply in await company.replies()] == ["Hola Ana"]


async def test_a_newer_message_supersedes_the_draft(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    first = await waiting(company, luz)
    assert first is not None
    await company.says("quiero info")
    with pytest.raises(DraftOvertaken):
        await approve(company, luz, first.turn_id)
    assert await company.replies() == []
    await company.turn()
    second = await waiting(company, luz)
    assert second is not None
    assert second.turn_id != first.turn_id
    assert [turn.state for turn in await company.turns()] == ["superseded", "awaiting_approval"]
    with pytest.raises(NoDraft):
        await approve(company, luz, first.turn_id)


async def test_a_discarded_draft_never_leaves(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    draft = await waiting(company, luz)
    assert draft is not None
    async with company.db.tenant(company.tenant_id) as tx:
        await discard_draft(tx, luz, await company.conversation_id(), draft.turn_id)
    await company.turn()
    assert await company.replies() == []
    assert [turn.state for turn in await company.turns()] == ["handed_over"]


async def test_a_draft_rings_for_whoever_may_approve_it_until_somebody_has(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    assert await company.count("drafts_that_ring") == 1
    draft = await waiting(company, luz)
    assert draft is not None
    await approve(company, luz, draft.turn_id)
    assert await company.count("drafts_that_ring") == 0


@pytest.mark.parametrize("way", ["discard", "takeover"])
async def test_a_draft_that_is_dropped_rings_no_more(company: Company, luz: Principal, way: str) -> None:
    await company.says("Hola")
    await company.turn()
    draft = await waiting(company, luz)
    assert draft is not None
    async with company.db.tenant(company.tenant_id) as tx:
        if way == "discard":
            await discard_draft(tx, luz, await company.conversation_id(), draft.turn_id)
        else:
            await take_over(tx, luz, await company.conversation_id())
    assert await company.count("drafts_that_ring") == 0


async def test_a_takeover_drops_the_draft(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    async with company.db.tenant(company.tenant_id) as tx:
        await take_over(tx, luz, await company.conversation_id())
    assert await waiting(company, luz) is None
    assert [turn.state for turn in await company.turns()] == ["handed_over"]


async def test_a_draft_that_may_not_leave_goes_on_waiting(company: Company, luz: Principal) -> None:
    await company.says("Hola")
    await company.turn()
    draft = await waiting(company, luz)
    assert draft is not None
    await company.run("close_window")
    with pytest.raises(NotSent) as refused:
        await approve(company, luz, draft.turn_id)
    assert refused.value.code == "window_closed"
    assert await company.replies() == []
    assert await waiting(company, luz) == draft
