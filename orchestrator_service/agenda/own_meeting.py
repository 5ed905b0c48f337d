"""A customer moves or cancels their own meeting, by an offer of their conversation as they booked (PRODUCT §9.2)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.database_errors import Collided
from core.errors import NotFound
from orchestrator_service.agenda import pending, repository
from orchestrator_service.agenda.book import Confirming, First, anyway
from orchestrator_service.agenda.booking import (
    AGAIN,
    UNKNOWN,
    Booked,
    NotBooked,
    against_offer,
    against_slot,
    find_offer,
    unchanged,
)
from orchestrator_service.agenda.change_meeting import Move, put_elsewhere, take_out, without
from orchestrator_service.agenda.create_meeting import SlotTaken
from orchestrator_service.agenda.live import Live, ask_live
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.agenda.repository import StoredOffer
from orchestrator_service.agenda.settling import Settled, settle
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.sellers.calendar import lock_seller
from orchestrator_service.sellers.models import Seller

_NO_MEETING: Final = "This lead has no such meeting. Use the meeting_id of one of the lead's own meetings."
_OVER: Final = "That meeting was cancelled or has begun already."
_TAKEN: Final = f"This time has just been taken; the meeting stays where it is. {AGAIN}"
_REFUSED: Final = f"The seller's calendar did not take the change; the meeting stays where it is. {AGAIN}"
_BUSY_ELSEWHERE: Final = "The meeting is just being changed by somebody else. Try again."


@dataclass(frozen=True, slots=True)
class OwnMove:
    """The meeting that a conversation's lead wants to have at an offered time."""

    conversation_id: int
    lead_id: int
    meeting_id: int
    offer_id: str


async def move_own(
    database: Database,
    google: GoogleDoor,
    tenant_id: int,
    wanted: OwnMove,
    *,
    now: datetime,
    first: First = anyway,
) -> Booked | Confirming | NotBooked:
    """Move the lead's own meeting to the offer; called again, it answers what became of it. Never in a transaction."""
    async with database.tenant(tenant_id) as tx:
        offer = await find_offer(tx, wanted.offer_id, wanted.conversation_id)
        refused = await _at_once(tx, offer, wanted, now)
    if refused or offer is None:
        return refused or NotBooked("offer_unknown", UNKNOWN)
    live, checked_at = Live(), time.monotonic()
    if against_offer(offer, now) is None:
        live = await ask_live(database, google, tenant_id, [offer.seller_id], offer.starts_at, offer.ends_at)
        checked_at = time.monotonic()
    async with database.tenant(tenant_id) as tx:
        await first(tx)
        try:
            async with tx.savepoint():
                moved = await _move(tx, offer, wanted, now, live)
        except SlotTaken:
            return NotBooked("slot_taken", _TAKEN)
        except Collided:
            return NotBooked("slot_taken", _BUSY_ELSEWHERE)
    if not isinstance(moved, UUID):
        return moved
    reached("held")
    settled = await settle(database, google, tenant_id, wanted.meeting_id, moved, checked_at=checked_at)
    return _answer(
        settled, Booked(wanted.meeting_id, offer.seller_id, offer.seller_name, offer.starts_at, offer.ends_at)
    )


async def refused_at_once(tx: TenantTransaction, wanted: OwnMove, now: datetime) -> NotBooked | None:
    """Why `move_own` would refuse, as far as a look without a lock tells; None: it may come to something."""
    return await _at_once(tx, await find_offer(tx, wanted.offer_id, wanted.conversation_id), wanted, now)


async def _at_once(
    tx: TenantTransaction, offer: StoredOffer | None, wanted: OwnMove, now: datetime
) -> NotBooked | None:
    if offer is None:
        return NotBooked("offer_unknown", UNKNOWN)
    if against_offer(offer, now):  # maybe it was used by this very call, before a crash: the lock tells
        return None
    is_taken = await repository.is_taken(
        tx,
        offer.seller_id,
        offer.starts_at,
        offer.ends_at,
        now=now,
        but_event_id=wanted.meeting_id,
        but_conversation_id=wanted.conversation_id,
    )
    return NotBooked("slot_taken", _TAKEN) if is_taken else None


def _answer(settled: Settled, at_offer: Booked) -> Booked | Confirming | NotBooked:
    if settled.kept or settled.outcome in {"unknown", "overtaken"}:
        return Confirming(at_offer)
    match settled.outcome:
        case "taken":
            return NotBooked("slot_taken", _TAKEN)
        case "refused":
            return NotBooked("calendar_refused", _REFUSED)
        case _:
            return at_offer


