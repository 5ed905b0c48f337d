"""Typed access to how sellers' calendars are connected and how they fare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.resilience import optional
from core.statements import sibling_statements
from orchestrator_service.google_calendar.models import NamedSeller, SellerCalendarRow

SQL = sibling_statements(__file__)
_LONGEST_ERROR = 200


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """A meeting of ours that stands, by the id that it has in Google."""

    google_event_id: str
    seller_id: int
    starts_at: datetime
    ends_at: datetime


async def connections(tx: TenantTransaction, seller_ids: Sequence[int]) -> list[SellerCalendarRow]:
    """The connections of these sellers; those that have none are left out, and so are all where the module is not."""

    async def query() -> list[SellerCalendarRow]:
        return await tx.all(SQL["connections"], SellerCalendarRow, seller_ids=list(seller_ids))

    return await optional(tx, query, missing=[])


async def own_events(tx: TenantTransaction, seller_ids: Sequence[int], event_ids: Sequence[str]) -> list[OwnEvent]:
    """Our standing meetings among these events of Google's."""
    return await tx.all(SQL["own_events"], OwnEvent, seller_ids=list(seller_ids), event_ids=list(event_ids))


async def find_seller(tx: TenantTransaction, seller_id: int) -> NamedSeller | None:
    """A seller, active or not."""
    return await tx.one(SQL["find_seller"], NamedSeller, seller_id=seller_id)


async def note_health(tx: TenantTransaction, row: SellerCalendarRow, error: str | None, now: datetime) -> bool:
    """Write how asking went; False where the connection is another one by now."""
    return await tx.run(SQL["note_health"], **_of(row, error), now=now) > 0


async def note_lost(tx: TenantTransaction, row: SellerCalendarRow, error: str, now: datetime) -> bool:
    """Write that the right is gone; True for the one caller who is first to see it."""
    return await tx.run(SQL["note_lost"], **_of(row, error), now=now) > 0


def _of(row: SellerCalendarRow, error: str | None) -> dict[str, object]:
    cut = error[:_LONGEST_ERROR] if error else None
    return {"seller_id": row.seller_id, "connected_at": row.connected_at, "last_error": cut}
