"""Typed access to what reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from core.database import TenantTransaction
from core.resilience import optional
from core.statements import Statement, load_statements, sibling_statements
from orchestrator_service.reports.models import (
    Facet,
    Forecast,
    ModelCost,
    Replies,
    ReportRow,
    Revenue,
    SellerMeetings,
    StagePlace,
    Stay,
)
from orchestrator_service.reports.period import Period

SQL = sibling_statements(__file__)
ROWS = load_statements(Path(__file__).with_name("rows.sql"))


@dataclass(frozen=True, slots=True)
class Readiness:
    """What of going live is done: a real number, a real model, a connected calendar, somebody beside the owner.

    `hours`: somebody can be booked, by a calendar or by hours; `offer`: the agent knows what is sold; `leads`: there
    are any.
    """

    whatsapp: bool
    model: bool
    google: bool
    hours: bool
    offer: bool
    team: bool
    leads: bool


async def company_zone(tx: TenantTransaction) -> str:
    """The company's IANA zone."""
    zone = await tx.value(SQL["company_zone"], str)
    assert zone is not None, "a company has a zone"
    return zone


async def stage_places(tx: TenantTransaction) -> list[StagePlace]:
    """The pipeline, first to last."""
    return await tx.all(SQL["stage_places"], StagePlace)


async def cohort_facets(tx: TenantTransaction, period: Period) -> list[Facet]:
    """The leads that came in the period."""
    return await tx.all(SQL["cohort_facets"], Facet, since=period.since, until=period.until)


async def replies(tx: TenantTransaction, period: Period) -> list[Replies]:
    """At most one for `agent` and one for `person`."""
    return await tx.all(SQL["replies"], Replies, since=period.since, until=period.until)


async def seller_meetings(tx: TenantTransaction, period: Period, seller_id: int | None = None) -> list[SellerMeetings]:
    """Every active seller, and others that had a meeting, by name; or one alone."""
    return await tx.all(
        SQL["seller_meetings"], SellerMeetings, since=period.since, until=period.until, seller_id=seller_id
    )


async def revenue(tx: TenantTransaction, period: Period, seller_id: int | None = None) -> list[Revenue]:
    """By currency and seller; or one seller's."""
    return await tx.all(SQL["revenue"], Revenue, since=period.since, until=period.until, seller_id=seller_id)


async def model_cost(tx: TenantTransaction, period: Period) -> ModelCost:
    """What models cost in the period."""
    return await tx.one(SQL["model_cost"], ModelCost, since=period.since, until=period.until) or ModelCost(
        Decimal(0), 0
    )


async def stays(tx: TenantTransaction, period: Period) -> list[Stay]:
    """The stages that leads left in the period."""
    return await tx.all(SQL["stays"], Stay, since=period.since, until=period.until)


async def forecast(tx: TenantTransaction) -> list[Forecast]:
    """The open leads by currency."""
    return await tx.all(SQL["forecast"], Forecast)


async def readiness(tx: TenantTransaction) -> Readiness:
    """How far the company is from going live."""

    async def query() -> Readiness | None:
        return await tx.one(SQL["readiness"], Readiness)

    nothing = Readiness(*[False] * 7)
    return await optional(tx, query, missing=None) or nothing


async def rows(tx: TenantTransaction, statement: str, period: Period, **asked: object) -> list[ReportRow]:
    """Rows of one of `rows.sql`, by falling id."""
    found: Statement = ROWS[statement]
    return await tx.all(found, ReportRow, since=period.since, until=period.until, **asked)
