"""The commissions that hang on an income: earned when it is paid, taken back with its refunds and its reversal.

Each of these runs after a line of that income was written in the same transaction, and so under the income's lock.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from core.principal import Principal
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.commission import Terms, earned, taken_back
from orchestrator_service.accounting.models import Entry
from orchestrator_service.accounting.repository import Line


async def earn_commission(tx: TenantTransaction, principal: Principal, income: Entry, *, paid_at: datetime) -> None:
    """What the seller of a paid income earns by the rule of the day on which it was paid, in the company's zone."""
    if income.seller_id is None:
        return
    day = paid_at.astimezone(ZoneInfo(await repository.company_zone(tx))).date()
    rule = await repository.rule_for(tx, seller_id=income.seller_id, currency=income.currency, day=day)
    if rule is None:
        return
    amount = earned(Terms(rule.percent, rule.fixed), income.amount, income.currency)
    if amount > 0:
        await repository.add_line(
            tx,
            Line(
                kind="commission",
                amount=amount,
                currency=income.currency,
                occurred_at=paid_at,
                created_by=principal.user_id,
                client_id=income.client_id,
                lead_id=income.lead_id,
                seller_id=income.seller_id,
                income_id=income.id,
                rule_id=rule.id,
            ),
        )


async def reduce_commissions(
    tx: TenantTransaction, principal: Principal, income: Entry, refund_id: int, *, at: datetime
) -> None:
    """Take back the refund's share of every commission on the income."""
    refunded = await repository.refunded_of(tx, income.id)
    for commission in await repository.commissions_of(tx, income.id):
        amount = taken_back(
            commission=commission.amount,
            already=commission.reduced,
            refunded=refunded,
            income=income.amount,
            currency=income.currency,
        )
        if amount > 0:
            await repository.add_line(
                tx,
                Line(
                    kind="commission",
                    amount=amount,
                    currency=income.currency,
                    occurred_at=at,
                    created_by=principal.user_id,
                    method=commission.method,
                    client_id=income.client_id,
                    lead_id=income.lead_id,
                    seller_id=commission.seller_id,
                    income_id=income.id,
                    reduces_id=commission.id,
                    caused_by_id=refund_id,
                    rule_id=commission.rule_id,
                    category=commission.category,
                ),
            )


async def undo_commissions(tx: TenantTransaction, principal: Principal, reversed_entry: Entry, *, at: datetime) -> None:
    """What hung on a reversed line goes with it: an income's commissions, what a refund had taken off them."""
    if reversed_entry.kind == "income":
        hanging = [found.id for found in await repository.commissions_of(tx, reversed_entry.id)]
    elif reversed_entry.kind == "refund":
        hanging = await repository.reductions_by(tx, reversed_entry)
    else:
        return
    for line_id in hanging:
        await repository.add_reversal(tx, line_id, occurred_at=at, created_by=principal.user_id)
