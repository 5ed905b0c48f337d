"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Figure(StrEnum):
    """A number of the report whose rows can be listed; `list_rows` says what each holds."""

    LEADS = "leads"
    REACHED = "reached"
    WON = "won"
    LOST = "lost"
    AGENT_REPLIES = "agent_replies"
    PERSON_REPLIES = "person_replies"
    BOOKINGS = "bookings"
    SHOWN = "shown"
    MISSED = "missed"
    MET = "met"
    MET_WON = "met_won"
    REVENUE = "revenue"
    MODEL_CALLS = "model_calls"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Facet:
    """Leads of one cohort that have all of this in common.

    `position` is the furthest place that they have had in the pipeline, the lost stages aside; `kind` that of the stage
    in which they are; `reason` is given for lost ones, empty where nobody gave one.
    """

    source: str
    kind: str
    reason: str | None
    position: int
    leads: int


@dataclass(frozen=True, slots=True)
class StagePlace:
    """A stage as the funnel needs it. `probability`: out of a hundred, how many leads in it will be won."""

    key: str
    kind: str
    position: int
    probability: int


@dataclass(frozen=True, slots=True)
class Replies:
    """How long customers waited, in seconds; None where nobody was answered."""

    author: str
    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class SellerMeetings:
    """What came of a seller's meetings; `met` and `won` count leads, the others meetings."""

    seller_id: int
    name: str
    booked: int
    shown: int
    missed: int
    met: int
    won: int


@dataclass(frozen=True, slots=True)
class Revenue:
    """Income less refunds of one currency, with the seller or None for what is nobody's."""

    currency: str
    seller_id: int | None
    amount: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class ModelCost:
    """What models cost, in US dollars."""

    cost: Decimal
    calls: int


@dataclass(frozen=True, slots=True)
class Stay:
    """How long leads had been in a stage when they left it: the median in seconds."""

    stage_key: str
    count: int
    median: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the open leads are worth in one currency, and what of it is to be expected."""

    currency: str
    value: Decimal
    weighted: Decimal


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One of what a figure counts. `amount` is in `currency`; what does not apply is None."""

    id: int
    at: datetime
    lead_id: int | None
    name: str | None
    conversation_id: int | None
    seller: str | None
    amount: Decimal | None
    currency: str | None
    seconds: float | None
    detail: str | None
