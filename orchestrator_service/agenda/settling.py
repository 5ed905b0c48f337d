"""Telling Google of one meeting, and what becomes of the meeting by the answer (PRODUCT §11.5).

Short transactions around the calls, never one across them. Every step can be run again: Google's event has an id of our
own, so writing twice is one event, and the row says what is left to do. A booking or a move counts once Google holds it
and its calendar, read again, shows nobody else there; until then the time is held and nothing is promised.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

import structlog

from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.google.outcomes import AccessLost, CannotConfirm, Done, Refused, Unknown
from core.system_events import record_event
from orchestrator_service.agenda import pending
from orchestrator_service.agenda.announce import announce_event_change, announce_meeting
from orchestrator_service.agenda.google_writing import Access, erase, put
from orchestrator_service.agenda.pending import PendingEvent
from orchestrator_service.agenda.reading import read_event
from orchestrator_service.agenda.repository import EXCLUSION, NewMeeting
from orchestrator_service.google_calendar.access import access_of
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.live_calendars import live_busy
from orchestrator_service.google_calendar.models import LiveBusy, NotConnected
from orchestrator_service.leads.advance import MEETING_STAGE, advance_lead
from orchestrator_service.sellers.calendar import lock_seller
from orchestrator_service.sellers.models import Seller

Outcome: TypeAlias = Literal[
    "done",
    "taken",  # somebody put an event there by hand meanwhile: undone
    "refused",  # Google does not take it: undone, or for what needs no promise given up
    "unknown",  # nobody knows yet: the job goes on
    "overtaken",  # the meeting was changed meanwhile, or somebody else sees to it
]

# How long a booking or a move may stay without an answer before it is undone; what only follows is tried for a day.
PROMISE: Final = timedelta(minutes=10)
PATIENCE: Final = timedelta(days=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """How it ended; `event` is the meeting as it was told. `kept`: undone was meant, but the old time was given away.

    `exposed_ms`: for so long a hand in Google could put something there unseen by the check before; the one after saw.
    """

    outcome: Outcome
    event: PendingEvent | None = None
    kept: bool = False
    exposed_ms: int | None = None


Closing: TypeAlias = Callable[[TenantTransaction, Settled], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Told:
    outcome: Outcome
    meeting_url: str | None = None
    written_at: float | None = None


async def settle(
    database: Database,
    google: GoogleDoor,
    tenant_id: int,
    event_id: int,
    claim: UUID,
    *,
    checked_at: float | None = None,
    closing: Closing | None = None,
) -> Settled:
    """Tell Google by the claim of `begin` or `claim_pending`. `checked_at` (monotonic): when the slot was seen free.

    `closing` is called at the end of the transaction that writes how it ended.
    """
    async with database.tenant(tenant_id) as tx:
        event = await pending.read_pending(tx, event_id)
        if event is None or event.claim != claim:
            return Settled("overtaken")
        sellers = {event.seller_id, event.moved_from_seller_id or event.seller_id}
        accesses = await access_of(tx, google, sorted(sellers))
    told = await _tell(database, google, tenant_id, event, accesses)
    told = replace(told, outcome=_given_up(event, told.outcome, google))
    async with database.tenant(tenant_id) as tx:
        settled, goes_on = await _close(tx, event, claim, told)
        if closing is not None:
            await closing(tx, settled)
    reached("settled")
    if told.written_at is not None and checked_at is not None:
        settled = replace(settled, exposed_ms=round((told.written_at - checked_at) * 1000))
    _log.info(
        "calendar_told",
        tenant_id=tenant_id,
        event_id=event_id,
        pending=event.pending,
        outcome=settled.outcome,
        exposed_ms=settled.exposed_ms,
    )
    if goes_on:  # what was undone here is undone in Google by the same claim
        await settle(database, google, tenant_id, event_id, claim)
    return settled


async def _tell(
    database: Database, google: GoogleDoor, tenant_id: int, event: PendingEvent, accesses: Mapping[int, Access]
) -> _Told:
    old = event.moved_from_seller_id
    if event.pending == "erase":
        where = dict.fromkeys((event.seller_id, old or event.seller_id))
        return _Told(_worst([_follows(await erase(accesses[one], event)) for one in where]))
    access = accesses[event.seller_id]
    written = await put(access, event)
    reached("written")
    if not isinstance(written, Done | NotConnected):
        return _Told(_follows(written) if event.pending == "write" else _promised(written))
    written_at = time.monotonic()
    url = written.event.meet_link if isinstance(written, Done) and written.event else None
    if event.pending != "write" and isinstance(written, Done):
        seen = await live_busy(database, google, tenant_id, [event.seller_id], event.starts_at, event.ends_at)
        known = seen[event.seller_id]
        if isinstance(known, CannotConfirm):
            return _Told("unknown")
        if isinstance(known, LiveBusy) and any(
            one.starts_at < event.ends_at and event.starts_at < one.ends_at for one in known.times
        ):
            return _Told("taken", written_at=written_at)
        reached("verified")
    if old is not None and old != event.seller_id and _follows(await erase(accesses[old], event)) == "unknown":
        return _Told("unknown")
    return _Told("done", url, written_at)


def _promised(written: Refused | Unknown | AccessLost) -> Outcome:
    """Of what somebody waits for: a refusal is told at once."""
    return "unknown" if isinstance(written, Unknown) else "refused"


def _follows(written: Done | Refused | Unknown | AccessLost | NotConnected) -> Outcome:
    """Of what only follows what stands here already: tried again, until it is refused for good."""
    if isinstance(written, Done | NotConnected) or (isinstance(written, Refused) and written.missing):
        return "done"
    return "refused" if isinstance(written, Refused) and written.permanent else "unknown"


def _worst(outcomes: list[Outcome]) -> Outcome:
    return "unknown" if "unknown" in outcomes else "refused" if "refused" in outcomes else "done"


def _given_up(event: PendingEvent, outcome: Outcome, google: GoogleDoor) -> Outcome:
    longest = PROMISE if event.pending in {"book", "move"} else PATIENCE
    return "refused" if outcome == "unknown" and google.clock() - event.since > longest else outcome


async def _close(tx: TenantTransaction, event: PendingEvent, claim: UUID, told: _Told) -> tuple[Settled, bool]:
    """Write what came of it under the seller's lock; whether undoing it goes on in Google."""
    sellers: dict[int, Seller] = {}
    for seller_id in sorted({event.seller_id, event.moved_from_seller_id or event.seller_id}):
        seller = await lock_seller(tx, seller_id)
        assert seller is not None, "a seller with meetings is never deleted"
        sellers[seller_id] = seller
    match told.outcome:
        case "done":
            written = await _stands(tx, event, claim, told.meeting_url, sellers)
        case "taken" | "refused" if event.pending in {"book", "move"}:
            return await _undo(tx, event, claim, told.outcome, sellers)
        case "refused":
            written = await pending.forget(tx, event, claim)
            await record_event(tx, "calendar.not_told", severity="warning", subject=f"event:{event.id}")
        case "unknown" | "taken" | "overtaken":
            await pending.release(tx, event.id, claim)
            return Settled("unknown", event), False
    if not written:
        await pending.release(tx, event.id, claim)
    return Settled(told.outcome if written else "overtaken", event), False


