"""Our meetings as events of the seller's calendar: what is written there, once, whatever was tried before."""

from __future__ import annotations

from typing import Final, TypeAlias

from core.google.event import EventChange, NewEvent
from core.google.outcomes import AccessLost, CannotConfirm, Done, Refused, Unknown
from orchestrator_service.agenda.pending import PendingEvent
from orchestrator_service.google_calendar.models import Connection, NotConnected

Access: TypeAlias = Connection | CannotConfirm | NotConnected
Wrote: TypeAlias = Done | Refused | Unknown | AccessLost | NotConnected

# Together with the looks before and after, shorter than a model waits for its tool.
CALL_SECONDS: Final = 4.0
NAME: Final = "nexus"
# A calendar that has no video calls says so in these words, and takes the meeting without one.
_NO_MEET: Final = frozenset({"invalid", "badRequest", "invalidConferenceType"})


async def put(access: Access, event: PendingEvent) -> Wrote:
    """Have the event in the seller's calendar at its time, whether it is there already or not."""
    if not isinstance(access, Connection):
        return access if isinstance(access, NotConnected) else AccessLost(access.reason, access.detail)
    if event.pending != "book":
        patched = await _at_its_time(access, event)
        if not (isinstance(patched, Refused) and patched.missing):
            return patched
    written = await _insert(access, event, meet=True)
    if isinstance(written, Refused) and written.permanent and written.reason in _NO_MEET:
        written = await _insert(access, event, meet=False)
    found = written.event if isinstance(written, Done) else None
    if found is not None and (found.starts_at, found.ends_at) != (event.starts_at, event.ends_at):
        return await _at_its_time(access, event)
    return written


async def erase(access: Access, event: PendingEvent) -> Wrote:
    """Have it there no longer."""
    if not isinstance(access, Connection):
        return access if isinstance(access, NotConnected) else AccessLost(access.reason, access.detail)
    return await access.calendar.delete(access.access, event.google_id, seconds=CALL_SECONDS)


async def _insert(access: Connection, event: PendingEvent, *, meet: bool) -> Wrote:
    new = NewEvent(
        summary=event.lead_name or event.title or "Nexus",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.seller_zone,
        private={"crm": NAME, "tenant_id": str(event.tenant_id), "agenda_event_id": str(event.id)},
        description=event.title if event.lead_name else "",
        meet=meet,
    )
    return await access.calendar.insert(access.access, new, event_id=event.google_id, seconds=CALL_SECONDS)


async def _at_its_time(access: Connection, event: PendingEvent) -> Wrote:
    change = EventChange(starts_at=event.starts_at, ends_at=event.ends_at, zone=event.seller_zone)
    return await access.calendar.patch(access.access, event.google_id, change, seconds=CALL_SECONDS)
