"""A setting that is saved holds at once, where it is used: one proof for each place that uses one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from core.database import Database
from core.principal import Principal, TenantId, UserId
from core.statements import sibling_statements
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.settings.change import change_section
from orchestrator_service.settings.models import AgentBasics, CompanySettings, version_of
from orchestrator_service.settings.read import read_section
from tests.integration.agenda.scene import NOW, book, offer
from tests.integration.agenda.scene import make_scene as make_agenda
from tests.integration.api.scene import Scene, make_scene
from tests.integration.chat.company import Company, demo_company
from tests.integration.settings.saving import save
from tests.support import servers as support
from tests.support.api import Api
from tests.support.factories import make_event, make_qualification, make_seller

SQL = sibling_statements(__file__)
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)  # nine in Buenos Aires, when the sellers begin


@pytest.fixture
async def scene(api: Api) -> Scene:
    """On the Sunday evening before."""
    api.clock.now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    return await make_scene(api)


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


async def slots(browser: httpx.AsyncClient, seller: int, day: str = "2026-11-23") -> list[tuple[str, str]]:
    """Free times of a day in UTC."""
    answer = await browser.get("/agenda/availability", params={"seller_id": seller, "day": day})
    assert answer.status_code == 200
    return [(clock(slot["starts_at"]), clock(slot["ends_at"])) for slot in answer.json()["slots"]]


def clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M")


async def test_the_length_and_the_grid_of_meetings_shape_the_free_times(scene: Scene) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    _, browser = await scene.browser()
    async with browser:
        assert (await slots(browser, seller))[:2] == [("12:00", "12:30"), ("12:30", "13:00")]
        assert (await save(browser, "meetings", meeting_minutes=45, slot_granularity_minutes=60)).status_code == 200
        assert (await slots(browser, seller))[:2] == [("12:00", "12:45"), ("13:00", "13:45")]


async def test_buffers_notice_horizon_and_the_most_a_day_shape_the_free_times(scene: Scene) -> None:
    seller = await make_seller(scene.api.db, scene.tenant)
    await make_event(scene.api.db, scene.tenant, seller, MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=3))
    _, browser = await scene.browser()
    async with browser:
        assert ("13:30", "14:00") in await slots(browser, seller)
        await save(browser, "meetings", buffer_after_minutes=10)
        assert ("13:30", "14:00") not in await slots(browser, seller)
        await save(browser, "meetings", buffer_after_minutes=0, buffer_before_minutes=10)
        assert ("15:00", "15:30") not in await slots(browser, seller)
        await save(browser, "meetings", buffer_before_minutes=0, minimum_notice_minutes=17 * 60)
        assert (await slots(browser, seller))[0] == ("13:00", "13:30")
        await save(browser, "meetings", minimum_notice_minutes=0, most_meetings_per_day=1)
        assert await slots(browser, seller) == []
        await save(browser, "meetings", most_meetings_per_day=None, horizon_days=1)
        assert await slots(browser, seller)
        assert await slots(browser, seller, "2026-11-25") == []


async def test_an_offer_lives_as_long_as_is_set(scene: Scene) -> None:
    agenda = await make_agenda(scene.api.db)
    await make_qualification(agenda.db, agenda.tenant_id, agenda.talk)
    boss = await scene.api.member(agenda.tenant_id, "ceo")
    async with scene.api.browser(await scene.api.session(boss)) as browser:
        assert (await save(browser, "meetings", offer_minutes=7)).status_code == 200
    made = (await offer(agenda)).offers
    late = await book(agenda, made[0].offer_id, now=NOW + timedelta(minutes=7))
    assert isinstance(late, NotBooked)
    assert late.rule == "offer_expired"
    assert isinstance(await book(agenda, made[0].offer_id, now=NOW + timedelta(minutes=6)), Booked)


async def test_taking_over_silences_the_agent_for_as_long_as_is_set(scene: Scene) -> None:
    talk = await scene.talk()
    await scene.says(talk)
    _, browser = await scene.browser()
    async with browser:
        await save(browser, "agent", takeover_hours=3)
        taken = await browser.post(f"/chat/conversations/{talk.conversation_id}/takeover")
        assert taken.status_code == 200
    async with scene.api.db.tenant(scene.tenant) as tx:
        assert await tx.value(SQL["paused_hours"], int) == 3


async def test_the_country_reads_a_number_as_people_there_write_it(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        await save(browser, "company", country="BR")
        made = await browser.post("/crm/leads", json={"full_name": "Bia", "phone": "11 98765-4321"})
        assert (made.status_code, made.json()["phone"]) == (201, "+5511987654321")


async def set_agent(company: Company, changed: Callable[[AgentBasics], AgentBasics]) -> None:
    boss = Principal(TenantId(company.tenant_id), UserId(1), "ceo")
    async with company.db.tenant(company.tenant_id) as tx:
        seen = await read_section(tx, AgentBasics)
        await change_section(tx, boss, changed(seen), seen=version_of(seen))


async def test_the_agent_signs_with_its_name_and_the_company_with_its_own(company: Company) -> None:
    await set_agent(company, lambda seen: replace(seen, agent_name="Alma"))
    boss = Principal(TenantId(company.tenant_id), UserId(1), "ceo")
    async with company.db.tenant(company.tenant_id) as tx:
        seen = await read_section(tx, CompanySettings)
        await change_section(tx, boss, replace(seen, name="Clínica Norte"), seen=version_of(seen))
    await company.says("Hola")
    await company.turn()
    said = " ".join(reply.body for reply in await company.replies())
    assert "Alma" in said
    assert "Clínica Norte" in said


async def test_the_agent_is_off_or_proposes_from_the_next_turn_on(company: Company) -> None:
    await set_agent(company, lambda seen: replace(seen, agent_mode="draft"))
    await company.says("Hola")
    await company.turn()
    assert await company.replies() == []
    assert [turn.state for turn in await company.turns()] == ["awaiting_approval"]


@pytest.mark.parametrize("seconds", [0, 12.5])
async def test_a_burst_is_waited_for_as_long_as_is_set(company: Company, seconds: float) -> None:
    await set_agent(company, lambda seen: replace(seen, quiet_seconds=seconds, maximum_wait_seconds=20))
    await company.says("Hola")
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["due_in"], float) == seconds


async def test_a_burst_is_waited_for_no_longer_than_the_longest_wait(company: Company) -> None:
    await set_agent(company, lambda seen: replace(seen, quiet_seconds=10, maximum_wait_seconds=10))
    await company.says("Hola", "otra cosa")
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["due_in"], float) == 10
