"""What is earned and what goes back: rounded to the half-even unit, and together always the whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.currencies import CURRENCIES, AmountTooFine, CurrencyTooFine, UnknownCurrency, exact, quantum
from core.principal import ROLES
from orchestrator_service.accounting.commission import Terms, earned, taken_back
from orchestrator_service.auth.permissions import Permission, Scope, scope_of


@pytest.mark.parametrize(
    ("percent", "amount", "currency", "expected"),
    [
        ("10", "100.00", "USD", "10.00"),
        ("7.5", "0.10", "USD", "0.01"),
        ("12.5", "0.20", "USD", "0.02"),  # 0.025: the even one
        ("12.5", "0.28", "USD", "0.04"),  # 0.035: the even one
        ("1", "0.10", "USD", "0.00"),
        ("5", "990", "JPY", "50"),  # 49.5
        ("100", "999999999999.99", "USD", "999999999999.99"),
    ],
)
def test_a_percentage_is_rounded_to_the_currencys_unit(percent: str, amount: str, currency: str, expected: str) -> None:
    assert str(earned(Terms(Decimal(percent), None), Decimal(amount), currency)) == expected


def test_a_fixed_amount_is_what_it_is() -> None:
    assert earned(Terms(None, Decimal("15.00")), Decimal("3.00"), "USD") == Decimal("15.00")


@given(st.data(), st.sampled_from(["USD", "JPY"]))
def test_what_refunds_take_back_is_the_whole_commission_in_the_end(data: st.DataObject, currency: str) -> None:
    step = quantum(currency)
    units = data.draw(st.integers(1, 10_000_000))
    income, commission = units * step, data.draw(st.integers(1, 20_000_000)) * step
    left, refunded, already = units, Decimal(0), Decimal(0)
    while left > 0:
        part = data.draw(st.integers(1, left)) if left < units or data.draw(st.booleans()) else left
        left -= part
        refunded += part * step
        taken = taken_back(commission=commission, already=already, refunded=refunded, income=income, currency=currency)
        assert taken >= 0
        assert taken % step == 0
        already += taken
        assert abs(already - commission * refunded / income) <= step / 2
    assert already == commission


def test_a_reversed_refund_never_makes_the_next_one_give_something_back() -> None:
    one = {"commission": Decimal("0.01"), "income": Decimal("1.00"), "currency": "USD"}
    assert taken_back(**one, already=Decimal("0.01"), refunded=Decimal("0.15")) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("currency", "amount", "refused"),
    [
        ("KWD", "1.00", CurrencyTooFine),
        ("CLF", "1.00", CurrencyTooFine),
        ("XXX", "1.00", UnknownCurrency),
        ("XAU", "1.00", UnknownCurrency),
        ("usd", "1.00", UnknownCurrency),
        ("JPY", "1.50", AmountTooFine),
        ("CLP", "0.01", AmountTooFine),
    ],
)
def test_what_the_currency_does_not_have_is_refused(currency: str, amount: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        exact(Decimal(amount), currency)


def test_what_it_has_is_kept_exactly() -> None:
    assert exact(Decimal("1500.00"), "JPY") == 1500
    assert exact(Decimal("0.01"), "ARS") == Decimal("0.01")
    assert {"ARS", "MXN", "BRL", "USD", "COP", "CLP", "PEN", "UYU", "EUR"} <= CURRENCIES


def test_whoever_reads_the_ledger_hears_of_it() -> None:
    """`ACCOUNTING_UPDATED` goes to those who may read the accounts of people: that must be the same ones."""
    for role in ROLES:
        reads = scope_of(role, Permission.TRANSACTIONS_READ), scope_of(role, Permission.USERS_READ)
        assert reads in {(Scope.NONE, Scope.NONE), (Scope.TENANT, Scope.TENANT)}
