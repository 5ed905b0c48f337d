"""Once a link has acted, the customer reads it in the chat: once, in their language, with the link that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.integration.meeting_links.office import HOST, SUNDAY, Office, at, make_office
from tests.support.api import Api


@pytest.fixture
async def office(api: Api) -> Office:
    office = await make_office(api)
    api.app.state.access = replace(api.door, meeting_links=replace(api.door.meeting_links, host=HOST))
    return office


async def test_a_move_is_told_once_with_the_next_link_and_a_cancellation_without_one(office: Office) -> None:
    await office.scene.says(office.talk, at=SUNDAY - timedelta(hours=1))
    await office.run("speak", language="pt", lead_id=office.talk.lead_id)
    path = await office.path()
    async with office.customer() as browser:
        moved = [await browser.post(f"{path}/move", data={"start": at(11).isoformat()}) for _ in range(3)]
        (told,) = await office.said()
        following = told.partition(HOST)[2]
        shown = await browser.get(following)
        cancelled = [await browser.post(f"{following}/cancel") for _ in range(2)]
    assert [one.status_code for one in moved] == [303, 409, 409]
    assert moved[0].headers["location"] == f"{following}?done=moved"
    assert told.startswith(
        "system|queued|Pronto: sua reunião com Luz Prado agora é ter 24 nov às 11:00.\n\nMudar ou cancelar: "
    )
    assert "11:00" in shown.text
    assert [one.status_code for one in cancelled] == [303, 409]
    _, told = await office.said()
    assert told.startswith("system|queued|Você cancelou sua reunião com Luz Prado de ter 24 nov às 11:00. Se quiser")
    assert HOST not in told


@pytest.mark.parametrize("against", ["shut_window", "opt_out", "confirm_always"])
async def test_nothing_is_said_that_may_not_leave_or_is_said_already(office: Office, against: str) -> None:
    hours = 24 if against == "shut_window" else 1
    await office.scene.says(office.talk, at=SUNDAY - timedelta(hours=hours))
    if against == "opt_out":
        await office.run("opt_out", lead_id=office.talk.lead_id)
    elif against == "confirm_always":
        await office.run("confirm_always")
    path = await office.path()
    async with office.customer() as browser:
        moved = await browser.post(f"{path}/move", data={"start": at(11).isoformat()})
    assert moved.status_code == 303
    assert await office.said() == []
