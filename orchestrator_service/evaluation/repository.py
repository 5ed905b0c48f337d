"""Typed access to what a scenario is made of, to saved scenarios and to their runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from core.database import TenantTransaction
from core.json_types import Json, JsonObject
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn, with its conversation's person."""

    id: int
    conversation_id: int
    state: str
    verdict: str | None
    brain: str | None
    first_message_id: int | None
    last_message_id: int | None
    started_at: datetime
    draft: JsonObject | None
    language: str | None
    lead_id: int | None
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Company:
    """The company and its rules."""

    name: str
    zone: str
    country: str
    language: str
    currency: str
    vocabulary: str
    offer: str
    agent_name: str
    ai_disclosure: bool
    model_input_price: Decimal
    model_output_price: Decimal
    meeting_minutes: int
    slot_granularity_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    most_meetings_per_day: int | None
    offer_minutes: int
    assignment: str
    holiday_country: str | None


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody who could be booked."""

    id: int
    name: str
    zone: str
    working_hours: JsonObject
    skills: Sequence[str]
    turns: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Who wrote; `profile` is the name of their WhatsApp."""

    full_name: str | None
    email: str | None
    profile: str | None
    is_client: bool
    owner: str | None


@dataclass(frozen=True, slots=True)
class Burst:
    """A message that the turn answered; `words` are what its file says or shows."""

    type: str
    body: str
    reply_id: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message of the time before."""

    author: Literal["customer", "agent", "person", "system"]
    body: str
    created_at: datetime
    words: str | None
    verdict: JsonObject | None

    @property
    def role(self) -> str:
        """What a scenario calls its author."""
        return {"customer": "customer", "person": "teammate"}.get(self.author, "agent")

    @property
    def text(self) -> str:
        """What the agent was shown of it: nothing of what the screen blocked."""
        blocked = self.verdict is not None and self.verdict.get("action") == "block"
        return "" if blocked else self.words or self.body


@dataclass(frozen=True, slots=True)
class Offered:
    """An offered time; `live` when the turn began."""

    id: UUID
    seller: str
    starts_at: datetime
    live: bool


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting as it stood when the turn began."""

    seller: str
    starts_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class MeetingId:
    """A meeting under its id."""

    id: int
    seller: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch of a seller's agenda; a meeting of ours, or something else."""

    seller_id: int
    starts_at: datetime
    ends_at: datetime
    is_meeting: bool


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days on which a seller, or with None everybody, does not work."""

    seller_id: int | None
    first_day: date
    last_day: date

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first_day + timedelta(days=n) for n in range((self.last_day - self.first_day).days + 1)]


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that the turn called."""

    tool: str
    arguments: JsonObject
    refused: bool
    result: JsonObject


@dataclass(frozen=True, slots=True)
class Thought:
    """One attempt of the brain."""

    outcome: str
    detail: JsonObject


@dataclass(frozen=True, slots=True)
class _Text:
    body: str


@dataclass(frozen=True, slots=True)
class _Qualified:
    interest: str
    score: int
    need: str | None
    budget: str | None
    timeline: str | None
    decision_maker: str | None
    evidence: Sequence[Json]


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A saved scenario without its body; `turn_id` is None where the turn is gone."""

    id: int
    turn_id: int | None
    title: str
    brain: Literal["demo", "live"]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WholeScenario(SavedScenario):
    """With its body, the shape of `Scenario`."""

    body: JsonObject


@dataclass(frozen=True, slots=True)
class Body:
    """A scenario to play."""

    id: int
    body: JsonObject


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the company's scenarios."""

    id: int
    state: Literal["waiting", "done", "failed"]
    scenarios: int
    passed: int
    seconds: Decimal | None
    problem: str | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class WholeRun(Run):
    """With every scenario as it went."""

    results: Sequence[JsonObject]


async def find_turn(tx: TenantTransaction, turn_id: int) -> Turn | None:
    """One turn, None where there is no such one."""
    return await tx.one(SQL["turn"], Turn, turn_id=turn_id)


async def read_company(tx: TenantTransaction) -> Company:
    """The company; every tenant is one."""
    company = await tx.one(SQL["company"], Company)
    assert company is not None, "a tenant is made with its settings"
    return company


async def read_sellers(tx: TenantTransaction) -> list[Seller]:
    """Everybody who could be booked."""
    return await tx.all(SQL["sellers"], Seller)


async def read_lead(tx: TenantTransaction, turn: Turn) -> Lead:
    """Who wrote."""
    lead = await tx.one(SQL["lead"], Lead, lead_id=turn.lead_id, contact_id=turn.contact_id, at=turn.started_at)
    return lead or Lead(None, None, None, is_client=False, owner=None)


async def read_burst(tx: TenantTransaction, turn: Turn) -> list[Burst]:
    """What the turn answered."""
    ends = {"first_id": turn.first_message_id, "last_id": turn.last_message_id}
    return await tx.all(SQL["burst"], Burst, conversation_id=turn.conversation_id, **ends)


