"""A customer moves a meeting by its link while its seller's calendar is at Google: agreed, taken, unseen, unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.channels import store_credential
from core.contracts import CalendarPending
from core.credential_names import seller_grant_name
from core.google.event import event_id_of
from core.secret import Secret
from orchestrator_service.chat.calendar_told import tell_calendar
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.models import NamedSeller
from tests.integration.meeting_links.office import HALF, Office, at, make_office
from tests.support.factories import ZONE
from tests.support.local_google import CLIENT, SELLER, SELLERS_GRANT, LocalGoogle, local_google

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.whatsapp import JsonObject
    from tests.support.api import Api


@dataclass
class AtGoogle:
    """The office, and its seller's calendar."""

    office: Office
    google: LocalGoogle
    door: GoogleDoor

    async def move(self, hour: int) -> int:
        """The customer's click; the answer's status."""
        path = await self.office.path()
        async with self.office.customer() as browser:
            content = f"start={at(hour).isoformat().replace('+', '%2B')}".encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return (await browser.post(f"{path}/move", content=content, headers=headers)).status_code

    async def later(self, by: timedelta = timedelta(minutes=1)) -> None:
        """The worker comes to the meeting when nobody else can be at it."""
        self.office.scene.api.clock.now += by
        links = self.office.scene.api.door.meeting_links
        await tell_calendar(
            self.office.scene.api.db, self.door, links, CalendarPending(self.office.scene.tenant, self.event)
        )

    @property
    def event(self) -> int:
        return self.office.event

    def ours(self) -> list[JsonObject]:
        """The meeting as it stands in Google: one or none."""
        held = self.google.world.calendars[SELLER].events.values()
        own = event_id_of(self.office.scene.tenant, self.event)
        return [one for one in held if one["id"] == own and one.get("status") != "cancelled"]

    async def bells(self) -> list[tuple[str, int]]:
        return [(one.kind, one.user_id) for one in await self.office.notices()]


@pytest.fixture
async def made(api: Api) -> AsyncGenerator[AtGoogle]:
    office = await make_office(api)
    async with local_google() as google:
        keyring = api.door.keyring
        door = GoogleDoor(google.calendar, google.consent, keyring, api.clock, local=True)
        async with api.db.tenant(office.scene.tenant) as tx:
            await store_credential(tx, keyring, CLIENT_ID, Secret(CLIENT.client_id))
            await store_credential(tx, keyring, CLIENT_SECRET, CLIENT.client_secret)
            await store_credential(tx, keyring, seller_grant_name(office.seller), Secret(SELLERS_GRANT))
            connected = Connected("oauth", SELLER, "Vendedor", ZONE.key)
            seller = NamedSeller(office.seller, office.luz.user_id, "Luz Prado")
            await write_connection(tx, seller, connected, office.luz.principal, api.clock())
        api.app.state.google = door
        yield AtGoogle(office, google, door)


async def test_a_move_that_google_takes_counts_and_rings_once(made: AtGoogle) -> None:
    assert await made.move(11) == 303
    assert (await made.office.stands()).starts_at == at(11)
    assert len(made.ours()) == 1
    assert await made.bells() == [("meeting_moved", made.office.luz.user_id)]
    await made.later()
    assert await made.bells() == [("meeting_moved", made.office.luz.user_id)]


async def test_a_time_that_is_taken_in_google_is_refused_and_nothing_changes(made: AtGoogle) -> None:
    busy: JsonObject = {
        "start": {"dateTime": at(11).isoformat(), "timeZone": ZONE.key},
        "end": {"dateTime": (at(11) + HALF).isoformat(), "timeZone": ZONE.key},
    }
    await made.google.by_hand(busy)
    assert await made.move(11) == 409
    assert (await made.office.stands()).starts_at == at(10)
    assert (await made.bells(), made.ours()) == ([], [])


async def test_a_calendar_that_cannot_be_seen_moves_nothing(made: AtGoogle) -> None:
    await made.google.fault("garbage", times=None, verb="list")
    assert await made.move(11) == 409
    assert (await made.office.stands()).starts_at == at(10)
    assert await made.bells() == []


async def test_a_move_that_google_answers_late_rings_and_is_told_when_it_counts(made: AtGoogle) -> None:
    await made.office.scene.says(made.office.talk)
    await made.google.fault("status", status=500, times=None, verb="insert")
    assert await made.move(11) in {200, 303}
    assert (await made.bells(), await made.office.said()) == ([], [])
    await made.google.order("/clear")
    await made.later()
    assert (await made.office.stands()).starts_at == at(11)
    assert len(made.ours()) == 1
    assert await made.bells() == [("meeting_moved", made.office.luz.user_id)]
    await made.later()
    assert len(await made.bells()) == 1
    (told,) = await made.office.said()
    assert told.startswith("system|queued|Listo: tu reunión con Luz Prado ahora es el mar 24 nov a las 11:00.")


@pytest.mark.proof
async def test_a_move_that_google_never_answers_is_undone_and_rings_nobody_as_moved(made: AtGoogle) -> None:
    await made.google.fault("status", status=500, times=None, verb="insert")
    assert await made.move(11) in {200, 303}
    assert (await made.office.stands()).starts_at == at(11)
    await made.later(timedelta(minutes=11))
    assert (await made.office.stands()).starts_at == at(10)
    assert ("meeting_moved", made.office.luz.user_id) not in await made.bells()
