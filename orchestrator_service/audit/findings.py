"""What is wrong with a chain, and the names for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from orchestrator_service.audit.digests import event_digest, payload_digest

if TYPE_CHECKING:
    from datetime import datetime

    from orchestrator_service.audit.digests import Event, Link

Kind: TypeAlias = Literal[
    "edited", "payload_edited", "swapped", "moved", "deleted", "gap", "forged_link", "forged", "vanished",
    "erased_unannounced", "unknown_key", "cut_tail", "rewritten",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody did to a tenant's log. `seq` is the place in the chain, `event_id` the row."""

    tenant_id: int
    kind: Kind
    seq: int | None
    event_id: int | None
    text: str


@dataclass(slots=True)
class TenantReport:
    """A tenant's chain as it was found. `waiting` events are not chained yet, the first of them since a moment.

    `overflowed` where there were more findings than are kept; none of them is looked for any more then.
    """

    tenant_id: int
    links: int = 0
    events: int = 0
    erased: int = 0
    erasures: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    checkpointed_at: datetime | None = None
    overflowed: bool = False
    findings: list[Finding] = field(default_factory=list[Finding])

    def find(self, kind: Kind, text: str, *, seq: int | None = None, event_id: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(self.tenant_id, kind, seq, event_id, text))


@dataclass(frozen=True, slots=True)
class Altered:
    """A link whose event does not fit its digest."""

    link: Link
    event: Event


def fits(key: bytes, tenant_id: int, link: Link, event: Event, seq: int) -> bool:
    """Whether the link was made for this event at this place."""
    return event_digest(key, tenant_id, seq, event, link.payload_digest) == link.digest


def name_altered(key: bytes, tenant_id: int, altered: list[Altered], report: TenantReport) -> None:
    """Name links that fit no more: swapped where two rows changed contents, moved where links changed places."""
    for this in altered:
        place = {"seq": this.link.seq, "event_id": this.link.event_id}
        others = [other for other in altered if other is not this]
        moved = next((o.link.seq for o in others if fits(key, tenant_id, this.link, this.event, o.link.seq)), None)
        if moved is not None:
            report.find("moved", f"the link at place {this.link.seq} was written at place {moved}", **place)
            continue
        swapped = next((o for o in others if _has_content_of(key, tenant_id, this, o)), None)
        if swapped is not None:
            text = f"event {this.link.event_id} holds what was written in another, and {swapped.link.event_id} its own"
            report.find("swapped", text, **place)
        else:
            report.find("edited", f"event {this.link.event_id} was edited after it was chained", **place)


def _has_content_of(key: bytes, tenant_id: int, this: Altered, other: Altered) -> bool:
    """Whether what now stands in the other's row was written in this one's."""
    own = replace(other.event, id=this.link.event_id)
    kept = own.detail is None or payload_digest(key, tenant_id, own) == this.link.payload_digest
    return kept and fits(key, tenant_id, this.link, own, this.link.seq)
