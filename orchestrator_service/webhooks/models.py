"""What a company's outgoing webhooks are made of, and the patience that a delivery has. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from core.json_types import JsonObject

EventType: TypeAlias = Literal[
    "NEW_LEAD", "LEAD_UPDATED", "NEW_MESSAGE", "MESSAGE_STATUS", "CONVERSATION_UPDATED", "EVENT_CREATED",
    "EVENT_UPDATED", "CLIENT_CREATED",
]  # fmt: skip
EndpointState: TypeAlias = Literal["active", "paused", "gone", "failing"]
DeliveryState: TypeAlias = Literal["waiting", "sent", "dead"]
Problem: TypeAlias = Literal["refused_address", "no_connection", "timeout", "status"]

PING: Final = "PING"
LONGEST_ANSWER: Final = 1024
OVERLAP: Final = timedelta(hours=24)
# Seconds after the first, second, … failure; after the last one a delivery is dead. About 42 hours in all.
WAITS: Final = (5, 30, 300, 1800, 7200, 18_000, 36_000, 86_400)
# So often a delivery is tried with those behind it waiting, so that they arrive in order; then it steps aside.
TRIES_IN_LINE: Final = 3
LONGEST_WAIT: Final = 86_400
_GONE: Final = 410


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the company's that is told. `rotated_at`: until a day later the former secret signs, too.

    `gone`: the address said that it wants no more (410); `failing`: it took nothing for as long as a delivery lives.
    """

    id: int
    name: str
    url: str
    event_types: list[EventType]
    state: EndpointState
    failing_since: datetime | None
    last_success_at: datetime | None
    rotated_at: datetime | None
    created_at: datetime
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one endpoint. The last attempt's outcome is told with it; `answer` is a stranger's text."""

    id: int
    message_id: str
    type: str
    seq: int | None
    state: DeliveryState
    attempts: int
    happened_at: datetime
    due_at: datetime
    settled_at: datetime | None
    status: int | None
    ms: int | None
    problem: Problem | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose turn it is."""

    id: int
    message_id: str
    type: str
    seq: int | None
    data: JsonObject
    happened_at: datetime
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of asking once. `retry_after` is in seconds, where the other side named a time."""

    at: datetime
    ms: int
    status: int | None = None
    problem: Problem | None = None
    answer: str | None = None
    retry_after: int | None = None

    @property
    def taken(self) -> bool:
        """Whether the other side has it."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP's successes

    @property
    def gone(self) -> bool:
        """Whether the other side wants no more."""
        return self.status == _GONE


def wait_after(attempts: int, retry_after: int | None, chance: float) -> float | None:
    """Seconds until the next attempt after `attempts` failed ones; None where there is none.

    `chance` (0-1) spreads them by a fifth to either side, so that what failed together does not come back together.
    """
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * (0.8 + 0.4 * chance)
    return max(wait, min(retry_after or 0, LONGEST_WAIT))
