"""What a seller earns on paid income, and what of it goes back with a refund. Pure; amounts are exact (ADR 0034)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from core.currencies import quantum

_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Terms:
    """How much of an income is earned: `percent` of it, or `fixed` in the income's currency; one of both."""

    percent: Decimal | None
    fixed: Decimal | None


def earned(terms: Terms, amount: Decimal, currency: str) -> Decimal:
    """The commission on an income; 0 where it rounds to nothing."""
    if terms.fixed is not None:
        return terms.fixed
    assert terms.percent is not None, "terms are percent or fixed"
    return _rounded(amount * terms.percent / _HUNDRED, currency)


def taken_back(*, commission: Decimal, already: Decimal, refunded: Decimal, income: Decimal, currency: str) -> Decimal:
    """What one more refund takes off a commission.

    `refunded` is all that was refunded so far, this refund included; `already` what earlier refunds took. Each time the
    whole share is rounded and the difference taken, so that after the last refund the sum is the commission exactly.
    """
    share = _rounded(commission * refunded / income, currency)
    return max(share - already, Decimal(0))


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(quantum(currency), ROUND_HALF_EVEN)
