"""What a brain may know when it answers one turn, and what its tool calls gave back.

Plain frozen data, built by the host from the tenant's rows: tenant, conversation and lead are never part of it, so no
brain can choose them (PRODUCT 9.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.json_types import Json
from orchestrator_service.agent.script import Script

Interest: TypeAlias = Literal["hot", "warm", "cold", "not_interested"]


@dataclass(frozen=True, slots=True)
class Line:
    """One message already shown in the conversation."""

    role: Literal["customer", "agent", "teammate"]
    text: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """A live offered time of this conversation; `starts_at` is aware, `label` is how the customer saw it."""

    offer_id: str
    starts_at: datetime
    seller_name: str
    label: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of this lead; `starts_at` is aware, `status` is the stored word (`confirmed`, `cancelled`, …)."""

    meeting_id: int
    starts_at: datetime
    seller_name: str
    status: str


@dataclass(frozen=True, slots=True)
class QualificationView:
    """The stored qualification; `score` is 0-100, the other facts are in the customer's words."""

    interest: Interest
    score: int
    need: str | None = None
    budget: str | None = None
    timeline: str | None = None
    decision_maker: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a brain sees in one turn.

    `now` is aware; `zone` is the IANA name in which the lead reads times; `history` is oldest first and ends before
    `burst`, the messages of this turn; `facts` are effects already committed by a superseded turn whose reply never
    left; `tools` are the names allowed in this turn; `knowledge` are the passages found for this burst. `language` is
    the one in which the answer is given. `script` is what the company decided of its agent, None where only its name
    and offer are known; `summary` tells what was said before `history`; `contacts` are the lead's own phone
    and e-mail, which no prompt shows and a reply may name.
    """

    now: datetime
    zone: str
    language: str | None
    company: str
    agent_name: str
    offer_summary: str
    history: tuple[Line, ...]
    burst: tuple[str, ...]
    tapped_offer_id: str | None
    lead_name: str | None
    has_contact: bool
    qualification: QualificationView | None
    offers: tuple[OfferView, ...]
    meetings: tuple[MeetingView, ...]
    is_client: bool
    facts: tuple[str, ...]
    tools: frozenset[str]
    knowledge: tuple[str, ...]
    script: Script | None = None
    summary: str = ""
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """One finished tool call of this turn; `refused` when a gate or the tool itself said no."""

    tool: str
    arguments: Mapping[str, Json]
    result: Json
    refused: bool
