"""How a meeting went, said by the team once it has begun; and where it takes place (PRODUCT §11.6)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.errors import Conflict, NotFound
from core.principal import Principal
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.announce import announce_event_change
from orchestrator_service.agenda.change_meeting import EventOver, lock_event, slot_taken
from orchestrator_service.agenda.reading import AgendaEvent, read_event

# `confirmed` takes a mark back.
Outcome: TypeAlias = Literal["done", "no_show", "confirmed"]


class NotBegun(Conflict):
    """Nobody knows how a meeting went before it has begun."""

    code: ClassVar[str] = "not_begun"
    title = "Not Begun"


async def mark_meeting(
    tx: TenantTransaction, principal: Principal, event_id: int, outcome: Outcome, *, now: datetime
) -> AgendaEvent:
    """Say how a meeting went, or take that back; once more changes nothing. Call it first in its transaction.

    Raises NotFound out of scope and for what is no meeting, EventOver for a cancelled one, NotBegun, SlotTaken where
    the time was given away since it was marked.
    """
    event, sellers = await lock_event(tx, principal, event_id)
    if event.kind != "meeting":
        raise NotFound
    if event.status not in {"confirmed", "done", "no_show"}:
        raise EventOver("It was cancelled, or is not confirmed.")
    if event.status == outcome:
        return event
    if now < event.starts_at:
        raise NotBegun("The meeting has not begun.")
    try:
        async with tx.savepoint():
            await repository.mark_event(tx, event_id, outcome)
    except (ConstraintViolated, Collided) as error:
        raise slot_taken(error) from error
    after = await read_event(tx, event_id)
    await announce_event_change(tx, after, [seller.user_id for seller in sellers.values()])
    return after


async def set_meeting_url(
    tx: TenantTransaction, principal: Principal, event_id: int, meeting_url: str | None
) -> AgendaEvent:
    """Say on which page a meeting takes place. Call it first. Raises NotFound out of scope and for no meeting."""
    event, sellers = await lock_event(tx, principal, event_id)
    if event.kind != "meeting":
        raise NotFound
    if event.meeting_url == meeting_url:
        return event
    await repository.set_meeting_url(tx, event_id, meeting_url)
    after = await read_event(tx, event_id)
    await announce_event_change(tx, after, [seller.user_id for seller in sellers.values()])
    return after