async def read_history(tx: TenantTransaction, turn: Turn) -> list[Earlier]:
    """What was said before, oldest first."""
    where = {"conversation_id": turn.conversation_id, "before_id": turn.first_message_id}
    return list(reversed(await tx.all(SQL["earlier"], Earlier, **where)))


async def read_offers(tx: TenantTransaction, turn: Turn) -> list[Offered]:
    """Every offered time of the conversation."""
    return await tx.all(SQL["offers"], Offered, conversation_id=turn.conversation_id, at=turn.started_at)


async def read_meetings(tx: TenantTransaction, turn: Turn) -> list[Met]:
    """The lead's meetings when the turn began."""
    return await tx.all(SQL["meetings"], Met, lead_id=turn.lead_id, at=turn.started_at)


async def read_meeting_ids(tx: TenantTransaction, turn: Turn) -> list[MeetingId]:
    """The lead's meetings under their ids, the turn's own as well."""
    return await tx.all(SQL["lead_meetings"], MeetingId, lead_id=turn.lead_id)


async def read_busy(tx: TenantTransaction, turn: Turn, *, until: datetime) -> list[Taken]:
    """What stood in the agendas when the turn began, the lead's own meetings aside."""
    return await tx.all(SQL["busy"], Taken, at=turn.started_at, until=until, lead_id=turn.lead_id)


async def read_days_off(tx: TenantTransaction, day: date) -> list[DaysOff]:
    """Days on which nobody, or somebody does not, work, from `day` on."""
    return await tx.all(SQL["days_off"], DaysOff, day=day)


async def read_qualification(tx: TenantTransaction, turn: Turn) -> dict[str, Json] | None:
    """The record of interest that the turn found."""
    where = {"conversation_id": turn.conversation_id, "turn_id": turn.id, "at": turn.started_at}
    found = await tx.one(SQL["qualification"], _Qualified, **where)
    if found is None:
        return None
    facts: dict[str, Json] = {"interest": found.interest, "score": found.score, "evidence": list(found.evidence)}
    for name in ("need", "budget", "timeline", "decision_maker"):
        facts[name] = getattr(found, name)
    return facts


async def read_calls(tx: TenantTransaction, turn_id: int) -> list[Call]:
    """The tools of a turn, in order."""
    return await tx.all(SQL["calls"], Call, turn_id=turn_id)


async def read_thoughts(tx: TenantTransaction, turn_id: int) -> list[Thought]:
    """The attempts of a turn's brain."""
    return await tx.all(SQL["thoughts"], Thought, turn_id=turn_id)


async def read_replies(tx: TenantTransaction, turn_id: int) -> list[str]:
    """What a turn said."""
    return [one.body for one in await tx.all(SQL["replies"], _Text, turn_id=turn_id)]


async def keep(
    tx: TenantTransaction, *, turn_id: int, title: str, brain: str, body: JsonObject, created_by: int
) -> SavedScenario:
    """Store a scenario; the one that is there already where the turn was saved before."""
    made = {"turn_id": turn_id, "title": title, "brain": brain, "body": body, "created_by": created_by}
    kept = await tx.one(SQL["keep"], SavedScenario, **made)
    assert kept is not None, "it was stored or was there"
    return kept


async def list_scenarios(tx: TenantTransaction, *, before_id: int, most: int) -> list[SavedScenario]:
    """At most `most` scenarios below `before_id`, newest first."""
    return await tx.all(SQL["list_scenarios"], SavedScenario, before_id=before_id, most=most)


async def find_scenario(tx: TenantTransaction, scenario_id: int) -> WholeScenario | None:
    """One scenario, None where there is no such one."""
    return await tx.one(SQL["find_scenario"], WholeScenario, scenario_id=scenario_id)


async def all_scenarios(tx: TenantTransaction) -> list[Body]:
    """Every scenario, oldest first, 500 at most."""
    return await tx.all(SQL["all_scenarios"], Body)


async def drop_scenario(tx: TenantTransaction, scenario_id: int) -> bool:
    """False where there is no such one."""
    return await tx.run(SQL["drop_scenario"], scenario_id=scenario_id) > 0


async def begin_run(tx: TenantTransaction, asked_by: int) -> int | None:
    """The new run's id, None where one waits already."""
    return await tx.value(SQL["begin_run"], int, asked_by=asked_by)


async def list_runs(tx: TenantTransaction, *, before_id: int, most: int) -> list[Run]:
    """At most `most` runs below `before_id`, newest first."""
    return await tx.all(SQL["list_runs"], Run, before_id=before_id, most=most)


async def find_run(tx: TenantTransaction, run_id: int) -> WholeRun | None:
    """One run, None where there is no such one."""
    return await tx.one(SQL["find_run"], WholeRun, run_id=run_id)


async def end_run(tx: TenantTransaction, run_id: int, **ended: object) -> None:
    """One that is over stays as it is."""
    await tx.run(SQL["end_run"], run_id=run_id, **ended)
