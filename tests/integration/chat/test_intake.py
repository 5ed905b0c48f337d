"""Intake beside everything else that touches a conversation: nothing waits in a circle, nothing is overlooked."""

import asyncio
import copy
import json
import time
from collections.abc import AsyncGenerator

import pytest

from core.contracts import TakeIn, TakeTurn
from core.database import Database
from core.statements import sibling_statements
from orchestrator_service.chat.gathering import gather
from orchestrator_service.chat.inbound import take_in
from orchestrator_service.chat.replying import Reply, send_reply
from orchestrator_service.leads.tasks import add_task
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.webhooks import EXAMPLES
from tests.support import servers as support

SQL = sibling_statements(__file__)
ECHO = EXAMPLES["coexistence_echo_seller_typed_on_phone"]
ECHO_TO_ANOTHER_WRITING = json.loads(json.dumps(ECHO).replace("+5491155512345", "+541155512345"))


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


async def test_a_webhook_and_an_intake_at_once_do_not_wait_in_a_circle(company: Company) -> None:
    await company.says("Hola")
    job = TakeIn(company.tenant_id, await company.conversation_id())
    async with company.db.tenant(company.tenant_id) as holder:
        await holder.run(SQL["lock_inbox"])
        intake = asyncio.create_task(take_in(company.db, job))
        await asyncio.sleep(0.2)
        webhook = asyncio.create_task(company.says("quiero info"))
        await asyncio.sleep(0.2)
    await asyncio.gather(intake, webhook)
    await take_in(company.db, job)
    assert [message.body for message in await company.messages()] == ["Hola", "quiero info"]


async def test_webhooks_and_turns_at_once_do_not_wait_in_a_circle(company: Company) -> None:
    await company.says("Hola")
    for number in range(25):
        await asyncio.gather(company.says(f"mensaje {number}"), company.turn())
    await company.turn()
    assert sum(message.direction == "in" for message in await company.messages()) == 26
    assert (await company.replies())[-1].author == "agent"


async def test_a_person_who_answered_a_moment_ago_keeps_the_reply_back(company: Company) -> None:
    await company.says("Hola")
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    gathered = await gather(company.db, company.tools.clock, job)
    assert gathered is not None
    assert (await company.receiver.post(ECHO)).status_code == 200
    assert await send_reply(company.db, company.tools.clock, gathered, Reply("Hola")) == "handed_over"
    assert [message.author for message in await company.replies()] == ["person"]


async def test_what_was_left_to_people_while_the_agent_thought_is_not_answered_later(company: Company) -> None:
    await company.says("Hola")
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    gathered = await gather(company.db, company.tools.clock, job)
    assert gathered is not None
    await company.run("agent_off")
    assert await send_reply(company.db, company.tools.clock, gathered, Reply("Hola")) == "handed_over"
    await company.run("agent_on")
    await company.says("¿atienden clínicas?")
    later = await gather(company.db, company.tools.clock, job)
    assert later is not None
    assert later.situation.burst == ("¿atienden clínicas?",)


async def test_a_person_whose_lead_was_deleted_brings_it_back(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    await company.run("delete_lead")
    await company.says("quiero info")
    await company.turn()
    assert await company.count("leads") == 1
    assert len(await company.replies()) == 2


async def test_a_lead_deleted_before_its_turn_leaves_the_turn_to_people(company: Company) -> None:
    await company.says("Hola")
    await take_in(company.db, TakeIn(company.tenant_id, await company.conversation_id()))
    await company.run("delete_lead")
    await company.turn()
    assert await company.replies() == []
    assert await company.count("pending_turns") == 0


async def test_two_tasks_at_once_do_not_wait_in_a_circle(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    conversation_id = await company.conversation_id()

    async def ask() -> None:
        async with company.db.tenant(company.tenant_id) as tx:
            await add_task(tx, "send_failed", conversation_id, None, "reason")

    await ask()
    async with company.db.tenant(company.tenant_id) as turn:
        await turn.run(SQL["lock_conversations"])
        other = asyncio.create_task(ask())
        await asyncio.sleep(0.2)
        await add_task(turn, "send_failed", conversation_id, None, "reason")
    await other
    assert await company.count("tasks") == 1


async def test_a_number_told_by_the_phone_does_not_replace_the_one_that_wrote(company: Company) -> None:
    await company.says("Hola")
    assert (await company.receiver.post(ECHO_TO_ANOTHER_WRITING)).status_code == 200
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["reply_phones"], str) == "+5491155512345"


async def test_a_notice_of_whatsapp_does_not_open_the_window(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    await company.run("close_window")
    assert (await company.receiver.post(EXAMPLES["system_number_changed"])).status_code == 200
    await take_in(company.db, TakeIn(company.tenant_id, await company.conversation_id()))
    assert await company.count("open_windows") == 0


async def test_an_echo_of_what_is_just_being_sent_does_not_mute_the_agent(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    reply = (await company.replies())[0]
    await company.run("begin_sending")
    echo = copy.deepcopy(ECHO)
    message = echo["whatsappMessage"]
    assert isinstance(message, dict)
    message["text"] = {"body": reply.body}
    assert (await company.receiver.post(echo)).status_code == 200
    await take_in(company.db, TakeIn(company.tenant_id, await company.conversation_id()))
    assert [message.author for message in await company.replies()] == ["agent"]
    assert await company.count("paused") == 0


@pytest.mark.proof
async def test_the_screen_of_a_flood_does_not_stop_the_worker(company: Company) -> None:
    await company.says("Hola")
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    await take_in(company.db, TakeIn(company.tenant_id, job.conversation_id))
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["flood"], text="quiero información sobre los precios y horarios de mañana " * 60)
    longest = 0.0
    gathering = asyncio.create_task(gather(company.db, company.tools.clock, job))
    while not gathering.done():
        before = time.monotonic()
        await asyncio.sleep(0.01)
        longest = max(longest, time.monotonic() - before)
    assert await gathering is not None
    assert longest < 1.0
