"""Conversion without the agent (PRODUCT §9.5): every door by which a lead's last criterion is met tells the rule.

There is no door for a sale yet: the books are kept by nobody so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from core.contracts import LeadEdited, MeetingChanged
from core.statements import sibling_statements
from orchestrator_service.conversion.rule import judge_edited, judge_met
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.factories import Talk, make_event, make_qualification, make_seller, make_tenant

SQL = sibling_statements(__file__)


@dataclass
class Office:
    """A company with a qualified lead of a full name, a seller, and a ceo in the web app."""

    scene: Scene
    talk: Talk
    seller_id: int
    ceo: httpx.AsyncClient

    async def work(self) -> None:
        """Work off what was deferred about leads and meetings, as the worker would."""
        async with self.scene.api.db.bare_connection() as connection:
            jobs = await connection.fetch("DELETE FROM procrastinate_jobs RETURNING task_name, args")
        for job in jobs:
            if job["task_name"] == LeadEdited.NAME:
                await judge_edited(self.scene.api.db, self.scene.api.clock, LeadEdited(**job["args"]))
            if job["task_name"] == MeetingChanged.NAME:
                await judge_met(self.scene.api.db, self.scene.api.clock, MeetingChanged(**job["args"]))

    async def clients(self) -> int:
        await self.work()
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.value(SQL["clients"], int) or 0

    async def meeting(self, *, status: str = "confirmed", starts_in: timedelta = timedelta(days=1)) -> int:
        """A meeting that came past every door."""
        at = self.noon(starts_in)
        return await make_event(
            self.scene.api.db,
            self.scene.tenant,
            self.seller_id,
            at,
            at + timedelta(minutes=30),
            status=status,
            lead_id=self.talk.lead_id,
        )

    def noon(self, ahead: timedelta) -> datetime:
        return (self.scene.api.clock() + ahead).replace(hour=15, minute=0, second=0, microsecond=0)

    async def patch(self, **changes: object) -> None:
        answer = await self.ceo.patch(f"/crm/leads/{self.talk.lead_id}", json=changes)
        assert answer.status_code == 200, answer.text


@pytest.fixture
async def office(api: Api) -> Office:
    scene = await make_scene(api)
    talk = await scene.talk("Ana Ruiz")
    await make_qualification(api.db, scene.tenant, talk)
    _, ceo = await scene.browser("ceo")
    return Office(scene, talk, await make_seller(api.db, scene.tenant), ceo)


async def test_a_meeting_that_the_team_enters_makes_the_client(office: Office) -> None:
    starts = office.noon(timedelta(days=1))
    body = {
        "seller_id": office.seller_id,
        "lead_id": office.talk.lead_id,
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(minutes=30)).isoformat(),
        "force": True,
    }
    answer = await office.ceo.post("/agenda/events", json=body)
    assert answer.status_code == 201, answer.text
    assert await office.clients() == 1
    assert (await office.ceo.get(f"/crm/leads/{office.talk.lead_id}")).json()["stage_key"] == "won"


async def test_a_meeting_that_is_restored_makes_the_client(office: Office) -> None:
    event = await office.meeting(status="cancelled")
    assert await office.clients() == 0
    assert (await office.ceo.post(f"/agenda/events/{event}/restore")).status_code == 200
    assert await office.clients() == 1


async def test_a_missed_meeting_that_took_place_after_all_makes_the_client(office: Office) -> None:
    event = await office.meeting(status="no_show", starts_in=timedelta(days=-2))
    answer = await office.ceo.post(f"/agenda/events/{event}/mark", json={"outcome": "done"})
    assert answer.status_code == 200, answer.text
    assert await office.clients() == 1


async def test_another_stage_makes_the_client(office: Office) -> None:
    await office.meeting()
    await office.patch(stage_key="meeting")
    assert await office.clients() == 1


async def test_a_bulk_change_of_the_stage_makes_the_client(office: Office) -> None:
    await office.meeting()
    body = {"lead_ids": [office.talk.lead_id], "stage_key": "meeting"}
    answer = await office.ceo.post("/crm/leads/bulk", json=body)
    assert answer.status_code == 200, answer.text
    assert await office.clients() == 1


async def test_the_surname_that_was_missing_makes_the_client(office: Office) -> None:
    await office.patch(full_name="Ana")
    await office.meeting()
    assert await office.clients() == 0
    await office.patch(full_name="Ana Ruiz")
    assert await office.clients() == 1


async def test_a_stage_alone_makes_no_client_and_a_lost_lead_stays_lost(office: Office) -> None:
    await office.patch(stage_key="meeting")
    assert await office.clients() == 0
    await office.meeting()
    await office.patch(stage_key="lost", lost_reason="Precio")
    assert await office.clients() == 0


async def test_a_cancelled_meeting_and_a_move_of_the_value_tell_nothing(office: Office) -> None:
    event = await office.meeting()
    assert (await office.ceo.post(f"/agenda/events/{event}/cancel")).status_code == 200
    await office.patch(company="Clínica Ruiz")
    assert await office.clients() == 0


async def test_another_companys_job_and_a_deleted_lead_change_nothing(office: Office) -> None:
    event = await office.meeting()
    other = await make_tenant(office.scene.api.db, "Other")
    await judge_met(office.scene.api.db, office.scene.api.clock, MeetingChanged(int(other), event))
    await judge_edited(office.scene.api.db, office.scene.api.clock, LeadEdited(int(other), office.talk.lead_id))
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        assert await tx.run(SQL["delete_lead"], lead_id=office.talk.lead_id) == 1
    await judge_met(office.scene.api.db, office.scene.api.clock, MeetingChanged(int(office.scene.tenant), event))
    assert await office.clients() == 0
