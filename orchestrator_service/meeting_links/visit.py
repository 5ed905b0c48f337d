"""A visit to a meeting's page: what is shown, and what a click does. Raises NotFound for a link that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, RedirectResponse, Response

from core.customer_links import CustomerLinks, LinkedRow
from core.database import Database, TenantTransaction
from core.errors import NotFound
from core.file_headers import file_headers
from core.media_store import MediaStore
from orchestrator_service.agenda.calendar_entry import uid_of
from orchestrator_service.agenda.create_meeting import SlotRefused, SlotTaken
from orchestrator_service.agenda.free_days import FreeDays, free_days, sought
from orchestrator_service.agenda.ics import MEDIA_TYPE, CalendarEntry, calendar_file
from orchestrator_service.agenda.live import ask_live
from orchestrator_service.agenda.reading import read_event
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.meeting_links.change import Clicked, LinkSpent, cancel_by_link, move_by_link
from orchestrator_service.meeting_links.links import find_meeting
from orchestrator_service.meeting_links.models import LinkedMeeting
from orchestrator_service.meeting_links.page import HEADERS, cancel_page, meeting_page, times_page
from orchestrator_service.meeting_links.words import WORDS, Note
from orchestrator_service.sellers.photo import shown_photo

_LARGEST_FORM: Final = 1000
_SEE_OTHER: Final = 303
_CONFLICT: Final = 409
_DONE: Final[dict[str, Note]] = {"moved": "moved", "unconfirmed": "unconfirmed"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came by which link; `address` is the visitor's, for the audit log."""

    database: Database
    google: GoogleDoor
    links: CustomerLinks
    row: LinkedRow
    address: str
    now: datetime
    media: MediaStore

    @property
    def base(self) -> str:
        """The path of the link's page."""
        return f"{self.links.path}{self.links.token(self.row)}"

    @property
    def clicked(self) -> Clicked:
        """The visit as the use cases take it."""
        return Clicked(self.row.row_id, self.links, self.address, self.now)

    async def meeting(self, tx: TenantTransaction) -> LinkedMeeting:
        """Raises NotFound."""
        found = await find_meeting(tx, self.row.row_id, self.now)
        if found is None:
            raise NotFound
        return found

    async def look(self) -> LinkedMeeting:
        """The same in a transaction of its own."""
        async with self.database.tenant(self.row.tenant_id) as tx:
            return await self.meeting(tx)


async def show(visit: Visit, done: str) -> Response:
    """The meeting, with a word about what has just been done by the link before."""
    meeting = await visit.look()
    note: Note | None = _DONE.get(done) if meeting.changeable(visit.now) else None
    return html(meeting_page(meeting, visit.base, visit.now, note))


async def hand_out_file(visit: Visit) -> Response:
    """The meeting for the customer's calendar; a cancelled one takes itself out of it."""
    name = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    content = calendar_file(_entry(visit, await visit.look()))
    return Response(content, media_type=MEDIA_TYPE, headers=name)


async def show_face(visit: Visit) -> Response:
    """The seller's photo."""
    async with visit.database.tenant(visit.row.tenant_id) as tx:
        meeting = await visit.meeting(tx)
        photo = await shown_photo(tx, meeting.seller_id)
    if photo is None:
        raise NotFound
    content = await visit.media.read(photo.storage_key)
    headers = {**file_headers(photo.media_type, None, photo.number), "Cache-Control": "private, max-age=3600"}
    return Response(content, media_type=photo.media_type, headers=headers)


async def ask_about_cancelling(visit: Visit) -> Response:
    """The one question before it is cancelled."""
    meeting = await visit.look()
    if not meeting.changeable(visit.now):
        return html(meeting_page(meeting, visit.base, visit.now))
    return html(cancel_page(meeting, visit.base))


async def show_times(visit: Visit, first: str) -> Response:
    """The free times to choose from, from a day on."""
    return await _times(visit, _day(first))


async def cancel(visit: Visit) -> Response:
    """Cancel the meeting, once."""
    try:
        async with visit.database.tenant(visit.row.tenant_id) as tx:
            await cancel_by_link(tx, visit.clicked)
    except LinkSpent:
        return await _spent(visit)
    return RedirectResponse(visit.base, _SEE_OTHER, HEADERS)


async def move(visit: Visit, form: bytes) -> Response:
    """Move the meeting to the chosen time, once; where that was taken meanwhile, others are offered."""
    start = _chosen(form)
    if start is None:
        return await _times(visit, None, "unchosen")
    try:
        moved = await move_by_link(visit.database, visit.google, visit.row.tenant_id, visit.clicked, start)
    except LinkSpent:
        return await _spent(visit)
    except SlotTaken:
        return await _times(visit, None, "taken")
    except SlotRefused as refused:
        return await _times(visit, None, "taken" if refused.extra.get("rule") == "busy" else "refused")
    next_visit, settled = replace(visit, row=moved.following), moved.settled
    if settled.outcome in {"taken", "refused"} and not settled.kept:
        return await _times(next_visit, None, "taken")
    done = "moved" if settled.outcome == "done" else "unconfirmed"
    return RedirectResponse(f"{next_visit.base}?done={done}", _SEE_OTHER, HEADERS)


def html(page: str, status: int = 200, more: dict[str, str] | None = None) -> Response:
    """A page with the headers that all of them have."""
    return HTMLResponse(page, status, headers={**HEADERS, **(more or {})})


async def _times(visit: Visit, first: date | None, note: Note | None = None) -> Response:
    free: FreeDays | None = None
    async with visit.database.tenant(visit.row.tenant_id) as tx:
        meeting = await visit.meeting(tx)
        where = await sought(tx, meeting.zone, first, visit.now)
    if meeting.changeable(visit.now):
        sellers = [meeting.seller_id]
        live = await ask_live(visit.database, visit.google, visit.row.tenant_id, sellers, where.start, where.end)
        async with visit.database.tenant(visit.row.tenant_id) as tx:
            free = await free_days(tx, await read_event(tx, meeting.event_id), where, live, now=visit.now)
    status = 200 if note is None else _CONFLICT
    if free is None:
        return html(meeting_page(meeting, visit.base, visit.now), status)
    return html(times_page(meeting, visit.base, free, note), status)


async def _spent(visit: Visit) -> Response:
    """The link cannot act: how the meeting stands says why."""
    return html(meeting_page(await visit.look(), visit.base, visit.now), _CONFLICT)


def _entry(visit: Visit, meeting: LinkedMeeting) -> CalendarEntry:
    words = WORDS[meeting.language]
    address = visit.links.address(visit.row) if meeting.changeable(visit.now) else None
    return CalendarEntry(
        uid=uid_of(visit.row.tenant_id, meeting.event_id),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        created_at=meeting.created_at,
        changed_at=meeting.updated_at,
        cancelled=meeting.status == "cancelled",
        summary=words.summary.format(seller=meeting.seller_name, company=meeting.company),
        organizer=f"{meeting.seller_name}, {meeting.company}",
        description=words.manage.format(link=address) if address else "",
        url=meeting.meeting_url,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _chosen(form: bytes) -> datetime | None:
    """The start that the form names; None where that is no instant."""
    if len(form) > _LARGEST_FORM:
        return None
    chosen = parse_qs(form.decode("ascii", "replace")).get("start", [])
    try:
        moment = datetime.fromisoformat(chosen[0]) if len(chosen) == 1 else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
