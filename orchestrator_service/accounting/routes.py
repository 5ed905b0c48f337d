"""`/crm/transactions`: the ledger, for the ceo (PRODUCT §12.5). There is no PATCH and no DELETE: lines are reversed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request
from starlette.responses import StreamingResponse

from core.database import TenantTransaction
from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, NEWEST, Page, moment_cursor, moment_of, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.accounting.export import csv_of
from orchestrator_service.accounting.models import Kind, Method, State, Wanted
from orchestrator_service.accounting.pay import pay_income
from orchestrator_service.accounting.reading import (
    MOST_TOTALS,
    By,
    list_transactions,
    period_of,
    read_transaction,
    total_transactions,
)
from orchestrator_service.accounting.record import record_transaction
from orchestrator_service.accounting.repository import company_zone
from orchestrator_service.accounting.reverse import reverse_transaction
from orchestrator_service.accounting.schemas import (
    Day,
    NewTransactionBody,
    PaymentBody,
    ReversalBody,
    TotalsView,
    TransactionView,
)
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/crm", tags=["accounting"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_WRITE))]
Exporter = Annotated[Principal, Depends(permit(Permission.EXPORTS))]
RowId = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
_READS = [Depends(rate_limit("100/minute", scope="crm.transactions"))]
_WRITES = [Depends(rate_limit("120/minute", scope="crm.transactions.write"))]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the address: days are the company's own, both count; the times of `kept` are not known yet."""

    first: date | None
    last: date | None
    kept: Wanted

    async def wanted(self, tx: TenantTransaction, state: State | None = None) -> Wanted:
        """As the slice takes them. Raises BadPeriod."""
        since, until = await period_of(tx, self.first, self.last)
        return replace(self.kept, since=since, until=until, state=state)


async def _filters(  # noqa: PLR0917 - query parameters
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
    kind: Kind | None = None,
    currency: Annotated[str | None, Query(pattern=r"^[A-Z]{3}$")] = None,
    method: Method | None = None,
    seller_id: RowId = None,
    client_id: RowId = None,
    lead_id: RowId = None,
) -> Filters:
    kept = Wanted(
        kind=kind, currency=currency, method=method, seller_id=seller_id, client_id=client_id, lead_id=lead_id
    )
    return Filters(since, until, kept)


Filtered = Annotated[Filters, Depends(_filters)]


@router.get("/transactions", dependencies=_READS)
@audit_access("transactions.list", subject="transactions")
async def get_transactions(  # noqa: PLR0917 - FastAPI injects them
    database: Db,
    principal: Reader,
    filters: Filtered,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[TransactionView]:
    """The ledger, newest first. `from` and `to` are days of the company's zone; 422 `bad_days`."""
    before = moment_of(cursor) if cursor else (NEWEST, LARGEST_ID)
    async with database.tenant(principal.tenant_id) as tx:
        wanted = await filters.wanted(tx, state)
        found = await list_transactions(tx, principal, wanted, before=before, most=limit + 1)
    return page(found, limit, show=TransactionView.of, cursor=lambda one: moment_cursor(one.occurred_at, one.id))


@router.get("/transactions/totals", dependencies=_READS)
@audit_access("transactions.totals", subject="transactions")
async def get_totals(database: Db, principal: Reader, filters: Filtered, by: By = "currency") -> TotalsView:
    """Sums of the same lines by a period, a seller, a client or a method; always apart by currency."""
    async with database.tenant(principal.tenant_id) as tx:
        wanted = await filters.wanted(tx)
        totals = await total_transactions(tx, principal, wanted, by, most=MOST_TOTALS + 1)
        return TotalsView.of(by, await company_zone(tx), totals, MOST_TOTALS)


@router.get(
    "/transactions.csv",
    dependencies=[Depends(rate_limit("6/minute", scope="crm.transactions.export"))],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@audit_access("transactions.export", subject="transactions")
async def get_transactions_csv(
    database: Db, principal: Exporter, filters: Filtered, state: State | None = None
) -> StreamingResponse:
    """All of it that the filters want, newest first, as a file for spreadsheets. Formulas are disarmed."""
    async with database.tenant(principal.tenant_id) as tx:
        wanted = await filters.wanted(tx, state)
    headers = {"Content-Disposition": 'attachment; filename="transactions.csv"'}
    return StreamingResponse(csv_of(database, principal, wanted), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/transactions", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("transactions.create", subject="transaction")
async def post_transaction(
    request: Request, body: NewTransactionBody, door: Door, database: Db, principal: Writer
) -> TransactionView:
    """Write a line; sent again with its `client_token`, it is the same line.

    422 `unknown_currency`, `currency_too_fine`, `amount_too_fine`, `incomplete_transaction`; 409 `refund_too_large`,
    `income_unpaid`, `income_not_standing`, `parties_differ`, `token_reused`.
    """
    now = door.clock()
    async with database.tenant(principal.tenant_id) as tx:
        written = await record_transaction(tx, principal, body.new(now), now=now)
    name_subject(request, f"transaction:{written.id}")
    return TransactionView.of(written)


@router.get("/transactions/{transaction_id}", dependencies=_READS)
@audit_access("transactions.read", subject="transaction")
async def get_transaction(transaction_id: int, database: Db, principal: Reader) -> TransactionView:
    """One line."""
    async with database.tenant(principal.tenant_id) as tx:
        return TransactionView.of(await read_transaction(tx, principal, transaction_id))


@router.post("/transactions/{transaction_id}/reversal", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("transactions.reverse", subject="transaction")
async def post_reversal(
    transaction_id: int, body: ReversalBody, door: Door, database: Db, principal: Writer
) -> TransactionView:
    """Undo a line by its opposite, which is answered. 409 `already_reversed`, `not_reversible`, `refunds_first`."""
    async with database.tenant(principal.tenant_id) as tx:
        made = await reverse_transaction(tx, principal, transaction_id, body.reason, now=door.clock())
    return TransactionView.of(made)


@router.post("/transactions/{transaction_id}/payment", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("transactions.pay", subject="transaction")
async def post_payment(
    transaction_id: int, body: PaymentBody, door: Door, database: Db, principal: Writer
) -> TransactionView:
    """Income that waited was paid: its commission is earned now. 409 `not_payable`."""
    async with database.tenant(principal.tenant_id) as tx:
        paid = await pay_income(tx, principal, transaction_id, paid_at=body.paid_at or door.clock())
    return TransactionView.of(paid)
