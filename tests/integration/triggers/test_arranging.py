"""Who sets up what is written by itself, and what is refused."""

from __future__ import annotations

import pytest

from core.contracts import MeetingChanged
from orchestrator_service.agenda.create_meeting import create_meeting
from orchestrator_service.triggers.plan import plan_meeting
from tests.integration.api.scene import make_scene
from tests.integration.templates.office import FILLS, REMINDER, Office
from tests.support.api import Api
from tests.support.factories import make_seller


@pytest.fixture
async def office(api: Api) -> Office:
    return Office(await make_scene(api))


async def test_every_kind_is_shown_and_the_secretary_only_looks(office: Office) -> None:
    template = await office.template("cita", REMINDER)
    _, ceo = await office.scene.browser("ceo")
    _, secretary = await office.scene.browser("secretary")
    body = {"enabled": True, "template_id": template, "fills": FILLS, "quiet_from": "21:00", "quiet_to": "08:00"}
    async with ceo, secretary:
        assert (await secretary.put("/chat/triggers/reminder_24h/0", json=body)).status_code == 403
        set_up = await ceo.put("/chat/triggers/reminder_24h/0", json=body)
        listed = (await secretary.get("/chat/triggers")).json()["items"]
    assert set_up.status_code == 200, set_up.text
    assert [(one["kind"], one["step"], one["enabled"]) for one in listed] == [
        ("confirmation", 0, False),
        ("reminder_24h", 0, True),
        ("reminder_1h", 0, False),
        ("no_show", 0, False),
        ("follow_up", 0, False),
        ("reactivation", 1, False),
    ]
    assert (listed[1]["quiet_from"], listed[1]["fills"]) == ("21:00:00", FILLS)


@pytest.mark.parametrize(
    ("kind", "step", "body", "code"),
    [
        ("reminder_24h", 0, {"enabled": True}, "trigger_incomplete"),
        ("reminder_24h", 0, {"enabled": True, "template_id": 0, "fills": {"body:1": "x"}}, "template_incomplete"),
        ("reminder_24h", 0, {"enabled": False, "fills": {"body:1": "{{password}}"}}, "unknown_field"),
        ("reminder_24h", 1, {"enabled": False}, "step_refused"),
        ("reactivation", 2, {"enabled": False}, "step_refused"),
    ],
)
async def test_what_could_not_be_sent_cannot_be_switched_on(
    office: Office, kind: str, step: int, body: dict[str, object], code: str
) -> None:
    template = await office.template("cita", REMINDER)
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        wanted = body | ({"template_id": template} if "template_id" in body else {})
        refused = await ceo.put(f"/chat/triggers/{kind}/{step}", json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (409, code)


async def test_only_the_last_step_of_the_sequence_can_be_removed(office: Office) -> None:
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        for step in (1, 2):
            assert (await ceo.put(f"/chat/triggers/reactivation/{step}", json={"enabled": False})).status_code == 200
        assert (await ceo.delete("/chat/triggers/reactivation/1")).json()["code"] == "step_refused"
        left = await ceo.delete("/chat/triggers/reactivation/2")
    assert [one["step"] for one in left.json()["items"] if one["kind"] == "reactivation"] == [1]


async def test_a_booking_tells_upwards_by_job_and_its_messages_are_planned(office: Office) -> None:
    scene = office.scene
    template = await office.template("cita", REMINDER)
    now = scene.api.clock()
    await office.trigger("confirmation", template, now=now)
    talk, seller = await scene.talk(), await make_seller(scene.api.db, scene.tenant)
    ceo, _ = await scene.browser("ceo")
    async with scene.api.db.tenant(scene.tenant) as tx:
        starts = now.replace(minute=0) + (now.replace(day=2) - now.replace(day=1))
        event = await create_meeting(
            tx,
            seller_id=seller,
            starts_at=starts,
            ends_at=starts.replace(minute=30),
            lead_id=talk.lead_id,
            title="Demo",
            by=ceo.user_id,
        )
    async with scene.api.db.bare_connection() as connection:
        jobs = await connection.fetch("SELECT args FROM procrastinate_jobs WHERE task_name = $1", MeetingChanged.NAME)
    assert [job["args"] for job in jobs] == [{"tenant_id": int(scene.tenant), "event_id": event}]
    await plan_meeting(scene.api.db, scene.api.clock, MeetingChanged(int(scene.tenant), event))
    assert [(one.kind, one.lead_id) for one in await office.planned()] == [("confirmation", talk.lead_id)]
