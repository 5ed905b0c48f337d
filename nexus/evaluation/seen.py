"""What could be seen after a step: plain data without any id that differs from run to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.json_types import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the conversation as a reader sees it."""

    who: Literal["customer", "agent", "teammate"]
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """One tool that was run or refused; offers and meetings stand as their seller and time."""

    tool: str
    arguments: JsonObject
    refused: bool
    result: JsonObject


@dataclass(frozen=True, slots=True)
class Time:
    """A time with a seller. `at` is aware; `status` only of a meeting."""

    seller: str
    at: datetime
    status: str = ""


@dataclass(frozen=True, slots=True)
class Interest:
    """The latest record of interest."""

    interest: str
    score: int
    need: str | None
    budget: str | None
    timeline: str | None
    decision_maker: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """The lead's card."""

    full_name: str | None
    email: str | None
    need: str | None
    stage_key: str
    is_client: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that an expectation may look at. `offered` are the times in this step's replies.

    `rejected` is what the brain claimed and was caught at; `figures` are the texts in which a figure may be looked up.
    """

    at: datetime
    heard: tuple[Spoken, ...] = ()
    replies: tuple[Spoken, ...] = ()
    calls: tuple[Called, ...] = ()
    states: tuple[str, ...] = ()
    verdict: str | None = None
    rejected: tuple[str, ...] = ()
    offered: tuple[Time, ...] = ()
    meetings: tuple[Time, ...] = ()
    qualification: Interest | None = None
    card: Card | None = None
    person: bool = False
    tokens: int = 0
    cost: float = 0.0
    figures: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)


Names = Mapping[str, str]
"""From an id of the database to what it stands for in a report."""


def named(value: Json, names: Names) -> Json:
    """The value with every known id written as what it stands for."""
    if isinstance(value, Mapping):
        return {key: _named_field(key, one, names) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [named(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def _named_field(key: str, value: Json, names: Names) -> Json:
    """Numbers are ids only where their field says so."""
    if key.endswith("_id") and isinstance(value, int):
        return names.get(f"{key}:{value}", value)
    return named(value, names)
