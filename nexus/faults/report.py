"""What a run found, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

from nexus.faults.checkers import Finding

SHOWN: Final = 20
MOST_DRAIN_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Report:
    """`messages` are distinct accepted ones, `webhooks` all attempts at them, `refused` those never accepted.

    `drained_seconds` is from the last kill until nothing was under way; `drained` is False where that never came.
    """

    messages: int
    refused: int
    webhooks: int
    replies: int
    sends: int
    lost: list[Finding]
    doubled: list[Finding]
    untrue: list[Finding]
    left_to_people: int
    ambiguous: int
    reconciled: int
    unsettled: int
    kills: int
    killed: dict[str, int]
    seconds: float
    drained: bool
    drained_seconds: float

    @property
    def ok(self) -> bool:
        """Nothing lost, nothing double, nothing claimed, everything come to rest."""
        return self.drained and not (self.lost or self.doubled or self.untrue or self.unsettled)

    def as_json(self) -> dict[str, object]:
        """For machines: counts, and the first findings in words."""
        findings = [*self.lost, *self.doubled, *self.untrue]
        return {
            "ok": self.ok,
            "messages": self.messages,
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "untrue": len(self.untrue),
            "left_to_people": self.left_to_people,
            "ambiguous": self.ambiguous,
            "reconciled": self.reconciled,
            "unsettled": self.unsettled,
            "kills": self.kills,
            "killed": self.killed,
            "seconds": round(self.seconds, 1),
            "drained": self.drained,
            "drained_seconds": round(self.drained_seconds, 1),
            "refused": self.refused,
            "webhooks": self.webhooks,
            "replies": self.replies,
            "sends": self.sends,
            "findings": [f"{finding.subject} {finding.what}" for finding in findings[:SHOWN]],
        }

    def show(self, console: Console) -> None:
        """For people."""
        table = Table(title=f"{self.messages:,} accepted messages, {self.kills} kills, {self.seconds:.0f} s")
        for heading in ("what", "figure", "wanted", ""):
            table.add_column(heading)
        rows = (
            ("accepted messages lost", len(self.lost), 0),
            ("replies doubled", len(self.doubled), 0),
            ("said to be sent, and were not", len(self.untrue), 0),
            ("uncertain although the provider has them", self.unsettled, 0),
        )
        for what, figure, bound in rows:
            table.add_row(what, str(figure), str(bound), _mark(reached=figure <= bound))
        rest = f"{self.drained_seconds:.1f} s" if self.drained else "never"
        calm = self.drained and self.drained_seconds <= MOST_DRAIN_SECONDS
        table.add_row("at rest after the last kill", rest, f"≤ {MOST_DRAIN_SECONDS:.0f} s", _mark(reached=calm))
        console.print(table)
        by_name = ", ".join(f"{name} {times}" for name, times in sorted(self.killed.items())) or "nothing"
        console.print(
            f"{self.webhooks:,} webhooks, {self.replies:,} replies in {self.sends:,} messages; killed: {by_name}; "
            f"{self.left_to_people} messages left to people; "
            f"{self.ambiguous} uncertain sends, {self.reconciled} of them settled by the provider's word."
        )
        for finding in [*self.lost, *self.doubled, *self.untrue][:SHOWN]:
            console.print(f"[red]{finding.subject}[/red] {finding.what}", highlight=False)


def _mark(*, reached: bool) -> str:
    return "[green]reached[/green]" if reached else "[red]missed[/red]"
