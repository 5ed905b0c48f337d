"""What a transaction is (ADR 0034): written once, reversed at most once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias, get_args
from uuid import UUID

Kind: TypeAlias = Literal["income", "expense", "refund", "commission"]
Method: TypeAlias = Literal["cash", "transfer", "card", "wallet", "payment_link", "check", "other"]
State: TypeAlias = Literal["pending", "paid", "reversed"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTransaction:
    """What somebody types. `amount` is in `currency`; of a refund the income says whose it is and in what currency.

    `paid` is of income alone: False waits for its payment. `token` is the sender's own: the same again means the same.
    """

    kind: Kind
    amount: Decimal
    currency: str | None
    method: Method | None
    client_id: int | None
    lead_id: int | None
    seller_id: int | None
    income_id: int | None
    category: str | None
    description: str | None
    occurred_at: datetime
    paid: bool
    token: UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `accounting_transactions` as the rules need it; `paid_at` counts a later payment too."""

    id: int
    kind: Kind
    amount: Decimal
    currency: str
    client_id: int | None
    lead_id: int | None
    seller_id: int | None
    income_id: int | None
    reverses_id: int | None
    reduces_id: int | None
    reversed_by_id: int | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class Transaction:
    """A row of the ledger as it is read.

    `effect` is what it counts for: income and the reversal of what went out above zero. `refunded` is what was given
    back of an income, `reduces_id` the commission that a refund (`caused_by_id`) takes a part of.
    """

    id: int
    kind: Kind
    amount: Decimal
    currency: str
    effect: Decimal
    method: Method | None
    category: str | None
    description: str | None
    client_id: int | None
    client_name: str | None
    lead_id: int | None
    lead_name: str | None
    seller_id: int | None
    seller_name: str | None
    income_id: int | None
    reverses_id: int | None
    reversed_by_id: int | None
    reduces_id: int | None
    caused_by_id: int | None
    rule_id: int | None
    refunded: Decimal
    paid_at: datetime | None
    receipt_id: int | None
    occurred_at: datetime
    created_at: datetime
    created_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which transactions: every field that is None keeps to nothing. Times: from `since` until before `until`."""

    since: datetime | None = None
    until: datetime | None = None
    kind: Kind | None = None
    currency: str | None = None
    method: Method | None = None
    seller_id: int | None = None
    client_id: int | None = None
    lead_id: int | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class NewRule:
    """What a seller (None: whoever has no rule of their own) earns from a day on: percent, or fixed in a currency."""

    seller_id: int | None
    percent: Decimal | None
    fixed: Decimal | None
    currency: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `commission_rules`; `ends_on` is its last day."""

    id: int
    seller_id: int | None
    seller_name: str | None
    percent: Decimal | None
    fixed: Decimal | None
    currency: str | None
    starts_on: date
    ends_on: date | None
    used: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file to a transaction, as it is served."""

    id: int
    media_type: str
    size_bytes: int
    storage_key: str
    filename: str | None
