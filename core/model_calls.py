"""Every call of a model: whether the company's caps leave room for it, and what it took (PRODUCT §9.1).

The caps are held against the rows themselves before each call, so they hold across processes and restarts. A call
stands in the book before it is made, with its question's estimated price: a worker that dies leaves it there. Turns
that run at once may each overshoot a cap by the one call that they have under way, never by more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from core.credential_names import ModelProvider
from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.statements import load_statements

SQL = load_statements(Path(__file__).with_suffix(".sql"))
# A conversation on WhatsApp lasts for years: its cap counts what it took lately.
CONVERSATION_WINDOW: Final = timedelta(days=30)
MILLION: Final = Decimal(1_000_000)

Purpose: TypeAlias = Literal["think", "summary", "vision", "playground", "evaluation"]
CapScope: TypeAlias = Literal["day", "conversation"]
CallOutcome: TypeAlias = Literal["answered", "busy", "broken", "slow", "unreachable", "refused", "garbled"]
# The question has arrived, so it may be charged for though nothing useful came back.
MAYBE_CHARGED: Final[frozenset[CallOutcome]] = frozenset({"slow", "garbled"})


class CapReached(Conflict):
    """A cap leaves no room for another call. `scope` says whose: the company's day, or the conversation."""

    code = "cap_reached"
    title = "Cap Reached"

    def __init__(self, scope: CapScope) -> None:
        super().__init__(f"The spending cap of the {scope} is reached.")
        self.scope: CapScope = scope


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens."""

    input: Decimal
    output: Decimal

    def cost(self, input_tokens: int, output_tokens: int) -> Decimal:
        """What these tokens cost, in US dollars."""
        return (input_tokens * self.input + output_tokens * self.output) / MILLION


@dataclass(frozen=True, slots=True)
class ModelCall:
    """What is about to be asked, for whom; `estimated_tokens` is the question's length, as far as it can be told."""

    purpose: Purpose
    provider: ModelProvider | Literal["demo"]
    model: str
    prices: Prices
    estimated_tokens: int
    turn_id: int | None = None
    conversation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Took:
    """What a call took. `estimated` where its tokens are ours, since the other side told none."""

    outcome: CallOutcome
    input_tokens: int
    output_tokens: int
    estimated: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Caps:
    """The company's caps, None where there is none, and the IANA zone of its days."""

    zone: str
    day_cost_cap: Decimal | None
    day_token_cap: int | None
    conversation_cost_cap: Decimal | None
    conversation_token_cap: int | None


@dataclass(frozen=True, slots=True)
class Spending:
    """US dollars and tokens."""

    cost: Decimal
    tokens: int


def day_began(now: datetime, zone: str) -> datetime:
    """When the day of `now` began on the wall clock of an IANA zone."""
    place = ZoneInfo(zone)
    return datetime.combine(now.astimezone(place).date(), time(), place)


def month_began(now: datetime, zone: str) -> datetime:
    """When the month of `now` began on the wall clock of an IANA zone."""
    return day_began(now, zone).replace(day=1)


async def read_caps(tx: TenantTransaction) -> Caps:
    """The company's caps. Raises NotFound where it has no settings."""
    caps = await tx.one(SQL["caps"], Caps)
    if caps is None:
        raise NotFound
    return caps


async def spent_since(tx: TenantTransaction, since: datetime) -> Spending:
    """What the company's calls took since then."""
    spent = await tx.one(SQL["spent_since"], Spending, since=since)
    assert spent is not None, "an aggregate answers a row"
    return spent


async def demand_room(tx: TenantTransaction, conversation_id: int | None, *, now: datetime) -> None:
    """Raises CapReached where another call may not be made."""
    caps = await read_caps(tx)
    if caps.day_cost_cap is not None or caps.day_token_cap is not None:
        today = await spent_since(tx, day_began(now, caps.zone))
        if is_reached(today, caps.day_cost_cap, caps.day_token_cap):
            raise CapReached("day")
    if conversation_id is None or (caps.conversation_cost_cap is None and caps.conversation_token_cap is None):
        return
    since = now - CONVERSATION_WINDOW
    spent = await tx.one(SQL["spent_on_conversation"], Spending, conversation_id=conversation_id, since=since)
    assert spent is not None, "an aggregate answers a row"
    if is_reached(spent, caps.conversation_cost_cap, caps.conversation_token_cap):
        raise CapReached("conversation")


def is_reached(spent: Spending, most_cost: Decimal | None, most_tokens: int | None) -> bool:
    """Whether nothing more may be spent."""
    return (most_cost is not None and spent.cost >= most_cost) or (
        most_tokens is not None and spent.tokens >= most_tokens
    )


async def begin_call(tx: TenantTransaction, call: ModelCall, *, now: datetime) -> int:
    """Write down a call that is about to be made; its number. Raises CapReached: then it must not be made."""
    await demand_room(tx, call.conversation_id, now=now)
    call_id = await tx.value(
        SQL["begin_call"],
        int,
        turn_id=call.turn_id,
        conversation_id=call.conversation_id,
        purpose=call.purpose,
        provider=call.provider,
        model=call.model,
        input_tokens=call.estimated_tokens,
        cost=call.prices.cost(call.estimated_tokens, 0),
        at=now,
    )
    assert call_id is not None, "an insert answers its id"
    return call_id


async def end_call(tx: TenantTransaction, call_id: int, call: ModelCall, took: Took) -> Decimal:
    """Write down how a call went; what it cost, in US dollars."""
    cost = call.prices.cost(took.input_tokens, took.output_tokens)
    await tx.run(
        SQL["end_call"],
        call_id=call_id,
        input_tokens=took.input_tokens,
        output_tokens=took.output_tokens,
        cost=cost,
        estimated=took.estimated,
        seconds=Decimal(str(round(took.seconds, 3))),
        outcome=took.outcome,
    )
    return cost


def took_nothing(call: ModelCall, outcome: CallOutcome, seconds: float) -> Took:
    """A call that brought no answer: the estimate of its question stays where the other side may charge for it."""
    tokens = call.estimated_tokens if outcome in MAYBE_CHARGED else 0
    return Took(outcome, tokens, 0, estimated=True, seconds=seconds)
