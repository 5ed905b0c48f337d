"""Triggers and the messages that they have planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["confirmation", "reminder_24h", "reminder_1h", "follow_up", "reactivation", "no_show"]
Reason: TypeAlias = Literal[
    "trigger_off", "lead_gone", "meeting_changed", "too_late", "quiet_hours", "replied", "booked", "closed",
    "not_interested", "opted_out", "person_has_it", "no_address", "no_template", "missing_values",
]  # fmt: skip

KINDS: Final[tuple[Kind, ...]] = (
    "confirmation", "reminder_24h", "reminder_1h", "no_show", "follow_up", "reactivation",
)  # fmt: skip
# How long before its meeting a message is due; None: at once.
BEFORE: Final[Mapping[Kind, timedelta | None]] = {
    "confirmation": None,
    "reminder_24h": timedelta(hours=24),
    "reminder_1h": timedelta(hours=1),
}
# How close to the meeting it still makes sense, where the worker was away or the night was quiet.
LATEST: Final[Mapping[Kind, timedelta]] = {
    "confirmation": timedelta(0),
    "reminder_24h": timedelta(hours=3),
    "reminder_1h": timedelta(minutes=5),
}
# What is written because somebody does not answer.
SILENT: Final[frozenset[Kind]] = frozenset({"follow_up", "reactivation"})
MOST_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """A row of `message_triggers`. `step` counts reactivations from 1, is 0 for all else.

    `fills` say what goes into the template's variables (`templates/fills.py`), by key; `window_text` is sent instead
    of the template while the lead may be written to freely. `delay_minutes` is the silence after which a follow-up or a
    reactivation is due, and how long after the mark whoever missed a meeting is written to. From `quiet_from` to
    `quiet_to`, by the lead's clock, nothing leaves.
    """

    kind: Kind
    step: int
    enabled: bool = False
    template_id: int | None = None
    fills: Mapping[str, str] = field(default_factory=dict[str, str])
    window_text: str | None = None
    delay_minutes: int = 0
    quiet_from: time | None = None
    quiet_to: time | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of a trigger wait, and what became of those of the last 30 days."""

    kind: Kind
    step: int
    pending: int
    sent: int
    cancelled: int
    refused: int


@dataclass(frozen=True, slots=True)
class Due:
    """A planned message with all that is checked before it leaves. `event_*` are the meeting's as it is now."""

    id: int
    kind: Kind
    step: int
    lead_id: int
    event_id: int | None
    starts_at: datetime | None
    due_at: datetime
    created_at: datetime
    lead_is_there: bool
    stage_kind: str | None
    interest: str | None
    opted_out: bool
    sending_paused: bool
    wrote_since: bool
    has_meeting: bool
    person_has_it: bool
    event_status: str | None
    event_starts_at: datetime | None
    conversation_id: int | None
    last_inbound_at: datetime | None