async def _stands(
    tx: TenantTransaction, event: PendingEvent, claim: UUID, url: str | None, sellers: Mapping[int, Seller]
) -> bool:
    if event.pending == "erase":
        return await pending.forget(tx, event, claim)
    before = await read_event(tx, event.id) if event.pending == "write" else None
    if not await pending.finish(tx, event, claim, url):
        return False
    if event.pending == "book":
        if event.lead_id is not None:
            await advance_lead(tx, event.lead_id, MEETING_STAGE)
        await announce_meeting(tx, event.id, meeting_of(event), sellers[event.seller_id])
    elif event.pending == "move":
        await announce_event_change(tx, await read_event(tx, event.id), [one.user_id for one in sellers.values()])
    elif before is not None and (now := await read_event(tx, event.id)).meeting_url != before.meeting_url:
        await announce_event_change(tx, now, [one.user_id for one in sellers.values()])  # Google gave it its link
    return True


async def _undo(
    tx: TenantTransaction, event: PendingEvent, claim: UUID, outcome: Outcome, sellers: Mapping[int, Seller]
) -> tuple[Settled, bool]:
    """The booking was never one; the moved meeting is where it was, unless that time was given away since."""
    kept = False
    if event.pending == "book":
        # A first attempt that was refused has left nothing there.
        erases = outcome == "taken" or event.attempts > 0
        written = await pending.undo_booking(tx, event, claim, erase=erases)
        goes_on = written and erases
    else:
        try:
            async with tx.savepoint():
                written = goes_on = await pending.undo_move(tx, event, claim)
        except (ConstraintViolated, Collided) as error:
            if isinstance(error, ConstraintViolated) and error.constraint != EXCLUSION:
                raise
            written, goes_on, kept = await pending.forget(tx, event, claim), False, True
        if written:
            await announce_event_change(tx, await read_event(tx, event.id), [one.user_id for one in sellers.values()])
    if not written:
        await pending.release(tx, event.id, claim)
        return Settled("overtaken", event), False
    return Settled(outcome, event, kept), goes_on


def meeting_of(event: PendingEvent) -> NewMeeting:
    """The meeting that was held, as it is announced."""
    return NewMeeting(
        seller_id=event.seller_id,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        lead_id=event.lead_id,
        conversation_id=event.conversation_id,
        offer_id=event.offer_id,
        title=event.title,
        created_by=event.created_by,
    )
