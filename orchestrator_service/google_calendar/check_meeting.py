"""A meeting of ours that somebody moved or deleted in Google by hand: the team is told, and decides with the customer.

The meeting stays as it was agreed: whoever moved it in Google has not asked the customer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from core.contracts import LEAST_URGENT, CheckMeeting
from core.database import Database, TenantTransaction
from core.google.outcomes import AccessLost, Done, Refused, Written
from core.jobs import defer
from orchestrator_service.google_calendar import mirror, repository
from orchestrator_service.google_calendar.access import access_of
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.mirror import MeetingInGoogle
from orchestrator_service.google_calendar.models import Connection
from orchestrator_service.leads.tasks import add_task
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify

ASKED_AGAIN_AFTER: Final = timedelta(minutes=5)
Difference: TypeAlias = Literal["moved", "deleted"]


async def check_meeting(database: Database, google: GoogleDoor, job: CheckMeeting) -> None:
    """Ask Google for the event itself; told is only what it surely says. Safe to run again: one task comes."""
    now = google.clock()
    async with database.tenant(job.tenant_id) as tx:
        meeting = await mirror.find_meeting(tx, job.event_id, now)
        if meeting is None:
            return
        one = (await access_of(tx, google, [meeting.seller_id]))[meeting.seller_id]
    if not isinstance(one, Connection):
        return
    answer = await one.calendar.get(one.access, meeting.google_event_id)
    difference = _difference(meeting, answer)
    async with database.tenant(job.tenant_id) as tx:
        if difference is not None:
            if await mirror.find_meeting(tx, job.event_id, now) == meeting:
                await _tell(tx, meeting, difference)
        elif not isinstance(answer, Done | AccessLost):
            await defer(tx, job, at=now + ASKED_AGAIN_AFTER, priority=LEAST_URGENT)


def _difference(meeting: MeetingInGoogle, answer: Written) -> Difference | None:
    if isinstance(answer, Refused):
        return "deleted" if answer.missing else None
    if not isinstance(answer, Done) or answer.event is None:
        return None
    times: tuple[datetime, datetime] = (answer.event.starts_at, answer.event.ends_at)
    return "moved" if times != (meeting.starts_at, meeting.ends_at) else None


async def _tell(tx: TenantTransaction, meeting: MeetingInGoogle, difference: Difference) -> None:
    if meeting.conversation_id is not None:
        await add_task(tx, "calendar_conflict", meeting.conversation_id, meeting.lead_id, difference)
        return
    seller = await repository.find_seller(tx, meeting.seller_id)
    about = NotificationData(cause="calendar_conflict", starts_at=meeting.starts_at)
    notice = Notice("person_needed", meeting.lead_id, event_id=meeting.id, data=about)
    await notify(tx, notice, owners=(seller.user_id if seller else None,))
