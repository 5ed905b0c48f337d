"""Follow-ups and reactivations: one at a time for a lead, and none after a reply, a booking or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.triggers.plan import plan_silent
from tests.integration.api.scene import make_scene
from tests.integration.templates.office import Office
from tests.support.api import Api
from tests.support.factories import Talk, make_event, make_seller

DAY = timedelta(days=1)
NAME = {"body:1": "{{first_name}}"}


@dataclass
class Silent:
    """Somebody wrote two days ago, was answered an hour later, and has said nothing since."""

    office: Office
    talk: Talk
    now: datetime

    async def plan(self, now: datetime | None = None) -> int:
        async with self.office.scene.api.db.tenant(self.office.scene.tenant) as tx:
            return await plan_silent(tx, now or self.now)

    async def states(self) -> list[tuple[str, int, str, str | None]]:
        return [(one.kind, one.step, one.status, one.reason) for one in await self.office.planned()]


@pytest.fixture
async def silent(api: Api) -> Silent:
    office = Office(await make_scene(api))
    now = api.clock()
    talk = await office.scene.talk("Ana Ruiz")
    await office.scene.says(talk, at=now - 2 * DAY)
    async with api.db.tenant(office.scene.tenant) as tx:
        answer = NewMessage(talk.conversation_id, "out", "agent", "¿Te sirve?", "turn:1:reply:0", "sent")
        await append_chat_message(tx, answer)
    await office.run(
        "silent_since", conversation_id=talk.conversation_id, moved_at=now - 47 * DAY / 24, wrote_at=now - 2 * DAY
    )
    template = await office.template()
    await office.trigger("follow_up", template, NAME, delay_minutes=24 * 60, now=now)
    return Silent(office, talk, now)


async def test_a_silence_is_followed_up_once(silent: Silent) -> None:
    assert [await silent.plan(), await silent.plan()] == [1, 0]
    assert await silent.office.send(silent.now) == 1
    await silent.office.run("was_sent")
    await silent.office.run(
        "silent_since",
        conversation_id=silent.talk.conversation_id,
        moved_at=silent.now - 1.5 * DAY,
        wrote_at=silent.now - 2 * DAY,
    )
    assert await silent.plan() == 0, "once for each silence"
    assert [one.body for one in await silent.office.written() if one.author == "system"] == ["Hola Ana"]


async def test_a_reply_stops_it(silent: Silent) -> None:
    await silent.plan()
    await silent.office.scene.says(silent.talk, "STOP", at=silent.now + timedelta(minutes=1))
    await silent.office.send(silent.now + timedelta(minutes=2))
    assert await silent.states() == [("follow_up", 0, "cancelled", "replied")]


async def test_a_booking_stops_it(silent: Silent) -> None:
    await silent.plan()
    scene, later = silent.office.scene, silent.now + DAY
    seller = await make_seller(scene.api.db, scene.tenant)
    await make_event(scene.api.db, scene.tenant, seller, later, later + DAY / 24, lead_id=silent.talk.lead_id)
    await silent.office.send(silent.now)
    assert await silent.states() == [("follow_up", 0, "cancelled", "booked")]


async def test_a_person_who_has_taken_over_stops_it(silent: Silent) -> None:
    await silent.plan()
    _, ceo = await silent.office.scene.browser("ceo")
    async with ceo:
        await ceo.post(f"/chat/conversations/{silent.talk.conversation_id}/takeover")
    await silent.office.send(silent.now)
    assert await silent.states() == [("follow_up", 0, "cancelled", "person_has_it")]


@pytest.mark.parametrize("withdrawal", ["opt_out", "withdraw_marketing"])
async def test_an_opt_out_stops_it_even_of_advertising_alone(silent: Silent, withdrawal: str) -> None:
    await silent.plan()
    await silent.office.run(withdrawal, contact_id=silent.talk.contact_id)
    await silent.office.send(silent.now)
    assert await silent.states() == [("follow_up", 0, "cancelled", "opted_out")]


async def test_one_follow_up_or_reactivation_waits_for_a_lead(silent: Silent) -> None:
    (template, *_) = [await silent.office.template("otra")]
    await silent.office.trigger("reactivation", template, NAME, step=1, delay_minutes=24 * 60, now=silent.now)
    assert await silent.plan() == 1
    assert [state for *_, state, _ in await silent.states()] == ["pending"]


async def test_switching_it_on_wakes_nobody_of_long_ago(silent: Silent) -> None:
    await silent.office.run(
        "silent_since",
        conversation_id=silent.talk.conversation_id,
        moved_at=silent.now - 40 * DAY,
        wrote_at=silent.now - 41 * DAY,
    )
    assert await silent.plan() == 0


async def test_a_reactivation_goes_step_by_step(silent: Silent) -> None:
    template = await silent.office.template("vuelve")
    await silent.office.trigger("follow_up", template, NAME, enabled=False, now=silent.now)
    for step in (1, 2):
        await silent.office.trigger("reactivation", template, NAME, step=step, delay_minutes=24 * 60, now=silent.now)
    await silent.plan()
    await silent.office.send(silent.now)
    assert await silent.states() == [("reactivation", 1, "sent", None)]
    await silent.office.run("was_sent")
    await silent.office.run(
        "silent_since",
        conversation_id=silent.talk.conversation_id,
        moved_at=silent.now - 1.5 * DAY,
        wrote_at=silent.now - 2 * DAY,
    )
    assert await silent.plan() == 1
    assert (await silent.states())[-1] == ("reactivation", 2, "pending", None)
