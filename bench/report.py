"""What the bench found: figures, the ratios with their targets, a table, a plot and a JSON."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass
from typing import Final, Literal

from rich.console import Console
from rich.table import Table

from bench.accepts import Accepts
from bench.availability import MOST_MILLISECONDS
from bench.logins import Interference
from bench.rounds import AS_OWNER, LIMIT, Sample, median_ratio
from bench.sockets import CLIENTS, Heard
from bench.variants import OPERATIONS, Operation

FULL: Final = "full stack"
BARE: Final = "bare handler"
PEER: Final = "peer"
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Target:
    """A figure of PRODUCT §16.4 that must be `bound` at least or at most."""

    what: str
    figure: float
    sense: Literal["≥", "≤"]
    bound: float

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return self.figure >= self.bound if self.sense == "≥" else self.figure <= self.bound


@dataclass(frozen=True)
class Report:
    """All of it. `start_seconds` and `resident_bytes` are of the API's worker, `availability_ms` its processor's."""

    tenants: int
    leads: int
    rounds: int
    seconds: int
    samples: list[Sample]
    logins: Interference
    heard: Heard
    accepts: Accepts
    start_seconds: float
    resident_bytes: int
    availability_ms: float

    @property
    def refused(self) -> int:
        """Answers that were not 2xx; must be 0."""
        return (
            self.logins.refused
            + self.heard.refused
            + self.accepts.refused
            + sum(sample.refused for sample in self.samples)
        )

    def targets(self) -> list[Target]:
        """Each ratio with what it must reach."""

        def ratio(operation: Operation, above: str, below: str) -> float:
            return median_ratio(self.samples, operation, above, below)

        return [
            Target("list of 50, full stack / peer", ratio("list", FULL, PEER), "≥", 4),
            Target("list of 50, full stack / pgbench", ratio("list", FULL, LIMIT), "≥", 0.12),
            Target("one lead, full stack / peer", ratio("get", FULL, PEER), "≥", 4),
            Target("create, full stack / peer", ratio("create", FULL, PEER), "≥", 5),
            Target("list, row level security off / on", ratio("list", AS_OWNER, LIMIT), "≤", 1.15),
            Target("one lead, row level security off / on", ratio("get", AS_OWNER, LIMIT), "≤", 1.15),
            Target("create, row level security off / on", ratio("create", AS_OWNER, LIMIT), "≤", 1.3),
            Target("p99 of reads beside 4 logins / alone", self.logins.ratio, "≤", 2),
            Target(f"a new lead heard by {CLIENTS} sockets, p99, ms", self.heard.p99 * 1000, "≤", 50),
            Target("durable accept / in memory, 128 connections", self.accepts.ratio, "≥", 0.45),
            Target("durable accept, p99 at 200 a second, ms", self.accepts.p99_seconds * 1000, "≤", 200),
            Target("API process, MB", self.resident_bytes / _MEBIBYTE, "≤", 150),
            Target("API start, s", self.start_seconds, "≤", 2),
            Target("availability of 20 sellers, 14 days, CPU ms", self.availability_ms, "≤", MOST_MILLISECONDS),
        ]

    def as_json(self) -> dict[str, object]:
        """For machines."""
        reached = [{**asdict(target), "reached": target.reached} for target in self.targets()]
        return {**asdict(self), "refused": self.refused, "targets": reached}

    def show(self, console: Console) -> None:
        """For people."""
        table = Table(title=f"{self.leads:,} leads in {self.tenants} companies; medians of {self.rounds} rounds")
        for heading in ("", "variant", "per second", "CPU µs", "p50 ms", "p99 ms"):
            table.add_column(heading, justify="left" if heading in {"", "variant"} else "right")
        for operation in OPERATIONS:
            for variant in (FULL, BARE, PEER, LIMIT):
                table.add_row(*self._row(operation, variant), end_section=variant == LIMIT)
        console.print(table)
        goals = Table(title="Targets")
        for heading in ("what", "figure", "wanted", ""):
            goals.add_column(heading)
        for target in self.targets():
            mark = "[green]reached[/green]" if target.reached else "[red]missed[/red]"
            goals.add_row(target.what, f"{target.figure:.2f}", f"{target.sense} {target.bound:g}", mark)
        console.print(goals)
        durable, memory = statistics.median(self.accepts.durable), statistics.median(self.accepts.memory)
        console.print(f"Webhooks accepted per second: {durable:,.0f} durably, {memory:,.0f} in memory.")
        console.print(f"{self.logins.logins} logins; {self.refused} answers were not 2xx.")

    def _row(self, operation: Operation, variant: str) -> tuple[str, ...]:
        mine = [each for each in self.samples if (each.operation, each.variant) == (operation, variant)]
        rate = f"{statistics.median(each.rate for each in mine):,.0f}"
        if variant == LIMIT:
            return operation, variant, rate, "", "", ""
        cpu, p50, p99 = (
            statistics.median(getattr(each, name) for each in mine) for name in ("cpu_us", "p50_us", "p99_us")
        )
        return operation, variant, rate, f"{cpu:,.0f}", f"{p50 / 1000:.1f}", f"{p99 / 1000:.1f}"
