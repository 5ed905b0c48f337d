"""The funnel and what hangs on it, from a cohort's facets. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_service.reports.models import Facet, StagePlace


@dataclass(frozen=True, slots=True)
class Step:
    """How many leads of the cohort came to this stage or beyond, and their share of the step before (None: of none)."""

    stage_key: str
    leads: int
    share: float | None


@dataclass(frozen=True, slots=True)
class SourceShare:
    """Where leads came from, and how many of them are won today."""

    source: str
    leads: int
    won: int


def funnel_of(facets: Sequence[Facet], stages: Sequence[StagePlace]) -> list[Step]:
    """A step for each stage but the lost ones, first to last: no step holds more leads than the one before."""
    steps: list[Step] = []
    for stage in stages:
        if stage.kind == "lost":
            continue
        leads = sum(facet.leads for facet in facets if facet.position >= stage.position)
        before = steps[-1].leads if steps else None
        steps.append(Step(stage.key, leads, leads / before if before else None))
    return steps


def sources_of(facets: Sequence[Facet]) -> list[SourceShare]:
    """Every source of the cohort, the one with most leads first."""
    leads: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for facet in facets:
        leads[facet.source] += facet.leads
        won[facet.source] += facet.leads if facet.kind == "won" else 0
    ordered = sorted(leads.items(), key=lambda one: (-one[1], one[0]))
    return [SourceShare(source, count, won[source]) for source, count in ordered]


def reasons_of(facets: Sequence[Facet]) -> list[tuple[str, int]]:
    """Why leads of the cohort are lost, the most frequent reason first; an empty one: nobody said."""
    reasons: Counter[str] = Counter()
    for facet in facets:
        if facet.reason is not None:
            reasons[facet.reason] += facet.leads
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))


def count_of(facets: Sequence[Facet], kind: str | None = None) -> int:
    """The leads of the cohort that are in a stage of that kind; None: all."""
    return sum(facet.leads for facet in facets if kind is None or facet.kind == kind)
