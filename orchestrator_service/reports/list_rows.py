"""The rows behind a figure: as many as it says, and no others."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.reports import repository
from orchestrator_service.reports.models import Figure, ReportRow
from orchestrator_service.reports.period import Period


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a figure; None: all of it. What does not divide the figure is not looked at.

    `stage`: of `reached` and `stays`. `source`: of the leads. `reason`: of `lost`, empty where nobody gave one.
    `seller_id`: of meetings, who was met, and revenue. `currency`: of revenue.
    """

    stage: str | None = None
    source: str | None = None
    reason: str | None = None
    seller_id: int | None = None
    currency: str | None = None


async def list_rows(
    tx: TenantTransaction, figure: Figure, period: Period, part: Part, *, before_id: int, most: int
) -> list[ReportRow]:
    """At most `most` rows below `before_id`, by falling id; none while their module's table is missing."""
    statement, asked = _statement_of(figure, part)

    async def query() -> list[ReportRow]:
        return await repository.rows(tx, statement, period, before_id=before_id, most=most, **asked)

    return await optional(tx, query, missing=[])


def _statement_of(figure: Figure, part: Part) -> tuple[str, dict[str, object]]:
    """The statement that lists the figure's rows, and what it is asked."""
    leads: dict[str, object] = {"source": part.source, "kind": None, "reason": None, "stage": None}
    seller: dict[str, object] = {"seller_id": part.seller_id}
    statements: dict[Figure, tuple[str, dict[str, object]]] = {
        Figure.LEADS: ("lead_rows", leads),
        Figure.REACHED: ("lead_rows", {**leads, "stage": part.stage}),
        Figure.WON: ("lead_rows", {**leads, "kind": "won"}),
        Figure.LOST: ("lead_rows", {**leads, "kind": "lost", "reason": part.reason}),
        Figure.AGENT_REPLIES: ("reply_rows", {"author": "agent"}),
        Figure.PERSON_REPLIES: ("reply_rows", {"author": "person"}),
        Figure.BOOKINGS: ("meeting_rows", {**seller, "status": None}),
        Figure.SHOWN: ("meeting_rows", {**seller, "status": "done"}),
        Figure.MISSED: ("meeting_rows", {**seller, "status": "no_show"}),
        Figure.MET: ("met_rows", {**seller, "kind": None}),
        Figure.MET_WON: ("met_rows", {**seller, "kind": "won"}),
        Figure.REVENUE: ("revenue_rows", {**seller, "currency": part.currency}),
        Figure.MODEL_CALLS: ("call_rows", {}),
        Figure.STAYS: ("stay_rows", {"stage": part.stage}),
    }
    return statements[figure]
