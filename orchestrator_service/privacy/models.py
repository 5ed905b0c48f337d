"""Who is meant, what was asked for, and how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["export", "erase"]
Reason: TypeAlias = Literal["asked", "retention"]
State: TypeAlias = Literal["waiting", "done"]


@dataclass(frozen=True, slots=True)
class Person:
    """Every record that is one person."""

    lead_ids: list[int]
    client_ids: list[int]
    contact_ids: list[int]
    conversation_ids: list[int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What hangs on a person; the transactions stay, without a name."""

    messages: int
    files: int
    notes: int
    tasks: int
    meetings: int
    transactions: int


@dataclass(frozen=True, slots=True)
class Request:
    """A row of `privacy_requests` as it is shown: ids and figures, never a name."""

    id: int
    kind: Kind
    reason: Reason
    state: State
    lead_id: int | None
    client_id: int | None
    counts: dict[str, int]
    asked_by: int | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rules:
    """How long a company keeps things. None: for ever. Only technical payloads go by themselves unless it says so."""

    lead_months: int | None = None
    media_months: int | None = None
    payload_days: int = 90


SAFE_RULES: Final = Rules()
