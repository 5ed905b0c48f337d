"""Reports on the wire. Every figure's rows are at `/crm/reports/rows?figure=…`, with the same days and its part."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from orchestrator_service.reports.list_rows import Part
from orchestrator_service.reports.models import Figure, Replies, ReportRow, Revenue
from orchestrator_service.reports.read import Figures, Report
from orchestrator_service.reports.repository import Readiness

_Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


class PeriodQuery(BaseModel):
    """The days of a report, both included, on the company's clock; left out: thirty days up to today."""

    model_config = ConfigDict(extra="forbid")

    first: _Day | None = None
    last: _Day | None = None


class RowsQuery(PeriodQuery):
    """Which figure's rows, and which part of it; what does not divide the figure is not looked at."""

    figure: Figure
    stage: _Key | None = None
    source: _Key | None = None
    reason: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    seller_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None

    def part(self) -> Part:
        """As the slice takes it."""
        return Part(self.stage, self.source, self.reason, self.seller_id, self.currency)


class RepliesView(BaseModel):
    """Waits for the first answer, in seconds: `median` and `p90` (nine of ten waited no longer)."""

    count: int
    median: float
    p90: float

    @classmethod
    def of(cls, replies: Replies | None) -> Self | None:
        """The waits; None where nobody was answered."""
        if replies is None or replies.median is None or replies.p90 is None:
            return None
        return cls(count=replies.count, median=replies.median, p90=replies.p90)


class EarnedView(BaseModel):
    """Income less refunds in one currency; `count` of them."""

    currency: str
    amount: Decimal
    count: int


class FiguresView(BaseModel):
    """A period in figures.

    `leads` came in the period (rows: `leads`); `won` of them are won today (`won`), their share is `conversion`.
    `bookings` are meetings booked in the period (`bookings`). `shown` and `missed` are meetings that began in it
    (`shown`, `missed`); `show_rate` is the share of the shown ones among both. `agent_replies` and `person_replies` are
    waits for the first answer of the agent and of the team in conversations that began in it (figures of that name).
    `revenue` is income less refunds that fall into it, without what was reversed (`revenue`). `model_cost` is what
    models cost in it for customers, US dollars (`model_calls`), `cost_per_meeting` that by `bookings`.
    """

    leads: int
    won: int
    conversion: float | None
    bookings: int
    shown: int
    missed: int
    show_rate: float | None
    agent_replies: RepliesView | None
    person_replies: RepliesView | None
    revenue: list[EarnedView]
    model_cost: Decimal
    model_calls: int
    cost_per_meeting: Decimal | None

    @classmethod
    def of(cls, figures: Figures) -> Self:
        """The figures."""
        per_meeting = figures.cost_per_meeting
        return cls(
            leads=figures.leads,
            won=figures.won,
            conversion=figures.conversion,
            bookings=figures.bookings,
            shown=figures.shown,
            missed=figures.missed,
            show_rate=figures.show_rate,
            agent_replies=RepliesView.of(figures.agent),
            person_replies=RepliesView.of(figures.person),
            revenue=earned(figures.revenue),
            model_cost=figures.cost.cost,
            model_calls=figures.cost.calls,
            cost_per_meeting=None if per_meeting is None else per_meeting.quantize(Decimal("0.0001")),
        )


class FunnelStepView(BaseModel):
    """How many leads of the period came to a stage or beyond (rows: `reached`); `share` of the step before."""

    stage_key: str
    leads: int
    share: float | None


class SourceView(BaseModel):
    """Leads of the period from one source (rows: `leads`, `won` with `source`)."""

    source: str
    leads: int
    won: int


class ReasonView(BaseModel):
    """Leads of the period that are lost for a reason (rows: `lost` with `reason`); empty: nobody gave one."""

    reason: str
    leads: int


class SellerFiguresView(BaseModel):
    """What came of a seller's meetings (rows: the figures with `seller_id`).

    `bookings`, `shown` and `missed` are meetings, as in the totals; `met` are the leads at the shown ones (`met`), and
    `won` those of them that are won today (`met_won`).
    """

    seller_id: int
    name: str
    bookings: int
    shown: int
    missed: int
    met: int
    won: int
    revenue: list[EarnedView]


class StayView(BaseModel):
    """How long leads had been in a stage that they left in the period: `median` in seconds (rows: `stays`)."""

    stage_key: str
    count: int
    median: float


class ForecastView(BaseModel):
    """What the open leads are worth today, and (`weighted`) what of it their stages' probabilities promise."""

    currency: str
    value: Decimal
    weighted: Decimal


class ReportView(BaseModel):
    """A period, compared with as many days before it; `zone` says on whose clock its days begin."""

    first: date
    last: date
    before_first: date
    before_last: date
    zone: str
    figures: FiguresView
    before: FiguresView
    funnel: list[FunnelStepView]
    sources: list[SourceView]
    lost: list[ReasonView]
    sellers: list[SellerFiguresView]
    stays: list[StayView]
    forecast: list[ForecastView]

    @classmethod
    def of(cls, report: Report) -> Self:
        """The report."""
        period, before = report.period, report.period.before
        revenue = report.now.revenue
        return cls(
            first=period.first,
            last=period.last,
            before_first=before.first,
            before_last=before.last,
            zone=period.zone.key,
            figures=FiguresView.of(report.now),
            before=FiguresView.of(report.before),
            funnel=[
                FunnelStepView(stage_key=step.stage_key, leads=step.leads, share=step.share) for step in report.funnel
            ],
            sources=[SourceView(source=one.source, leads=one.leads, won=one.won) for one in report.sources],
            lost=[ReasonView(reason=reason, leads=leads) for reason, leads in report.reasons],
            sellers=[
                SellerFiguresView(
                    seller_id=one.seller_id,
                    name=one.name,
                    bookings=one.booked,
                    shown=one.shown,
                    missed=one.missed,
                    met=one.met,
                    won=one.won,
                    revenue=earned([part for part in revenue if part.seller_id == one.seller_id]),
                )
                for one in report.sellers
            ],
            stays=[StayView(stage_key=one.stage_key, count=one.count, median=one.median) for one in report.stays],
            forecast=[
                ForecastView(currency=one.currency, value=one.value, weighted=one.weighted) for one in report.forecast
            ],
        )


class RowView(BaseModel):
    """One of what a figure counts.

    `detail` is a lead's source or lost reason, a meeting's status, a transaction's kind, a model's name, or the stage
    into which a lead went on.
    """

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

    @classmethod
    def of(cls, row: ReportRow) -> Self:
        """The row."""
        return cls.model_validate(row, from_attributes=True)


class ReadinessView(BaseModel):
    """What of going live is done, by the company's own data.

    `hours`: somebody can be booked, by a calendar or by working hours; `offer`: the agent knows what is sold; `team`:
    somebody works there beside the owner; `leads`: there are any.
    """

    whatsapp: bool
    model: bool
    google: bool
    hours: bool
    offer: bool
    team: bool
    leads: bool

    @classmethod
    def of(cls, readiness: Readiness) -> Self:
        """The company's state."""
        return cls.model_validate(readiness, from_attributes=True)


def earned(revenue: list[Revenue]) -> list[EarnedView]:
    """The sums of all sellers by currency."""
    sums: dict[str, EarnedView] = {}
    for one in revenue:
        known = sums.setdefault(one.currency, EarnedView(currency=one.currency, amount=Decimal(0), count=0))
        known.amount += one.amount
        known.count += one.count
    return list(sums.values())
