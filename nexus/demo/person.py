"""Somebody of the demonstration, invented: who they are, what was said, and how far they got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.principal import Role
from core.whatsapp import Referral
from orchestrator_service.agenda.labels import Language
from orchestrator_service.leads.models import Interest
from orchestrator_service.leads.tasks import TaskKind

Stage: TypeAlias = Literal["new", "contacted", "qualified", "meeting", "proposal", "won", "lost"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """`ago` is how long ago the last line of `talk` was said («12 min», «3 h», «2 d»); `talk` is read by `script.py`.

    `meeting` is «seller's role, working days from today, local time», then `booked` where nothing else is said,
    `offered`, `no_show` or `cancelled`. `value` is an amount with its currency. `draft` is a reply that waits for a
    person's word; `unread` counts the last messages that nobody has looked at yet; `ad` is what brought them.
    """

    name: str
    phone: str
    ago: str
    talk: str
    language: Language = "es"
    stage: Stage = "new"
    owner: Role | None = None
    interest: Interest | None = None
    score: int = 0
    need: str | None = None
    value: str | None = None
    company: str | None = None
    email: str | None = None
    source: str = "whatsapp"
    ad: Referral | None = None
    meeting: str | None = None
    waits: TaskKind | None = None
    draft: str | None = None
    unread: int = 0
    closed: bool = False
    opted_out: bool = False
