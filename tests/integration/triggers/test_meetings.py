"""What is written because of a meeting: planned once, checked again when it leaves, sent once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from core.database_errors import ConstraintViolated
from tests.integration.api.scene import make_scene
from tests.integration.templates.office import FILLS, REMINDER, Office
from tests.support.api import Api
from tests.support.factories import Talk, make_event, make_seller

HOUR = timedelta(hours=1)


@dataclass
class Booked:
    """A meeting in two days of somebody who wrote, with reminders and a confirmation on."""

    office: Office
    talk: Talk
    event: int
    starts_at: datetime
    template: int

    @property
    def now(self) -> datetime:
        return self.office.scene.api.clock()

    async def set(self, status: str = "confirmed", *, starts_at: datetime | None = None) -> None:
        """The meeting stands otherwise, and its messages are planned anew."""
        begins = starts_at or self.starts_at
        times = {"starts_at": begins, "ends_at": begins + HOUR}
        await self.office.run("set_event", event_id=self.event, status=status, **times)
        await self.office.replan(self.event, self.now)

    async def kinds(self, status: str = "pending") -> list[str]:
        return [one.kind for one in await self.office.planned() if one.status == status]


@pytest.fixture
async def booked(api: Api) -> Booked:
    office = Office(await make_scene(api))
    now = api.clock()
    template = await office.template("cita", REMINDER)
    for kind in ("confirmation", "reminder_24h", "reminder_1h"):
        await office.trigger(kind, template, now=now)
    talk = await office.scene.talk("Ana Ruiz")
    seller = await make_seller(api.db, office.scene.tenant)
    starts = now + timedelta(days=2)
    event = await make_event(api.db, office.scene.tenant, seller, starts, starts + HOUR, lead_id=talk.lead_id)
    made = Booked(office, talk, event, starts, template)
    await made.set()
    return made


async def test_nineteen_changes_of_a_meeting_leave_one_pending_reminder_of_each_kind(booked: Booked) -> None:
    for number in range(19):
        await booked.set(starts_at=booked.starts_at + number * HOUR)
    await asyncio.gather(*(booked.office.replan(booked.event, booked.now) for _ in range(8)))
    pending = [one for one in await booked.office.planned() if one.status == "pending"]
    assert sorted(one.kind for one in pending) == ["confirmation", "reminder_1h", "reminder_24h"]
    assert {one.starts_at for one in pending} == {booked.starts_at + 18 * HOUR}


async def test_the_database_itself_refuses_a_second_pending_reminder(booked: Booked) -> None:
    with pytest.raises(ConstraintViolated) as refused:
        await booked.office.run("force_reminder", lead_id=booked.talk.lead_id, event_id=booked.event)
    assert refused.value.constraint == "scheduled_messages_one_of_meeting"


async def test_a_reminder_is_due_a_day_and_an_hour_before_and_mirrored_as_it_is_read(booked: Booked) -> None:
    await booked.office.send(booked.now)
    assert [one.origin_key.partition(":")[0] for one in await booked.office.written()] == ["trigger"], (
        "the confirmation"
    )
    assert await booked.office.send(booked.starts_at - 25 * HOUR) == 0
    assert await booked.office.send(booked.starts_at - 24 * HOUR) == 1
    assert await booked.office.send(booked.starts_at - HOUR) == 1
    bodies = [one.body for one in await booked.office.written()]
    assert len(bodies) == 3
    assert all(body.startswith("Hola Ana, te esperamos el ") for body in bodies)


async def test_automatic_messages_are_mirrored_so_they_are_not_sent_again(booked: Booked) -> None:
    rounds = await asyncio.gather(*(booked.office.send(booked.now) for _ in range(6)))
    await booked.set()  # planned anew: the confirmation for that time has left
    await booked.office.send(booked.now + HOUR)
    assert sum(rounds) == 1
    assert len(await booked.office.written()) == 1
    assert await booked.office.scene.count("deliveries") == 1


async def test_a_cancelled_meeting_takes_its_messages_with_it(booked: Booked) -> None:
    await booked.set("cancelled")
    assert await booked.kinds() == []
    assert await booked.office.send(booked.starts_at - 24 * HOUR) == 0


async def test_a_cancellation_that_was_not_planned_for_is_seen_at_sending(booked: Booked) -> None:
    times = {"starts_at": booked.starts_at, "ends_at": booked.starts_at + HOUR}
    await booked.office.run("set_event", event_id=booked.event, status="cancelled", **times)
    await booked.office.send(booked.starts_at - 24 * HOUR)
    assert await booked.office.written() == []
    assert {one.reason for one in await booked.office.planned() if one.status == "cancelled"} == {"meeting_changed"}


@pytest.mark.parametrize(("late", "sent"), [(timedelta(hours=20), 1), (timedelta(hours=22), 0)])
async def test_a_worker_that_was_away_sends_late_only_what_still_helps(
    booked: Booked, late: timedelta, sent: int
) -> None:
    await booked.office.send(booked.now)
    await booked.office.send(booked.starts_at - 24 * HOUR + late)
    assert len(await booked.office.written()) == 1 + sent


async def test_whoever_opted_out_gets_nothing(booked: Booked) -> None:
    await booked.office.run("opt_out", contact_id=booked.talk.contact_id)
    await booked.office.send(booked.now)
    assert await booked.office.written() == []
    assert "opted_out" in {one.reason for one in await booked.office.planned()}


async def test_while_the_company_pauses_sending_nothing_is_used_up(booked: Booked) -> None:
    await booked.office.run("pause_sending", paused=True)
    assert await booked.office.send(booked.now) == 0
    await booked.office.run("pause_sending", paused=False)
    assert await booked.office.send(booked.now + timedelta(minutes=11)) == 1


async def test_a_suspended_company_writes_to_nobody(booked: Booked) -> None:
    await booked.office.run("set_company", status="suspended")
    assert await booked.office.send(booked.now) == 0
    await booked.office.run("set_company", status="active")
    assert await booked.office.send(booked.now) == 1


async def test_switched_off_nothing_leaves_and_on_again_meetings_ahead_get_theirs(booked: Booked) -> None:
    await booked.office.trigger("reminder_24h", booked.template, enabled=False, now=booked.now)
    assert "reminder_24h" not in await booked.kinds()
    await booked.office.trigger("reminder_24h", booked.template, now=booked.now)
    assert "reminder_24h" in await booked.kinds()


async def test_a_template_that_was_withdrawn_is_told_not_sent(booked: Booked) -> None:
    await booked.office.run("set_template_status", template_id=booked.template, status="PAUSED")
    await booked.office.send(booked.now)
    assert await booked.kinds("refused") == ["confirmation"]
    assert await booked.office.written() == []


async def test_inside_the_window_the_free_text_is_sent_instead_and_outside_never(booked: Booked) -> None:
    text = "{{first_name}}, ¡nos vemos el {{meeting_day}}!"
    await booked.office.trigger("confirmation", booked.template, FILLS, window_text=text, now=booked.now)
    await booked.office.scene.says(booked.talk, at=booked.now - HOUR)
    await booked.office.send(booked.now)
    (free,) = await booked.office.written()
    assert (free.type, free.body.startswith("Ana, ¡nos vemos el ")) == ("text", True)
    await booked.office.trigger("reminder_24h", booked.template, FILLS, window_text=text, now=booked.now)
    await booked.office.send(booked.starts_at - 24 * HOUR)
    assert [one.type for one in await booked.office.written()] == ["text", "template"]


async def test_a_missed_meeting_is_followed_up_once(booked: Booked) -> None:
    await booked.office.trigger(
        "follow_up", booked.template, {**FILLS, "body:2": "hoy", "body:3": "diez"}, delay_minutes=60, now=booked.now
    )
    await booked.set("no_show")
    await booked.set("no_show")
    assert await booked.kinds() == ["follow_up"]
    await booked.office.send(booked.now + HOUR)
    assert await booked.kinds("sent") == ["follow_up"]