async def cancel_own(tx: TenantTransaction, *, lead_id: int, meeting_id: int, now: datetime) -> AgendaEvent | NotBooked:
    """Cancel the lead's own meeting that is still ahead; once more changes nothing. Call it first."""
    event = await _own(tx, lead_id, meeting_id)
    if event is None:
        return NotBooked("meeting_unknown", _NO_MEETING)
    sellers = await _locked(tx, event.seller_id)
    event = await read_event(tx, meeting_id)
    if event.seller_id not in sellers:
        return NotBooked("meeting_over", _BUSY_ELSEWHERE)
    if event.status not in {"held", "confirmed", "cancelled"} or event.starts_at <= now:
        return NotBooked("meeting_over", _OVER)
    return await take_out(tx, event, sellers, now=now)


async def _move(
    tx: TenantTransaction, known: StoredOffer, wanted: OwnMove, now: datetime, live: Live
) -> UUID | Booked | Confirming | NotBooked:
    """The claim by which Google is told, or how it ended already."""
    event = await _own(tx, wanted.lead_id, wanted.meeting_id)
    if event is None:
        return NotBooked("meeting_unknown", _NO_MEETING)
    sellers = await _locked(tx, event.seller_id, known.seller_id)
    if await lock_lead(tx, wanted.lead_id) is None:
        return NotBooked("lead_missing", "There is no such lead.")
    event = await read_event(tx, wanted.meeting_id)
    offer = await find_offer(tx, wanted.offer_id, wanted.conversation_id)
    seller = sellers.get(known.seller_id)
    if offer is None or seller is None or event.seller_id not in sellers:
        raise Collided
    if refused := against_offer(offer, now):
        return await _what_became_of(tx, offer, event) or refused
    if event.status != "confirmed" or event.starts_at <= now:
        return NotBooked("meeting_over", _OVER)
    return await _to_offer(tx, event, sellers, offer, now=now, live=live)


async def _to_offer(
    tx: TenantTransaction,
    event: AgendaEvent,
    sellers: Mapping[int, Seller],
    offer: StoredOffer,
    *,
    now: datetime,
    live: Live,
) -> UUID | Booked | Confirming | NotBooked:
    seller = sellers[offer.seller_id]
    await pending.drop_expired_holds(tx, seller.id, now)
    await pending.drop_holds_of(tx, offer.conversation_id, seller.id)
    as_if_gone = partial(without, event=event) if event.seller_id == seller.id else unchanged
    refused = await against_slot(tx, offer, seller, now, live, without=as_if_gone)
    if refused:
        return refused
    moved = await put_elsewhere(tx, event, sellers, Move(offer.starts_at, offer.ends_at, seller.id), now=now, live=live)
    await repository.use_offer(tx, offer.id, now)
    if moved.claim is not None:
        return moved.claim
    at_offer = Booked(event.id, seller.id, seller.name, offer.starts_at, offer.ends_at)
    left = await pending.read_pending(tx, event.id)
    return Confirming(at_offer) if left is not None and left.pending == "move" else at_offer


async def _what_became_of(tx: TenantTransaction, offer: StoredOffer, event: AgendaEvent) -> Booked | Confirming | None:
    """The offer was taken before, maybe by this very call before a crash: then the meeting is where it says."""
    here = (offer.seller_id, offer.starts_at, offer.ends_at) == (event.seller_id, event.starts_at, event.ends_at)
    if offer.used_at is None or not here or event.status != "confirmed":
        return None
    at_offer = Booked(event.id, event.seller_id, event.seller_name, event.starts_at, event.ends_at)
    left = await pending.read_pending(tx, event.id)
    return Confirming(at_offer) if left is not None and left.pending == "move" else at_offer


async def _own(tx: TenantTransaction, lead_id: int, meeting_id: int) -> AgendaEvent | None:
    """The lead's own meeting; somebody else's is as good as none."""
    try:
        event = await read_event(tx, meeting_id)
    except NotFound:
        return None
    return event if event.kind == "meeting" and event.lead_id == lead_id else None


async def _locked(tx: TenantTransaction, *seller_ids: int) -> dict[int, Seller]:
    locked = {one: await lock_seller(tx, one) for one in sorted(set(seller_ids))}
    return {one: seller for one, seller in locked.items() if seller is not None}
