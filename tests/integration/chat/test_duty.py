"""When the agent answers, what it says of itself, how much it may, and whose turn comes first (PRODUCT §8.5)."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from core.contracts import LEAST_URGENT, MOST_COUNTED, TakeIn, TakeTurn, fair_priority
from core.database import Database
from core.jobs import defer
from tests.integration.chat.company import Company, demo_company
from tests.integration.jobs.working import working
from tests.integration.whatsapp.webhooks import text_event
from tests.support import servers as support


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


async def test_off_duty_the_agent_leaves_it_to_people(company: Company) -> None:
    await company.run("never_on_duty")
    await company.says("Hola")
    await company.turn()
    assert await company.replies() == []
    assert await company.turns() == []


async def test_the_first_words_say_that_it_is_an_assistant_and_the_next_do_not(company: Company) -> None:
    await company.run("disclose")
    await company.says("Hola")
    await company.turn()
    await company.says("quiero info")
    await company.turn()
    first, *others = await company.replies()
    assert first.body.startswith("Soy Sofía, asistente virtual de ")
    assert others
    assert not any("asistente virtual" in reply.body for reply in others)


async def test_without_that_wish_nothing_is_disclosed(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    assert "asistente virtual" not in (await company.replies())[0].body


async def test_a_company_that_used_up_its_turns_calls_a_person(company: Company) -> None:
    await company.run("one_turn_a_day")
    await company.says("Hola")
    await company.turn()
    said = len(await company.replies())
    await company.says("¿sigues ahí?")
    await company.turn()
    assert len(await company.replies()) == said
    assert [turn.state for turn in await company.turns()] == ["done"]
    assert await company.count("tasks") == 1


async def test_the_answer_of_a_quiet_company_goes_before_another_ones_flood(db: Database) -> None:
    began: list[int] = []
    done = asyncio.Event()

    async def take_in(job: TakeIn) -> None:
        began.append(job.tenant_id)
        if len(began) == 41:
            done.set()

    async with db.tenant(1) as tx:
        for waiting in range(40):
            await defer(tx, TakeIn(1, waiting), priority=fair_priority(waiting))
    async with db.tenant(2) as tx:
        await defer(tx, TakeIn(2, 1), priority=fair_priority(0))
    async with working(db.url, take_in):
        await asyncio.wait_for(done.wait(), 20)
    assert began.index(2) <= 10, began  # ten may begin at once


async def test_control_first_come_first_served_it_would_wait_for_the_whole_flood(db: Database) -> None:
    began: list[int] = []
    done = asyncio.Event()

    async def take_in(job: TakeIn) -> None:
        began.append(job.tenant_id)
        if len(began) == 41:
            done.set()

    async with db.tenant(1) as tx:
        for waiting in range(40):
            await defer(tx, TakeIn(1, waiting))
    async with db.tenant(2) as tx:
        await defer(tx, TakeIn(2, 1))
    async with working(db.url, take_in):
        await asyncio.wait_for(done.wait(), 20)
    assert began.index(2) > 10


async def test_each_waiting_conversation_of_a_company_makes_the_next_less_urgent(company: Company) -> None:
    for number in range(3):
        event = text_event("Hola", sender=f"+549115551000{number}")
        assert (await company.receiver.post(event)).status_code == 200
    async with company.db.bare_connection() as connection:
        jobs = await connection.fetch(
            "SELECT priority FROM procrastinate_jobs WHERE task_name = $1 ORDER BY id", TakeTurn.NAME
        )
    assert [job["priority"] for job in jobs] == [0, -1, -2]


def test_what_only_shows_how_it_went_comes_after_the_worst_flood() -> None:
    assert LEAST_URGENT < fair_priority(10**6) == -MOST_COUNTED
