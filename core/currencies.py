"""The currencies of ISO 4217 that amounts may be in, with their decimals (PRODUCT §3.3). Pure.

Money is stored as `numeric(14,2)`: what has three or four decimals cannot be told exactly there, so it is refused
instead of rounded. Funds, metals and test codes are no money that anybody pays with.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from core.errors import BadInput

_NO_DECIMALS: Final = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"],
)  # fmt: skip
_TOO_FINE: Final = frozenset(["BHD", "CLF", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "UYW"])
_CENTS: Final = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IRR",
        "JMD",
        "KES",
        "KGS",
        "KHR",
        "KPW",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "WST",
        "XCD",
        "XCG",
        "YER",
        "ZAR",
        "ZMW",
        "ZWG",
    ],
)
CURRENCIES: Final = _CENTS | _NO_DECIMALS


class UnknownCurrency(BadInput):
    """No currency of ISO 4217."""

    code = "unknown_currency"


class CurrencyTooFine(BadInput):
    """A currency of three or four decimals: amounts here have two."""

    code = "currency_too_fine"


class AmountTooFine(BadInput):
    """More decimals than the currency has; `decimals` says how many those are."""

    code = "amount_too_fine"


def quantum(currency: str) -> Decimal:
    """The smallest amount of a currency that there is. Raises UnknownCurrency, CurrencyTooFine."""
    if currency in _TOO_FINE:
        raise CurrencyTooFine(f"{currency} has more than two decimals and cannot be kept exactly")
    if currency not in CURRENCIES:
        raise UnknownCurrency(f"{currency} is no currency of ISO 4217")
    return Decimal(1) if currency in _NO_DECIMALS else Decimal("0.01")


def exact(amount: Decimal, currency: str) -> Decimal:
    """The amount, which must be one that the currency has. Raises AmountTooFine, and what `quantum` does."""
    step = quantum(currency)
    if amount % step != 0:
        decimals = 0 if step == 1 else 2
        raise AmountTooFine(f"{currency} has {decimals} decimals", extra={"decimals": decimals})
    return amount
