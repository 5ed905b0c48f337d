"""Whatever is written, paid, refunded and reversed: every way of summing gives the same, in each currency alone."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, get_args
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.database import TenantTransaction
from core.errors import Conflict
from core.paging import LARGEST_ID, NEWEST
from core.principal import Principal
from orchestrator_service.accounting.models import Kind, NewRule, NewTransaction, Transaction, Wanted
from orchestrator_service.accounting.pay import pay_income
from orchestrator_service.accounting.reading import By, Total, list_transactions, total_transactions
from orchestrator_service.accounting.record import record_transaction
from orchestrator_service.accounting.reverse import reverse_transaction
from orchestrator_service.accounting.rules import add_rule
from tests.support.api import Api
from tests.support.factories import make_seller, make_tenant, make_user

NOW: Final = datetime.fromisoformat("2026-03-15T12:00:00+00:00")
FIGURES: Final = ("income", "pending", "refund", "expense", "commission", "net", "count")
EVERYTHING: Final = 100_000


@dataclass(frozen=True)
class Act:
    """One thing that is done; `pick` chooses among what is there by then."""

    verb: str
    pick: int
    cents: int
    currency: str
    seller: int
    paid: bool
    hours: int


ACTS = st.lists(
    st.builds(
        Act,
        verb=st.sampled_from(["income", "income", "income", "expense", "refund", "refund", "pay", "reverse"]),
        pick=st.integers(0, 50),
        cents=st.integers(1, 100_000),
        currency=st.sampled_from(["USD", "ARS", "JPY"]),
        seller=st.integers(0, 2),
        paid=st.booleans(),
        hours=st.integers(0, 24 * 70),
    ),
    min_size=5,
    max_size=25,
)


# Without shrinking, which would take minutes on a database: an example is short enough to read.
_SETTINGS = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@_SETTINGS
@given(acts=ACTS, percent=st.integers(1, 10_000))
async def test_every_sum_agrees_with_the_ledger(api: Api, acts: list[Act], percent: int) -> None:
    tenant = await make_tenant(api.db)
    principal = Principal(tenant, await make_user(api.db, tenant, role="ceo"), "ceo")
    sellers = [None, await make_seller(api.db, tenant, "Ana"), await make_seller(api.db, tenant, "Beto")]
    async with api.db.tenant(tenant) as tx:
        rule = NewRule(None, Decimal(percent) / 100, None, None, date(2020, 1, 1), None)
        await add_rule(tx, principal, rule)
        for act in acts:
            with contextlib.suppress(Conflict):  # refunded too much, reversed twice, paid before: refused, not counted
                async with tx.savepoint():
                    await _do(tx, principal, act, sellers)
        lines = await list_transactions(tx, principal, Wanted(), before=(NEWEST, LARGEST_ID), most=EVERYTHING)
        ledger = _by_hand(lines)
        for by in get_args(By):
            totals = await total_transactions(tx, principal, Wanted(), by, most=EVERYTHING)
            assert _summed(totals) == ledger, by
    _holds_together(lines)


async def _do(tx: TenantTransaction, principal: Principal, act: Act, sellers: list[int | None]) -> None:
    lines = await list_transactions(tx, principal, Wanted(), before=(NEWEST, LARGEST_ID), most=EVERYTHING)
    incomes = [line for line in lines if line.kind == "income" and line.reverses_id is None]
    if act.verb in {"income", "expense"}:
        kind: Kind = "income" if act.verb == "income" else "expense"
        await record_transaction(tx, principal, _new(act, kind, sellers[act.seller]), now=NOW)
    elif act.verb == "refund" and incomes:
        income = incomes[act.pick % len(incomes)]
        new = _new(act, "refund", None, income)
        await record_transaction(tx, principal, new, now=NOW)
    elif act.verb == "pay" and incomes:
        await pay_income(tx, principal, incomes[act.pick % len(incomes)].id, paid_at=NOW)
    elif act.verb == "reverse" and lines:
        await reverse_transaction(tx, principal, lines[act.pick % len(lines)].id, "A mistake", now=NOW)


def _new(act: Act, kind: Kind, seller: int | None, income: Transaction | None = None) -> NewTransaction:
    currency = income.currency if income else act.currency
    amount = Decimal(act.cents) if currency == "JPY" else Decimal(act.cents) / 100
    if income is not None and act.paid:
        amount = income.amount - income.refunded or amount  # all that is left
    return NewTransaction(
        kind=kind,
        amount=amount,
        currency=None if income else currency,
        method=None,
        client_id=None,
        lead_id=None,
        seller_id=seller,
        income_id=income.id if income else None,
        category=None,
        description=None,
        occurred_at=NOW - timedelta(hours=act.hours),
        paid=act.paid or kind != "income",
        token=uuid4(),
    )


def _by_hand(lines: list[Transaction]) -> dict[str, dict[str, Decimal]]:
    """The figures of each currency from the lines themselves, by their kinds alone."""
    sums: defaultdict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(FIGURES, Decimal(0)))
    for line in lines:
        of = sums[line.currency]
        signed = line.amount if (line.reverses_id is None) == (line.reduces_id is None) else -line.amount
        of["count"] += 1
        if line.kind == "income" and line.paid_at is None:
            of["pending"] += signed
        else:
            of[line.kind] += signed
            of["net"] += signed if line.kind == "income" else -signed
    return dict(sums)


def _summed(totals: list[Total]) -> dict[str, dict[str, Decimal]]:
    sums: defaultdict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(FIGURES, Decimal(0)))
    for total in totals:
        for name in FIGURES:
            sums[total.currency][name] += getattr(total, name)
    return dict(sums)


def _holds_together(lines: list[Transaction]) -> None:
    """Pairs net to nothing; no income is given back beyond itself; what earned on nothing earns nothing."""
    by_id = {line.id: line for line in lines}
    for line in lines:
        if line.reverses_id is not None:
            assert line.effect + by_id[line.reverses_id].effect == 0
        if line.kind == "income" and line.reverses_id is None:
            earned = -sum(one.effect for one in lines if one.income_id == line.id and one.kind == "commission")
            assert 0 <= line.refunded <= line.amount
            assert earned >= 0
            if line.reversed_by_id is not None or line.refunded == line.amount or line.paid_at is None:
                assert earned == 0
