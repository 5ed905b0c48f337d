"""Broadcasts, their recipients, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from core.json_types import JsonObject
from orchestrator_service.leads.schemas import LeadFilters

Status: TypeAlias = Literal["running", "paused", "done", "cancelled"]
MOST_RECIPIENTS: Final = 20_000
# A batch leaves at most that often, so that a fast broadcast is no flood of jobs.
BATCHES_A_MINUTE: Final = 6
# What of a lead a field is taken from; fields that every lead has are not here.
COLUMN_OF: Final[Mapping[str, str]] = {
    "first_name": "full_name",
    "full_name": "full_name",
    "company": "company",
    "need": "need",
    "meeting_day": "meeting",
    "meeting_time": "meeting",
    "seller": "meeting",
}


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """What is to be sent, to whom, and how many a minute."""

    name: str
    template_id: int
    fills: Mapping[str, str]
    filters: LeadFilters
    per_minute: int


@dataclass(frozen=True, slots=True)
class Reasoned:
    """How many leads of a segment there are for a reason; None: those who will be written to."""

    reason: str | None
    leads: int
    first_lead_id: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a broadcast would reach, whom not and why, and how it reads for the first of them."""

    reached: int
    left_out: Mapping[str, int]
    sample_lead_id: int | None
    sample_text: str | None
    too_many: bool


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast with its figures. `sent` counts what was handed over; `delivered` includes what was read.

    `waiting` are the recipients still to come, `left_out` those who were not written to.
    """

    id: int
    name: str
    template_id: int
    template_name: str
    template_language: str
    fills: Mapping[str, str]
    filters: JsonObject
    per_minute: int
    status: Status
    created_by: int
    created_at: datetime
    finished_at: datetime | None
    total: int
    waiting: int
    left_out: int
    sent: int
    delivered: int
    read: int
    failed: int
    refused: int
    replies: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch that is due; no other worker has it. `held_up`: the company has paused all sending, or is suspended."""

    template_id: int
    fills: Mapping[str, str]
    next_batch_at: datetime
    size: int
    held_up: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody of a broadcast. `status` is ours (waiting, sent, left_out), `message_status` the message's."""

    lead_id: int
    lead_name: str | None
    status: str
    reason: str | None
    message_status: str | None
    conversation_id: int | None
