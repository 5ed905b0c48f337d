"""What a customer does by a link: move the meeting to a free time, or cancel it. Each link acts once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from core.crash_points import reached
from core.customer_links import CustomerLinks, LinkedRow
from core.database import Database, TenantTransaction
from core.errors import Conflict, NotFound
from core.principal import TenantId
from core.system_events import record_event
from orchestrator_service.agenda.change_meeting import Move, OfLead, cancel_event, move_event
from orchestrator_service.agenda.live import ask_live
from orchestrator_service.agenda.pending import PendingEvent
from orchestrator_service.agenda.settling import Settled, settle
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.meeting_links.links import find_meeting, link_of, moved_by_customer, use_link
from orchestrator_service.meeting_links.models import LinkedMeeting, Use
from orchestrator_service.meeting_links.telling import Acted, tell_in_chat
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify


class LinkSpent(Conflict):
    """It has acted already, or the meeting is not one that can be changed any more."""

    code: ClassVar[str] = "link_spent"
    title = "Link Spent"


@dataclass(frozen=True, slots=True)
class Clicked:
    """Who acts by which link, and when; `links` make the one that follows."""

    link_id: UUID
    links: CustomerLinks
    address: str
    now: datetime


@dataclass(frozen=True, slots=True)
class MovedByLink:
    """`following` is the link that comes after the one that was used. `settled` is how Google took the move."""

    following: LinkedRow
    settled: Settled


async def cancel_by_link(tx: TenantTransaction, clicked: Clicked) -> None:
    """Cancel the meeting; Google hears of it by a job. Call it first. Raises NotFound (expired), LinkSpent."""
    meeting = await _taken(tx, clicked, "cancel")
    await cancel_event(tx, OfLead(meeting.lead_id), meeting.event_id, now=clicked.now)
    await _tell(tx, clicked, meeting, "cancel", meeting.starts_at)


async def move_by_link(
    database: Database, google: GoogleDoor, tenant_id: TenantId, clicked: Clicked, starts_at: datetime
) -> MovedByLink:
    """Move the meeting, as long as it was, by the rules of a booking. Never inside a transaction.

    Raises NotFound (expired), LinkSpent, SlotRefused, SlotTaken: then nothing has changed and the link still works.
    What Google undoes has used the link up: the following one is there for another try.
    """
    async with database.tenant(tenant_id) as tx:
        seen = await find_meeting(tx, clicked.link_id, clicked.now)
    if seen is None:
        raise NotFound
    move = Move(starts_at, starts_at + (seen.ends_at - seen.starts_at))
    live = await ask_live(database, google, tenant_id, [seen.seller_id], move.starts_at, move.ends_at)
    checked_at = time.monotonic()
    async with database.tenant(tenant_id) as tx:
        meeting = await _taken(tx, clicked, "move")
        moved = await move_event(tx, OfLead(meeting.lead_id), meeting.event_id, move, now=clicked.now, live=live)
        following = await link_of(tx, meeting.event_id, clicked.now)
        if moved.claim is None:
            await _tell(tx, clicked, meeting, "move", starts_at)
    if moved.claim is None:
        return MovedByLink(following, Settled("done"))

    async def closing(tx: TenantTransaction, settled: Settled) -> None:
        if settled.outcome == "done":
            await _tell(tx, clicked, meeting, "move", starts_at)

    reached("held")
    claim, event_id = moved.claim, meeting.event_id
    settled = await settle(database, google, tenant_id, event_id, claim, checked_at=checked_at, closing=closing)
    return MovedByLink(following, settled)


async def _taken(tx: TenantTransaction, clicked: Clicked, use: Use) -> LinkedMeeting:
    """The meeting, with the link used up: the second of two clicks waits here, and then finds that."""
    taken = await use_link(tx, clicked.link_id, use, clicked.now)
    meeting = await find_meeting(tx, clicked.link_id, clicked.now)
    if meeting is None:
        raise NotFound
    if not taken or meeting.status != "confirmed" or clicked.now >= meeting.starts_at:
        raise LinkSpent("This link has been used, or the meeting cannot be changed any more.")
    return meeting


async def tell_late_move(tx: TenantTransaction, event: PendingEvent, links: CustomerLinks, *, now: datetime) -> None:
    """What `move_by_link` could not tell, since Google had not answered: a customer's move counts from now on.

    A move of anybody else's was told to them by whoever made it.
    """
    if not await moved_by_customer(tx, event.id, event.since):
        return
    await record_event(tx, "meeting_link.moved", subject=f"event:{event.id}")
    about = NotificationData(starts_at=event.starts_at)
    await notify(tx, Notice("meeting_moved", event.lead_id, None, event.id, about), owners=(event.seller_user_id,))
    if event.lead_id is not None:
        await tell_in_chat(tx, links, Acted("move", event.id, event.lead_id, event.since), now=now)


async def _tell(tx: TenantTransaction, clicked: Clicked, meeting: LinkedMeeting, use: Use, starts_at: datetime) -> None:
    """The audit log, the bell of the seller and of the lead's owner, and the customer's chat."""
    subject, about = f"event:{meeting.event_id}", NotificationData(starts_at=starts_at)
    if use == "move":
        await record_event(tx, "meeting_link.moved", subject=subject, address=clicked.address)
        notice = Notice("meeting_moved", meeting.lead_id, None, meeting.event_id, about)
    else:
        await record_event(tx, "meeting_link.cancelled", subject=subject, address=clicked.address)
        notice = Notice("meeting_cancelled", meeting.lead_id, None, meeting.event_id, about)
    await notify(tx, notice, owners=(meeting.seller_user_id,))
    await tell_in_chat(tx, clicked.links, Acted(use, meeting.event_id, meeting.lead_id, clicked.now), now=clicked.now)
