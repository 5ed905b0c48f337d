"""A period in figures. What each of them counts is said at its field; `list_rows` lists exactly those rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.reports import repository
from orchestrator_service.reports.funnel import (
    SourceShare,
    Step,
    count_of,
    funnel_of,
    reasons_of,
    sources_of,
)
from orchestrator_service.reports.models import (
    Facet,
    Forecast,
    ModelCost,
    Replies,
    Revenue,
    SellerMeetings,
    Stay,
)
from orchestrator_service.reports.period import Period


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period that are compared with those of the one before.

    `leads` came in the period, `won` of them are won today. `bookings` were booked in it, whenever they are to take
    place; `shown` and `missed` began in it. `agent` and `person` are the waits for the first answer in conversations
    that began in it. `revenue` is income less refunds, by currency and seller. `cost` is what models cost.
    """

    leads: int
    won: int
    bookings: int
    shown: int
    missed: int
    agent: Replies | None
    person: Replies | None
    revenue: list[Revenue]
    cost: ModelCost

    @property
    def show_rate(self) -> float | None:
        """Of the meetings that began and were marked, the share at which somebody was; None: there were none."""
        marked = self.shown + self.missed
        return self.shown / marked if marked else None

    @property
    def conversion(self) -> float | None:
        """The share of the period's leads that are won today; None: nobody came."""
        return self.won / self.leads if self.leads else None

    @property
    def cost_per_meeting(self) -> Decimal | None:
        """What models cost in the period for each meeting that was booked in it, in US dollars; None: none was."""
        return self.cost.cost / self.bookings if self.bookings else None


@dataclass(frozen=True, slots=True)
class Report:
    """A period, the one before it, and what the period's figures are made of."""

    period: Period
    now: Figures
    before: Figures
    funnel: list[Step]
    sources: list[SourceShare]
    reasons: list[tuple[str, int]]
    sellers: list[SellerMeetings]
    stays: list[Stay]
    forecast: list[Forecast]


async def read_report(tx: TenantTransaction, period: Period) -> Report:
    """The report; what a module that is missing would tell is left out."""
    facets = await _facets(tx, period)
    sellers = await _sellers(tx, period)
    before = period.before

    async def stays() -> list[Stay]:
        return await repository.stays(tx, period)

    return Report(
        period=period,
        now=await _figures(tx, period, facets, sellers),
        before=await _figures(tx, before, await _facets(tx, before), await _sellers(tx, before)),
        funnel=funnel_of(facets, await repository.stage_places(tx)),
        sources=sources_of(facets),
        reasons=reasons_of(facets),
        sellers=sellers,
        stays=await optional(tx, stays, missing=[]),
        forecast=await repository.forecast(tx),
    )


async def _figures(
    tx: TenantTransaction, period: Period, facets: list[Facet], sellers: list[SellerMeetings]
) -> Figures:
    async def revenue() -> list[Revenue]:
        return await repository.revenue(tx, period)

    async def cost() -> ModelCost:
        return await repository.model_cost(tx, period)

    replies = {one.author: one for one in await repository.replies(tx, period)}
    return Figures(
        leads=count_of(facets),
        won=count_of(facets, "won"),
        bookings=sum(one.booked for one in sellers),
        shown=sum(one.shown for one in sellers),
        missed=sum(one.missed for one in sellers),
        agent=replies.get("agent"),
        person=replies.get("person"),
        revenue=await optional(tx, revenue, missing=[]),
        cost=await optional(tx, cost, missing=ModelCost(Decimal(0), 0)),
    )


async def _facets(tx: TenantTransaction, period: Period) -> list[Facet]:
    async def query() -> list[Facet]:
        return await repository.cohort_facets(tx, period)

    return await optional(tx, query, missing=[])


async def _sellers(tx: TenantTransaction, period: Period) -> list[SellerMeetings]:
    async def query() -> list[SellerMeetings]:
        return await repository.seller_meetings(tx, period)

    return await optional(tx, query, missing=[])
