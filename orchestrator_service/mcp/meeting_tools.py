"""Tools of the agenda: free times, meetings, and booking, moving and cancelling them by the rules of the web app."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, StringConstraints

from core.json_types import JsonObject
from core.paging import OLDEST, moment_cursor, moment_of, page
from core.undone import undone
from orchestrator_service.agenda.change_meeting import Move, cancel_event
from orchestrator_service.agenda.create_meeting import EnteredMeeting
from orchestrator_service.agenda.free_times import Asked, free_times
from orchestrator_service.agenda.move import enter, move
from orchestrator_service.agenda.reading import Window, list_events, seen_by
from orchestrator_service.agenda.rehearse import rehearse_entering, rehearse_moving
from orchestrator_service.agenda.schemas import AvailabilityView, EventView
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.mcp.models import Arguments, Caller, Tool
from orchestrator_service.mcp.reading_tools import Paged, RowId, shown
from orchestrator_service.sellers.reading import list_sellers

_MOST_SELLERS: Final = 100


class Slots(Arguments):
    """One day of one seller."""

    seller_id: RowId
    day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
    minutes: Annotated[int, Field(ge=5, le=480)] | None = None


class Meetings(Paged):
    """What lies between two moments, 92 days at most."""

    starts: AwareDatetime
    ends: AwareDatetime
    seller_id: RowId | None = None


class Booking(Arguments):
    """Times need an offset. `lead_id` is whom the meeting is with."""

    seller_id: RowId
    starts_at: AwareDatetime
    minutes: Annotated[int, Field(ge=5, le=480)] = 30
    lead_id: RowId | None = None
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")] = ""

    def meeting(self) -> EnteredMeeting:
        """As the agenda takes it; no rule is overruled."""
        starts = self.starts_at.astimezone(UTC)
        return EnteredMeeting(
            self.seller_id, starts, starts + timedelta(minutes=self.minutes), self.lead_id, self.title
        )


class Rescheduling(Arguments):
    """Where the meeting goes; with `seller_id` to another seller."""

    event_id: RowId
    starts_at: AwareDatetime
    minutes: Annotated[int, Field(ge=5, le=480)] = 30
    seller_id: RowId | None = None

    def move(self) -> Move:
        """As the agenda takes it; no rule is overruled."""
        starts = self.starts_at.astimezone(UTC)
        return Move(starts, starts + timedelta(minutes=self.minutes), self.seller_id)


class OneMeeting(Arguments):
    """One meeting."""

    event_id: RowId


class NoArguments(Arguments):
    """No arguments."""


async def sellers(caller: Caller, _: NoArguments) -> JsonObject:
    """Whose agendas the caller may see, and in which zone they work."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        found = await list_sellers(tx, caller.principal, after_id=0, most=_MOST_SELLERS, now=caller.now)
    return {"items": [{"id": one.id, "name": one.name, "zone": one.zone, "active": one.active} for one in found]}


async def slots(caller: Caller, wanted: Slots) -> JsonObject:
    """The free times of the day, Google asked at this moment."""
    asked = Asked(wanted.seller_id, wanted.day, wanted.minutes)
    found = await free_times(caller.database, caller.google, caller.principal, asked, now=caller.now)
    return shown(AvailabilityView.of(found))


async def meetings(caller: Caller, wanted: Meetings) -> JsonObject:
    """A page of the agenda, earliest first."""
    after = moment_of(wanted.cursor) if wanted.cursor else (OLDEST, 0)
    window = Window(wanted.starts, wanted.ends, wanted.seller_id)
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        events = await list_events(tx, caller.principal, window, after=after, most=wanted.limit + 1)
    return shown(
        page(events, wanted.limit, show=EventView.of, cursor=lambda event: moment_cursor(event.starts_at, event.id))
    )


async def book(caller: Caller, wanted: Booking) -> JsonObject:
    """The meeting as it stands; `held`: Google has not answered yet."""
    event = await enter(caller.database, caller.google, caller.principal, wanted.meeting(), now=caller.now)
    return shown(EventView.of(seen_by(caller.principal, event)))


async def rehearse_booking(caller: Caller, wanted: Booking) -> JsonObject:
    """The meeting that would be entered; it has no number yet."""
    event = await rehearse_entering(caller.database, caller.google, caller.principal, wanted.meeting(), now=caller.now)
    told = shown(EventView.of(seen_by(caller.principal, event)))
    return {"book": {name: value for name, value in told.items() if name not in {"id", "status"}}}


async def reschedule(caller: Caller, wanted: Rescheduling) -> JsonObject:
    """The meeting as it stands."""
    event = await move(caller.database, caller.google, caller.principal, wanted.event_id, wanted.move(), now=caller.now)
    return shown(EventView.of(seen_by(caller.principal, event)))


async def rehearse_rescheduling(caller: Caller, wanted: Rescheduling) -> JsonObject:
    """The meeting where it would be."""
    event = await rehearse_moving(
        caller.database, caller.google, caller.principal, wanted.event_id, wanted.move(), now=caller.now
    )
    return {"move": shown(EventView.of(seen_by(caller.principal, event)))}


async def cancel(caller: Caller, wanted: OneMeeting) -> JsonObject:
    """The cancelled meeting."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        event = await cancel_event(tx, caller.principal, wanted.event_id, now=caller.now)
    return shown(EventView.of(seen_by(caller.principal, event)))


async def rehearse_cancelling(caller: Caller, wanted: OneMeeting) -> JsonObject:
    """The meeting that would be cancelled."""
    async with undone(caller.database, caller.principal.tenant_id) as tx:
        event = await cancel_event(tx, caller.principal, wanted.event_id, now=caller.now)
    return {"cancel": shown(EventView.of(seen_by(caller.principal, event)))}


_EVENT: Final = ("event", "event_id")
_SELLER: Final = ("seller", "seller_id")
MEETINGS: Final = (
    Tool("list_sellers", "Whose agenda can be seen or booked: number, name and time zone.", Permission.AGENDA_READ,
         NoArguments, sellers),
    Tool("list_slots", "A seller's free times on a day.", Permission.AGENDA_READ, Slots, slots, record=_SELLER),
    Tool("list_meetings", "Meetings between two moments, earliest first.", Permission.AGENDA_READ, Meetings, meetings),
    Tool("book_meeting", "Book a meeting with a seller.", Permission.AGENDA_BOOK, Booking, book, rehearse_booking,
         record=_SELLER),
    Tool("reschedule_meeting", "Move a meeting to another time or seller.", Permission.AGENDA_WRITE, Rescheduling,
         reschedule, rehearse_rescheduling, record=_EVENT),
    Tool("cancel_meeting", "Cancel a meeting.", Permission.AGENDA_WRITE, OneMeeting, cancel, rehearse_cancelling,
         record=_EVENT),
)  # fmt: skip
