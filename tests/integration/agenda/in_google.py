"""The scene's seller with a calendar at the local Google, and hands in it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.channels import store_credential
from core.contracts import CalendarPending
from core.credential_names import seller_grant_name
from core.customer_links import CustomerLinks
from core.google.event import event_id_of
from core.principal import Principal
from core.secret import Secret
from orchestrator_service.agenda.book import Confirming, Wish, book
from orchestrator_service.agenda.booking import Booked, NotBooked
from orchestrator_service.agenda.offering import Days, look_in_google
from orchestrator_service.chat.calendar_told import tell_calendar
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.models import NamedSeller
from tests.integration.agenda.scene import (
    HALF_HOUR,
    NOW,
    SQL,
    TEN,
    TOMORROW,
    Scene,
    make_scene,
    offer,
    plant_offer,
)
from tests.support.api import StillClock
from tests.support.factories import KEYRING, ZONE, make_user
from tests.support.local_google import CLIENT, OTHER, OTHERS_GRANT, SELLER, SELLERS_GRANT, LocalGoogle, local_google

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.database import Database
    from core.google.calendar import GoogleCalendar
    from core.whatsapp import JsonObject
    from orchestrator_service.agenda.offers import Offers
    from tests.support.factories import Talk

# Customers cannot reach this installation.
NO_LINKS = CustomerLinks(bytes(32), "meeting", "/m/", None)


@dataclass
class InGoogle:
    """A scene, the local Google and a clock that the test moves."""

    scene: Scene
    google: LocalGoogle
    principal: Principal
    clock: StillClock = field(default_factory=lambda: StillClock(NOW))
    calendar: GoogleCalendar | None = None

    @property
    def door(self) -> GoogleDoor:
        return GoogleDoor(self.calendar or self.google.calendar, self.google.consent, KEYRING, self.clock, local=True)

    @property
    def tenant_id(self) -> int:
        return self.scene.tenant_id

    def events(self, calendar: str = SELLER) -> list[JsonObject]:
        """What stands in the calendar, deleted ones not."""
        held = self.google.world.calendars[calendar].events.values()
        return [event for event in held if event.get("status") != "cancelled"]

    def starts(self, event_id: int, calendar: str = SELLER) -> list[datetime]:
        """When our meeting begins there; empty where it is not."""
        whens = [one["start"] for one in self.ours(event_id, calendar)]
        return [datetime.fromisoformat(str(when["dateTime"])) for when in whens if isinstance(when, dict)]

    def ours(self, event_id: int, calendar: str = SELLER) -> list[JsonObject]:
        """Our meeting there: one or none."""
        return [one for one in self.events(calendar) if one["id"] == event_id_of(self.tenant_id, event_id)]

    async def busy_by_hand(self, start: datetime = TEN, length: timedelta = HALF_HOUR, **more: str) -> JsonObject:
        return await self.google.by_hand(hand_written(start, length, **more))

    async def plant(self, starts_at: datetime = TEN, *, talk: Talk | None = None) -> str:
        return await plant_offer(self.scene, talk or self.scene.talk, starts_at)

    async def book(self, offer_id: str, *, talk: Talk | None = None) -> Booked | Confirming | NotBooked:
        who = talk or self.scene.talk
        wish = Wish(who.conversation_id, who.lead_id, offer_id, "Wants a demo")
        return await book(self.scene.db, self.door, self.tenant_id, wish, now=self.clock())

    async def offers(self, *, most: int = 100) -> Offers:
        days = Days(TOMORROW, TOMORROW, None, ZONE.key, "es")
        live = await look_in_google(self.scene.db, self.door, self.tenant_id, days, now=self.clock())
        return await offer(self.scene, most=most, live=live, now=self.clock())

    async def job(self, event_id: int) -> None:
        """The worker comes to the meeting."""
        await tell_calendar(self.scene.db, self.door, NO_LINKS, CalendarPending(self.tenant_id, event_id))

    async def later(self, event_id: int, by: timedelta = timedelta(minutes=1)) -> None:
        """The worker comes when whoever was at it must have died."""
        self.clock.now += by
        await self.job(event_id)

    async def rows(self) -> list[str]:
        """Every event of the agenda: status and what Google is still to be told."""
        async with self.scene.db.tenant(self.tenant_id) as tx:
            return [one.shown for one in await tx.all(SQL["shown_events"], _Shown)]

    async def meeting_id(self) -> int:
        async with self.scene.db.tenant(self.tenant_id) as tx:
            found = await tx.value(SQL["last_event"], int)
        assert found is not None
        return found

    async def connect(self, seller_id: int, calendar: str, grant: str) -> None:
        async with self.scene.db.tenant(self.tenant_id) as tx:
            await store_credential(tx, KEYRING, seller_grant_name(seller_id), Secret(grant))
            connected = Connected("oauth", calendar, "Vendedor", ZONE.key)
            await write_connection(tx, NamedSeller(seller_id, None, "Ana Pérez"), connected, self.principal, NOW)

    async def connect_other(self, seller_id: int) -> None:
        """A second seller, with the other account's calendar."""
        await self.connect(seller_id, OTHER, OTHERS_GRANT)


@dataclass(frozen=True)
class _Shown:
    shown: str


@asynccontextmanager
async def in_google(db: Database) -> AsyncGenerator[InGoogle]:
    """A company whose only seller has a calendar at a Google of its own."""
    scene = await make_scene(db)
    user_id = await make_user(db, scene.tenant_id, role="ceo")
    async with local_google() as google:
        made = InGoogle(scene, google, Principal(scene.tenant_id, user_id, "ceo"))
        async with db.tenant(scene.tenant_id) as tx:
            await store_credential(tx, KEYRING, CLIENT_ID, Secret(CLIENT.client_id))
            await store_credential(tx, KEYRING, CLIENT_SECRET, CLIENT.client_secret)
        await made.connect(scene.seller_id, SELLER, SELLERS_GRANT)
        yield made


def hand_written(start: datetime, length: timedelta = HALF_HOUR, **more: str) -> JsonObject:
    """An event as somebody writes it in Google's own page."""
    return {
        "start": {"dateTime": start.isoformat(), "timeZone": ZONE.key},
        "end": {"dateTime": (start + length).isoformat(), "timeZone": ZONE.key},
        **more,
    }


def with_calendar(made: InGoogle, calendar: GoogleCalendar) -> InGoogle:
    """The same company through another client."""
    return replace(made, calendar=calendar)
