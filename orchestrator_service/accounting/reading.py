"""The ledger as it is read: line by line, newest first, and in sums that always agree with the lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from core.errors import NotFound
from core.paging import LARGEST_ID, NEWEST, OLDEST
from core.principal import Principal
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.errors import BadPeriod
from orchestrator_service.accounting.models import Transaction, Wanted
from orchestrator_service.auth.permissions import Permission, require

SQL = load_statements(Path(__file__).with_name("reading.sql"))
By: TypeAlias = Literal["currency", "day", "week", "month", "seller", "client", "method"]
MOST_TOTALS = 1000


@dataclass(frozen=True, slots=True)
class Total:
    """What one key comes to in one currency. `key` is a first day, an id or a method; None: of nobody, or all.

    `pending` is income that waits for its payment, and in no other figure; `net` = income - refund - expense -
    commission.
    """

    key: str | None
    currency: str
    name: str | None
    income: Decimal
    pending: Decimal
    refund: Decimal
    expense: Decimal
    commission: Decimal
    net: Decimal
    count: int


async def read_transaction(tx: TenantTransaction, principal: Principal, transaction_id: int) -> Transaction:
    """One line. Raises NotFound."""
    require(principal, Permission.TRANSACTIONS_READ)
    found = await _page(tx, Wanted(), transaction_id=transaction_id, before=(NEWEST, LARGEST_ID), most=1)
    if not found:
        raise NotFound
    return found[0]


async def list_transactions(
    tx: TenantTransaction, principal: Principal, wanted: Wanted, *, before: tuple[datetime, int], most: int
) -> list[Transaction]:
    """At most `most` lines before `before` (time, id), newest first."""
    require(principal, Permission.TRANSACTIONS_READ)

    async def query() -> list[Transaction]:
        return await _page(tx, wanted, transaction_id=None, before=before, most=most)

    return await optional(tx, query, missing=[])


async def total_transactions(
    tx: TenantTransaction, principal: Principal, wanted: Wanted, by: By, *, most: int = MOST_TOTALS
) -> list[Total]:
    """The sums of the wanted lines: by day, week and month in order of time, else the largest income first."""
    require(principal, Permission.TRANSACTIONS_READ)
    zone = await repository.company_zone(tx)

    async def query() -> list[Total]:
        wants = _filters(wanted)
        wants.pop("state")
        return await tx.all(SQL["totals"], Total, **wants, by=by, zone=zone, most=most)

    return await optional(tx, query, missing=[])


async def period_of(
    tx: TenantTransaction, first: date | None, last: date | None
) -> tuple[datetime | None, datetime | None]:
    """When the days begin and are over in the company's zone; both count. Raises BadPeriod."""
    if first is not None and last is not None and last < first:
        raise BadPeriod("the last day is before the first")
    zone = ZoneInfo(await repository.company_zone(tx))
    since = datetime.combine(first, time(), zone) if first is not None else None
    until = datetime.combine(last + timedelta(days=1), time(), zone) if last is not None else None
    return since, until


async def _page(
    tx: TenantTransaction, wanted: Wanted, *, transaction_id: int | None, before: tuple[datetime, int], most: int
) -> list[Transaction]:
    place = {"before_at": before[0], "before_id": before[1], "most": most, "transaction_id": transaction_id}
    return await tx.all(SQL["list_transactions"], Transaction, **_filters(wanted), **place)


def _filters(wanted: Wanted) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
    return values | {"since": wanted.since or OLDEST, "until": wanted.until or NEWEST}
