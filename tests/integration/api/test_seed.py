"""The demonstration's company is filled once, in every stage, with meetings of this week."""

from __future__ import annotations

from datetime import UTC, datetime

from nexus.demo.people import PEOPLE
from nexus.demo.seed import seed_company
from tests.integration.api.scene import make_scene
from tests.support.api import Api
from tests.support.factories import make_seller

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)


async def test_the_company_is_filled_once(api: Api) -> None:
    scene = await make_scene(api)
    ceo, browser = await scene.browser()
    await make_seller(api.db, scene.tenant, user_id=ceo.user_id)
    assert await seed_company(api.db, scene.tenant, ceo.principal, NOW) == len(PEOPLE)
    assert await seed_company(api.db, scene.tenant, ceo.principal, NOW) == 0
    window = {"from": "2026-11-23T00:00:00Z", "to": "2026-11-30T00:00:00Z"}
    async with browser:
        leads = (await browser.get("/crm/leads")).json()["items"]
        stages = (await browser.get("/crm/pipeline/stages")).json()["items"]
        waiting = (await browser.get("/chat/conversations", params={"needs_person": "true"})).json()["items"]
        meetings = (await browser.get("/agenda/events", params=window)).json()["items"]
    assert {lead["stage_key"] for lead in leads} == {stage["key"] for stage in stages}
    assert [line["lead_name"] for line in waiting] == ["Luis Paz"]
    assert len(meetings) == sum(person.meeting is not None for person in PEOPLE)
