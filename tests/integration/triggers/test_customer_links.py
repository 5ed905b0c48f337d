"""Messages about a meeting hold the customer's link; the team tells of a change; who did not come is asked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.customer_links import CustomerLinks
from tests.integration.api.scene import make_scene
from tests.integration.templates.office import FILLS, REMINDER, Office
from tests.support.api import Api
from tests.support.factories import Talk, make_event, make_seller

HOUR = timedelta(hours=1)
LINKED = [{"type": "BODY", "text": "Hola {{1}}, te esperamos. Cambia tu horario en {{2}} si hace falta."}]
LINK_FILLS = {"body:1": "{{first_name}}", "body:2": "{{meeting_link}}"}
HOST = "https://crm.example"


class Meeting:
    """A meeting in two days of somebody who may have written."""

    def __init__(self, office: Office, talk: Talk, event: int, starts_at: datetime) -> None:
        self.office, self.talk, self.event, self.starts_at = office, talk, event, starts_at
        self.api = office.scene.api
        self.links: CustomerLinks = replace(self.api.door.meeting_links, host=HOST)

    async def link(self, text: str) -> int:
        """The status of the page that a text leads to."""
        path = text.partition(HOST)[2].split()[0]
        async with self.api.browser() as browser:
            return (await browser.get(path)).status_code


@pytest.fixture
async def meeting(api: Api) -> Meeting:
    office = Office(await make_scene(api))
    talk = await office.scene.talk("Ana Ruiz")
    seller = await make_seller(api.db, office.scene.tenant, "Luz Prado")
    starts = (api.clock() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    event = await make_event(api.db, office.scene.tenant, seller, starts, starts + HOUR, lead_id=talk.lead_id)
    return Meeting(office, talk, event, starts)


async def test_the_free_text_of_a_confirmation_ends_with_the_link(meeting: Meeting) -> None:
    office, now = meeting.office, meeting.api.clock()
    template = await office.template("cita", REMINDER)
    await office.scene.says(meeting.talk, at=now - HOUR)
    await office.trigger("confirmation", template, window_text="¡Nos vemos, {{first_name}}!", now=now)
    await office.replan(meeting.event, now)
    assert await office.send(now, meeting.links) == 1
    (written,) = await office.written()
    assert written.body.startswith(f"¡Nos vemos, Ana!\n\nCambiar o cancelar: {HOST}/m/")
    assert await meeting.link(written.body) == 200


async def test_a_text_that_says_where_the_link_belongs_gets_no_second_one(meeting: Meeting) -> None:
    office, now = meeting.office, meeting.api.clock()
    template = await office.template("cita", REMINDER)
    await office.scene.says(meeting.talk, at=now - HOUR)
    await office.trigger("confirmation", template, window_text="Cámbiala en {{meeting_link}} si quieres", now=now)
    await office.replan(meeting.event, now)
    await office.send(now, meeting.links)
    (written,) = await office.written()
    assert written.body.count(HOST) == 1


async def test_outside_the_window_it_is_a_variable_of_the_template_and_the_reminder_has_the_same(
    meeting: Meeting,
) -> None:
    office, now = meeting.office, meeting.api.clock()
    template = await office.template("con_enlace", LINKED)
    for kind in ("confirmation", "reminder_24h"):
        await office.trigger(kind, template, LINK_FILLS, now=now)
    await office.replan(meeting.event, now)
    await office.send(now, meeting.links)
    await office.send(meeting.starts_at - 24 * HOUR, meeting.links)
    first, second = await office.written()
    assert first.type == "template"
    assert first.body == second.body
    assert await meeting.link(first.body) == 200


async def test_without_a_public_address_no_link_is_claimed(meeting: Meeting) -> None:
    office, now = meeting.office, meeting.api.clock()
    template = await office.template("con_enlace", LINKED)
    await office.scene.says(meeting.talk, at=now - HOUR)
    await office.trigger("confirmation", template, LINK_FILLS, window_text="¡Nos vemos!", now=now)
    await office.trigger("reminder_24h", template, LINK_FILLS, now=now)
    await office.replan(meeting.event, now)
    await office.send(now)
    await office.send(meeting.starts_at - 24 * HOUR)
    assert [one.body for one in await office.written()] == ["¡Nos vemos!"]
    assert [one.reason for one in await office.planned() if one.status == "refused"] == ["missing_values"]


async def test_a_missed_meeting_is_written_to_once_and_a_mark_taken_back_takes_it_along(meeting: Meeting) -> None:
    office, api = meeting.office, meeting.api
    template = await office.template("te_esperamos", [{"type": "BODY", "text": "Hola {{1}}, ¿buscamos otro horario?"}])
    await office.trigger("no_show", template, {"body:1": "{{first_name}}"}, delay_minutes=60, now=api.clock())
    _, before = await office.scene.browser()
    path = f"/agenda/events/{meeting.event}/mark"
    async with before:
        early = await before.post(path, json={"outcome": "no_show"})
    api.clock.now = meeting.starts_at + timedelta(minutes=10)
    _, browser = await office.scene.browser()
    async with browser:
        for outcome in ("no_show", "confirmed", "no_show", "no_show"):
            marked = await browser.post(path, json={"outcome": outcome})
            assert (marked.status_code, marked.json()["status"]) == (200, outcome)
            await office.replan(meeting.event, api.clock())
    assert (early.status_code, early.json()["code"]) == (409, "not_begun")
    planned = [(one.kind, one.status, one.reason) for one in await office.planned()]
    assert planned == [("no_show", "cancelled", "meeting_changed"), ("no_show", "pending", None)]
    assert await office.send(api.clock() + 2 * HOUR) == 1
    await office.replan(meeting.event, api.clock() + 3 * HOUR)
    assert [one.status for one in await office.planned()] == ["cancelled", "sent"]
    assert len(await office.written()) == 1
    assert [event.payload["event"]["status"] for event in await office.scene.events("EVENT_UPDATED")][-1] == "no_show"  # type: ignore[index,call-overload]


@pytest.mark.parametrize(("statement", "sent"), [("withdraw_marketing", 0), ("opt_out", 0), (None, 1)])
async def test_the_missed_are_written_to_only_with_their_consent(
    meeting: Meeting, statement: str | None, sent: int
) -> None:
    office, now = meeting.office, meeting.api.clock()
    template = await office.template("te_esperamos")
    await office.trigger("no_show", template, {"body:1": "{{first_name}}"}, now=now)
    times = {"starts_at": now - HOUR, "ends_at": now}
    await office.run("set_event", event_id=meeting.event, status="no_show", **times)
    await office.replan(meeting.event, now)
    if statement is not None:
        await office.run(statement, contact_id=meeting.talk.contact_id)
    await office.send(now)
    assert len(await office.written()) == sent


async def test_the_team_tells_of_a_move_in_the_open_window_once(meeting: Meeting) -> None:
    office, now = meeting.office, meeting.api.clock()
    await office.scene.says(meeting.talk, at=now - HOUR)
    _, browser = await office.scene.browser("secretary")
    path = f"/agenda/events/{meeting.event}/telling"
    async with browser:
        shown = await browser.get(path)
        told = [await browser.post(path) for _ in range(3)]
    assert (shown.json()["way"], shown.json()["name"]) == ("text", "Ana Ruiz")
    assert shown.json()["text"].startswith("Hola Ana, tu reunión con Luz Prado ahora es el ")
    assert {answer.status_code for answer in told} == {200}
    assert [one.body for one in await office.written()] == [shown.json()["text"]]


async def test_a_shut_window_takes_the_confirmations_template_or_says_why_not(meeting: Meeting) -> None:
    office, now = meeting.office, meeting.api.clock()
    _, browser = await office.scene.browser()
    path = f"/agenda/events/{meeting.event}/telling"
    async with browser:
        shut = await browser.post(path)
        template = await office.template("cita", REMINDER)
        await office.trigger("confirmation", template, FILLS, enabled=False, now=now)
        by_template = await browser.post(path)
        await office.trigger("confirmation", template, FILLS, now=now)
        automatic = await browser.get(path)
        twice = await browser.post(path)
        await browser.post(f"/agenda/events/{meeting.event}/cancel")
        cancelled = await browser.get(path)
    assert (shut.status_code, shut.json()["why"]) == (409, "window_shut")
    assert by_template.json()["way"] == "template"
    assert automatic.json()["way"] == "automatic"
    assert (twice.status_code, twice.json()["why"]) == (409, "automatic")
    assert cancelled.json()["why"] == "window_shut", "the confirmation's template does not say that it is off"
    assert [one.type for one in await office.written()] == ["template"]


@pytest.mark.parametrize(("statement", "params", "why"), [
    ("opt_out", "contact", "opted_out"), ("pause_sending", "paused", "paused"),
])  # fmt: skip
async def test_nobody_is_told_against_their_will_or_the_companys(
    meeting: Meeting, statement: str, params: str, why: str
) -> None:
    office = meeting.office
    await office.scene.says(meeting.talk)
    given: dict[str, object] = {"paused": True} if params == "paused" else {"contact_id": meeting.talk.contact_id}
    await office.run(statement, **given)
    _, browser = await office.scene.browser()
    async with browser:
        refused = await browser.post(f"/agenda/events/{meeting.event}/telling")
    assert (refused.status_code, refused.json()["why"]) == (409, why)
    assert await office.written() == []
