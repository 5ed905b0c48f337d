"""Writing down what came in or went out, once per token, with the commission that it earns or takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.currencies import exact
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.announce import announce_money, judge_sale
from orchestrator_service.accounting.earn import earn_commission, reduce_commissions
from orchestrator_service.accounting.errors import (
    IncomeReversed,
    IncomeUnpaid,
    IncompleteTransaction,
    PartiesDiffer,
    RefundTooLarge,
    TokenReused,
    refusal,
)
from orchestrator_service.accounting.models import Entry, NewTransaction, Transaction
from orchestrator_service.accounting.reading import read_transaction
from orchestrator_service.accounting.repository import Line


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose a transaction is, and in what currency."""

    currency: str
    client_id: int | None
    lead_id: int | None
    seller_id: int | None
    income: Entry | None


async def record_transaction(
    tx: TenantTransaction, principal: Principal, new: NewTransaction, *, now: datetime
) -> Transaction:
    """Write it and announce it; what the token wrote before is answered again.

    Raises UnknownCurrency, CurrencyTooFine, AmountTooFine, IncompleteTransaction, PartiesDiffer, TokenReused,
    RefundTooLarge, IncomeReversed, IncomeUnpaid; NotFound for a client, lead, seller or income that there is not.
    """
    known = await repository.of_token(tx, new.token)
    if known is not None:
        return await _same(tx, principal, known, new)
    _demand_whole(new)
    of = await _refund_of(tx, principal, new) if new.kind == "refund" else await _parties_of(tx, new)
    amount = exact(new.amount, of.currency)
    paid_at = new.occurred_at if new.kind == "income" and new.paid else None
    line = Line(
        kind=new.kind,
        amount=amount,
        currency=of.currency,
        occurred_at=new.occurred_at,
        created_by=principal.user_id,
        method=new.method,
        client_id=of.client_id,
        lead_id=of.lead_id,
        seller_id=of.seller_id,
        income_id=of.income.id if of.income else None,
        category=new.category,
        paid_at=paid_at,
        token=new.token,
    )
    transaction_id = await _written(tx, line, of.income)
    if new.description:
        await repository.add_words(tx, transaction_id, new.description)
    await _consequences(tx, principal, transaction_id, of.income, now=now)
    await announce_money(tx, transaction_id, of.lead_id)
    return await read_transaction(tx, principal, transaction_id)


async def _consequences(
    tx: TenantTransaction, principal: Principal, transaction_id: int, income: Entry | None, *, now: datetime
) -> None:
    entry = await repository.find_entry(tx, transaction_id)
    assert entry is not None, "it was just written"
    if entry.kind == "income" and entry.paid_at is not None:
        await earn_commission(tx, principal, entry, paid_at=entry.paid_at)
        await judge_sale(tx, entry.lead_id)
    elif entry.kind == "refund" and income is not None:
        await reduce_commissions(tx, principal, income, transaction_id, at=now)


async def _written(tx: TenantTransaction, line: Line, income: Entry | None) -> int:
    try:
        async with tx.savepoint():
            return await repository.add_line(tx, line)
    except ConstraintViolated as error:
        refused = refusal(error, RefundTooLarge, IncomeReversed, IncomeUnpaid)
        if isinstance(refused, RefundTooLarge) and income is not None:
            left = income.amount - await repository.refunded_of(tx, income.id)
            raise RefundTooLarge("more than is left of the income", extra={"left": str(left)}) from error
        raise refused from error


async def _same(tx: TenantTransaction, principal: Principal, known: int, new: NewTransaction) -> Transaction:
    found = await read_transaction(tx, principal, known)
    written = await repository.find_entry(tx, known)
    assert written is not None, "it was just read"
    named = (new.client_id, new.lead_id, new.seller_id)
    # As it was written, or as it is shown: whoever was named may have been merged since.
    kept = [{None, getattr(written, name), getattr(found, name)} for name in ("client_id", "lead_id", "seller_id")]
    agrees = all(one in known_as for one, known_as in zip(named, kept, strict=True))
    if (found.kind, found.amount) != (new.kind, new.amount) or not agrees or new.currency not in {None, found.currency}:
        raise TokenReused("the token made another transaction")
    return found


def _demand_whole(new: NewTransaction) -> None:
    """Which fields a kind needs, and which it may not have."""
    lacking = [
        name
        for name, lacks in (
            ("income_id", (new.kind == "refund") != (new.income_id is not None)),
            ("seller_id", new.kind == "commission" and new.seller_id is None),
            ("currency", new.kind != "refund" and new.currency is None),
            ("paid", new.kind != "income" and not new.paid),
        )
        if lacks
    ]
    if lacking or new.amount <= Decimal(0):
        raise IncompleteTransaction(
            f"a {new.kind} needs other fields", extra={"fields": [*lacking] if lacking else ["amount"]}
        )


async def _refund_of(tx: TenantTransaction, principal: Principal, new: NewTransaction) -> _Of:
    """A refund is of its income's client, in its currency."""
    assert new.income_id is not None, "demanded before"
    income = await repository.find_entry(tx, new.income_id)
    if income is None or income.kind != "income":
        raise NotFound
    shown = await read_transaction(tx, principal, income.id)
    if new.currency not in {None, income.currency} or new.client_id not in {None, income.client_id, shown.client_id}:
        raise PartiesDiffer("a refund is in the currency of its income, to its client")
    return _Of(income.currency, income.client_id, income.lead_id, income.seller_id, income)


async def _parties_of(tx: TenantTransaction, new: NewTransaction) -> _Of:
    assert new.currency is not None, "demanded before"
    found = await repository.find_parties(tx, client_id=new.client_id, lead_id=new.lead_id, seller_id=new.seller_id)
    asked = (new.client_id, new.lead_id, new.seller_id)
    if asked != (found.client_id, found.lead_id, found.seller_id):
        raise NotFound
    if None not in {new.client_id, new.lead_id} and found.lead_of_client != new.lead_id:
        raise PartiesDiffer("the client was another lead")
    client_id = new.client_id if new.client_id is not None else found.client_of_lead
    lead_id = new.lead_id if new.lead_id is not None else found.lead_of_client
    return _Of(new.currency, client_id, lead_id, new.seller_id, None)
