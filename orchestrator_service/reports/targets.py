"""What a seller is to reach in a month, and how far they are (PRODUCT §12.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.database import TenantTransaction
from core.json_types import Json
from core.principal import Principal
from core.resilience import optional
from core.statements import sibling_statements
from core.system_events import record_event
from orchestrator_service.auth.permissions import Permission, require
from orchestrator_service.reports import repository
from orchestrator_service.reports.models import Revenue, SellerMeetings
from orchestrator_service.reports.period import Period
from orchestrator_service.sellers.change import announce_sellers, lock_profile

SQL = sibling_statements(__file__)
Measure = Literal["meetings", "won", "revenue"]


@dataclass(frozen=True, slots=True)
class Target:
    """`amount` of meetings held, of leads met and won, or of `currency` earned (empty for the other two)."""

    measure: Measure
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Row:
    seller_id: int
    measure: Measure
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Performance:
    """A seller's month, and what it was to be; `meetings` None: no such seller."""

    month: Period
    meetings: SellerMeetings | None
    revenue: list[Revenue]
    targets: list[Target]


async def read_performance(tx: TenantTransaction, seller_id: int, month: Period) -> Performance:
    """What came of a seller's meetings in a month, beside their targets."""

    async def meetings() -> list[SellerMeetings]:
        return await repository.seller_meetings(tx, month, seller_id)

    async def revenue() -> list[Revenue]:
        return await repository.revenue(tx, month, seller_id)

    async def targets() -> list[_Row]:
        return await tx.all(SQL["targets"], _Row, month=month.first, seller_id=seller_id)

    found = await optional(tx, meetings, missing=[])
    return Performance(
        month=month,
        meetings=found[0] if found else None,
        revenue=await optional(tx, revenue, missing=[]),
        targets=[Target(one.measure, one.currency, one.amount) for one in await optional(tx, targets, missing=[])],
    )


async def set_targets(
    tx: TenantTransaction, principal: Principal, seller_id: int, month: date, targets: Sequence[Target]
) -> None:
    """Make these the seller's targets of the month that begins with that day. Raises NotFound, Forbidden."""
    require(principal, Permission.SELLERS_MANAGE)
    await lock_profile(tx, principal, seller_id)
    was = await tx.all(SQL["targets"], _Row, month=month, seller_id=seller_id)
    await tx.run(SQL["drop_targets"], seller_id=seller_id, month=month)
    await tx.run(
        SQL["set_targets"],
        seller_id=seller_id,
        month=month,
        measures=[one.measure for one in targets],
        currencies=[one.currency for one in targets],
        amounts=[one.amount for one in targets],
    )
    before: list[Json] = [_told(Target(one.measure, one.currency, one.amount)) for one in was]
    after: list[Json] = [_told(one) for one in targets]
    await record_event(
        tx,
        "sellers.changed",
        user_id=principal.user_id,
        subject=f"seller:{seller_id}",
        detail={"changes": {f"targets {month:%Y-%m}": {"was": before, "became": after}}},
    )
    await announce_sellers(tx)


def _told(target: Target) -> str:
    return f"{target.measure}: {target.amount} {target.currency}".strip()
