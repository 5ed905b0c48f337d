"""Money on the wire: amounts are decimal strings, in a currency that always stands beside them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import LARGEST_ID
from orchestrator_service.accounting.models import Kind, Method, NewRule, NewTransaction, Rule, Transaction
from orchestrator_service.accounting.reading import By, Total

_FIRST, _LAST = 2000, 2100


def _plausible(day: date) -> date:
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(f"years from {_FIRST} to {_LAST}")
    return day


def _plausible_moment(moment: datetime) -> datetime:
    _plausible(moment)
    return moment.astimezone(UTC)


Day = Annotated[date, AfterValidator(_plausible)]
_Moment = Annotated[AwareDatetime, AfterValidator(_plausible_moment)]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
_Amount = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
_Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class NewTransactionBody(BaseModel):
    """`POST /crm/transactions`: a refund names its income, whose client and currency it takes.

    `client_token` is the sender's: the same transaction sent again with it is answered, not written twice. `paid` is of
    income: false waits for its payment. Without `occurred_at` it is now.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "income",
                    "amount": "1200.00",
                    "currency": "USD",
                    "method": "transfer",
                    "client_id": 12,
                    "seller_id": 3,
                    "category": "Plan Clínica",
                    "client_token": "5f0c6c0e-8f0a-4d3a-9a53-0f4b6f1a7a10",
                }
            ]
        },
    )

    kind: Kind
    amount: _Amount
    currency: _Currency | None = None
    method: Method | None = None
    client_id: _RowId | None = None
    lead_id: _RowId | None = None
    seller_id: _RowId | None = None
    income_id: _RowId | None = None
    category: _Line | None = None
    description: _Text | None = None
    occurred_at: _Moment | None = None
    paid: bool = True
    client_token: UUID

    def new(self, now: datetime) -> NewTransaction:
        """As the slice takes it."""
        values = self.model_dump(exclude={"client_token", "occurred_at"})
        return NewTransaction(**values, occurred_at=self.occurred_at or now, token=self.client_token)


class ReversalBody(BaseModel):
    """`POST /crm/transactions/{id}/reversal`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Se cargó dos veces"}]})

    reason: _Text


class PaymentBody(BaseModel):
    """`POST /crm/transactions/{id}/payment`; without `paid_at` it is now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"paid_at": "2026-11-27T15:00:00Z"}]})

    paid_at: _Moment | None = None


class TransactionView(BaseModel):
    """A line of the ledger. `amount` is above zero, `effect` what it counts for in sums; `refunded` of an income.

    `paid_at` is null for income that waits. `reverses_id` is the line that this one undoes, `reversed_by_id` the one
    that undid it; `reduces_id` the commission that the refund `caused_by_id` took a part of.
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

    @classmethod
    def of(cls, transaction: Transaction) -> TransactionView:
        """The line."""
        return cls(**asdict(transaction))


class TotalView(BaseModel):
    """What one key comes to in one currency; `key` is a first day, an id or a method, null for none or for all.

    `net` = income - refund - expense - commission; `pending` is income that waits and counts in nothing else.
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


class TotalsView(BaseModel):
    """The sums; `complete` is false where there are more keys than are told."""

    by: By
    zone: str
    items: list[TotalView]
    complete: bool

    @classmethod
    def of(cls, by: By, zone: str, totals: list[Total], most: int) -> TotalsView:
        """At most `most` of them; ask for one more."""
        items = [TotalView(**asdict(total)) for total in totals[:most]]
        return cls(by=by, zone=zone, items=items, complete=len(totals) <= most)


class RuleBody(BaseModel):
    """`POST /crm/transactions/rules`: percent of paid income, or a fixed amount of a currency; both days count."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"seller_id": 3, "percent": "7.5", "starts_on": "2026-11-01"}]}
    )

    seller_id: _RowId | None = None
    percent: Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)] | None = None
    fixed: _Amount | None = None
    currency: _Currency | None = None
    starts_on: Day
    ends_on: Day | None = None

    @model_validator(mode="after")
    def _terms(self) -> Self:
        if (self.percent is None) == (self.fixed is None):
            raise ValueError("a rule is percent or fixed")
        if self.fixed is not None and self.currency is None:
            raise ValueError("a fixed amount is in a currency")
        return self

    def new(self) -> NewRule:
        """As the slice takes it."""
        return NewRule(**self.model_dump())


class RuleEndBody(BaseModel):
    """`POST /crm/transactions/rules/{id}/end`: its last day."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"ends_on": "2026-12-31"}]})

    ends_on: Day


class RuleView(BaseModel):
    """A commission rule; without `seller_id` it is for whoever has none of their own. `used`: something was earned."""

    id: int
    seller_id: int | None
    seller_name: str | None
    percent: Decimal | None
    fixed: Decimal | None
    currency: str | None
    starts_on: date
    ends_on: date | None
    used: bool

    @classmethod
    def of(cls, rule: Rule) -> RuleView:
        """The rule."""
        return cls(**asdict(rule))


class RuleListView(BaseModel):
    """Every rule."""

    items: list[RuleView]
