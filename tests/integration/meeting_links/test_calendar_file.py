"""The calendar file, read back as calendars read it: one meeting for ever, moved and cancelled by its revisions."""

from __future__ import annotations

from datetime import datetime

import pytest
from icalendar import Calendar, Event

from tests.integration.meeting_links.office import Office, at, make_office
from tests.support.api import Api


@pytest.fixture
async def office(api: Api) -> Office:
    return await make_office(api)


def read(content: bytes) -> tuple[str, Event]:
    """Its method and its one event."""
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return str(calendar["METHOD"]), event


def starts(event: Event) -> datetime:
    moment = event.decoded("DTSTART")
    assert isinstance(moment, datetime)
    return moment


async def test_a_move_and_a_cancellation_are_revisions_of_one_meeting(office: Office) -> None:
    _, team = await office.scene.browser()
    path = await office.path()
    async with office.customer() as browser, team:
        method, first = read((await browser.get(f"{path}/meeting.ics")).content)
        assert method == "PUBLISH"
        assert starts(first) == at(10)
        assert str(first["SUMMARY"]) == "Reunión con Luz Prado, Acme"
        await office.run("age_event")
        moved = await browser.post(f"{path}/move", data={"start": at(11).isoformat()})
        following = moved.headers["location"].partition("?")[0]
        _, second = read((await browser.get(f"{following}/meeting.ics")).content)
        await office.run("age_event")
        await browser.post(f"{following}/cancel")
        method, third = read((await browser.get(f"{following}/meeting.ics")).content)
        own = await team.get(f"/agenda/events/{office.event}/ics")
    assert starts(second) == at(11)
    assert (method, str(third["STATUS"])) == ("CANCEL", "CANCELLED")
    assert first["UID"] == second["UID"] == third["UID"]
    revisions = [int(str(event["SEQUENCE"])) for event in (first, second, third)]
    assert revisions == sorted(set(revisions)), "each change grows"
    assert own.headers["content-type"].startswith("text/calendar")
    assert read(own.content)[1]["UID"] == first["UID"]
