"""`/agenda/events` (PRODUCT §11, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from pydantic import AwareDatetime
from starlette.requests import Request
from starlette.responses import Response

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, OLDEST, Page, moment_cursor, moment_of, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agenda.calendar_entry import entry_of
from orchestrator_service.agenda.change_meeting import cancel_event, restore_event
from orchestrator_service.agenda.free_times import free_times
from orchestrator_service.agenda.ics import MEDIA_TYPE, calendar_file
from orchestrator_service.agenda.mark_meeting import mark_meeting, set_meeting_url
from orchestrator_service.agenda.move import enter, move
from orchestrator_service.agenda.reading import Window, list_events, list_holds, readable_event, seen_by
from orchestrator_service.agenda.schemas import (
    AvailabilityQuery,
    AvailabilityView,
    EventView,
    HoldsView,
    MarkBody,
    MeetingBody,
    MeetingUrlBody,
    MoveBody,
)
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.google_calendar.door import GoogleDoor, google_door

router = APIRouter(prefix="/agenda", tags=["agenda"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.AGENDA_READ))]
Changer = Annotated[Principal, Depends(permit(Permission.AGENDA_WRITE))]
Google = Annotated[GoogleDoor, Depends(google_door)]
Booker = Annotated[Principal, Depends(permit(Permission.AGENDA_BOOK))]


@router.get("/events", dependencies=[Depends(rate_limit("100/minute", scope="agenda.events"))])
@audit_access("agenda.list", subject="agenda")
async def get_events(  # noqa: PLR0917 - query parameters
    database: Db,
    principal: Reader,
    starts: Annotated[AwareDatetime, Query(alias="from")],
    ends: Annotated[AwareDatetime, Query(alias="to")],
    seller_id: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[EventView]:
    """What lies in the window, earliest first; the window is 92 days at most."""
    after = moment_of(cursor) if cursor else (OLDEST, 0)
    async with database.tenant(principal.tenant_id) as tx:
        events = await list_events(tx, principal, Window(starts, ends, seller_id), after=after, most=limit + 1)
    return page(events, limit, show=EventView.of, cursor=lambda event: moment_cursor(event.starts_at, event.id))


@router.get("/holds", dependencies=[Depends(rate_limit("100/minute", scope="agenda.holds"))])
@audit_access("agenda.holds", subject="agenda")
async def get_holds(
    database: Db,
    door: Door,
    principal: Reader,
    starts: Annotated[AwareDatetime, Query(alias="from")],
    ends: Annotated[AwareDatetime, Query(alias="to")],
) -> HoldsView:
    """The times that are kept for customers who were offered them, 500 at most; the window is 92 days at most."""
    async with database.tenant(principal.tenant_id) as tx:
        return HoldsView.of(await list_holds(tx, principal, Window(starts, ends), now=door.clock()))


@router.post("/events", status_code=status.HTTP_201_CREATED)
@audit_access("agenda.book", subject="event")
async def post_event(  # noqa: PLR0917 - dependencies
    request: Request, body: MeetingBody, door: Door, database: Db, google: Google, principal: Booker
) -> EventView:
    """Enter a meeting; 409 `slot_taken` where the seller is booked, `slot_refused` where Google is against it.

    `held_until` in the refusal: the time is kept for a customer who was offered it.

    `held` in the answer: Google has not answered yet; the meeting is confirmed or cancelled when it has.
    """
    event = await enter(database, google, principal, body.meeting(), now=door.clock())
    name_subject(request, f"event:{event.id}")
    return EventView.of(seen_by(principal, event))


@router.patch("/events/{event_id}")
@audit_access("agenda.move", subject="event")
async def patch_event(  # noqa: PLR0917 - dependencies
    event_id: int, body: MoveBody, door: Door, database: Db, google: Google, principal: Changer
) -> EventView:
    """Move an event; 409 `slot_refused` with the `rule` unless forced, `slot_taken` where the seller is booked."""
    event = await move(database, google, principal, event_id, body.move(), now=door.clock())
    return EventView.of(seen_by(principal, event))


@router.post("/events/{event_id}/cancel")
@audit_access("agenda.cancel", subject="event")
async def post_cancel(event_id: int, door: Door, database: Db, principal: Changer) -> EventView:
    """Cancel an event; Google follows."""
    async with database.tenant(principal.tenant_id) as tx:
        event = await cancel_event(tx, principal, event_id, now=door.clock())
    return EventView.of(seen_by(principal, event))


@router.post("/events/{event_id}/restore")
@audit_access("agenda.restore", subject="event")
async def post_restore(event_id: int, door: Door, database: Db, principal: Changer) -> EventView:
    """Let a cancelled event take place after all; 409 `slot_taken` where its time was given away since."""
    async with database.tenant(principal.tenant_id) as tx:
        event = await restore_event(tx, principal, event_id, now=door.clock())
    return EventView.of(seen_by(principal, event))


@router.post("/events/{event_id}/mark")
@audit_access("agenda.mark", subject="event")
async def post_mark(event_id: int, body: MarkBody, door: Door, database: Db, principal: Changer) -> EventView:
    """Say how a meeting went, or take that back; 409 `not_begun` before its start, `event_over` for a cancelled one."""
    async with database.tenant(principal.tenant_id) as tx:
        event = await mark_meeting(tx, principal, event_id, body.outcome, now=door.clock())
    return EventView.of(seen_by(principal, event))


@router.put("/events/{event_id}/url")
@audit_access("agenda.url", subject="event")
async def put_url(event_id: int, body: MeetingUrlBody, database: Db, principal: Changer) -> EventView:
    """Say on which page a meeting takes place."""
    async with database.tenant(principal.tenant_id) as tx:
        event = await set_meeting_url(tx, principal, event_id, body.meeting_url)
    return EventView.of(seen_by(principal, event))


@router.get(
    "/events/{event_id}/ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}, "description": "The meeting as a calendar file."}},
    dependencies=[Depends(rate_limit("100/minute", scope="agenda.ics"))],
)
@audit_access("agenda.ics", subject="event")
async def get_ics(event_id: int, database: Db, principal: Reader) -> Response:
    """The event for a calendar of one's own; a cancelled one takes itself out of it."""
    async with database.tenant(principal.tenant_id) as tx:
        event = seen_by(principal, await readable_event(tx, principal, event_id))
    name = f'attachment; filename="meeting-{event.id}.ics"'
    content = calendar_file(entry_of(event, principal.tenant_id))
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": name})


@router.get("/availability", dependencies=[Depends(rate_limit("100/minute", scope="agenda.availability"))])
@audit_access("agenda.availability", subject="agenda")
async def get_availability(
    database: Db, door: Door, google: Google, principal: Reader, asked: Annotated[AvailabilityQuery, Query()]
) -> AvailabilityView:
    """A seller's free times on a day, Google asked at this moment; with `explain`, why an instant is not free.

    `confirmed` false: the seller's Google calendar did not answer, so no time is free for certain.
    """
    return AvailabilityView.of(await free_times(database, google, principal, asked.asked(), now=door.clock()))
