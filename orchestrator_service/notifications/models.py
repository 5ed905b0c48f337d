"""What a notification says, and the shape of `notifications.data` (JSONB)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Kind: TypeAlias = Literal[
    "person_needed", "booking", "failure", "hot_lead", "mention", "account_waiting", "recovery_code_used", "totp_reset",
    "codes_refused", "reset_asked", "password_reset", "draft_waiting", "calendar_lost", "meeting_moved",
    "meeting_cancelled", "learned_answer", "budget_reached", "task_due", "lead_received", "webhook_failing",
    "import_finished",
]  # fmt: skip
Cause: TypeAlias = Literal[
    "person_requested", "blocked_message", "agent_failed", "send_failed", "audio_unheard", "send_uncertain",
    "calendar_conflict",
]  # fmt: skip


class NotificationData(BaseModel):
    """What the words need beside the record: no personal data, names are read from the record itself.

    `cause` says why a person is needed or what failed, `starts_at` when the meeting is or the task is due, `score`
    (0-100) how hot, `seller_id` whose Google calendar can no longer be read. A password was reset by a link that
    `link_by` made at `link_at`: the person's own mail, the ceo `by_user_id`, or the operator. An import is told with
    the leads that it `created` and `changed`, and the rows that it `refused`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cause: Cause | None = None
    starts_at: AwareDatetime | None = None
    score: int | None = Field(default=None, ge=0, le=100)
    seller_id: int | None = None
    link_by: Literal["person", "ceo", "operator"] | None = None
    by_user_id: int | None = None
    link_at: AwareDatetime | None = None
    import_id: int | None = None
    created: int | None = None
    changed: int | None = None
    refused: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that has happened; the ids name the record that it is about. `event_id` is of the agenda."""

    kind: Kind
    lead_id: int | None = None
    conversation_id: int | None = None
    event_id: int | None = None
    data: NotificationData = field(default_factory=NotificationData)


@dataclass(frozen=True, slots=True)
class Notification:
    """A notice as one person has it. `lead_name` is None where there is none, or where that lead is out of scope."""

    id: int
    kind: Kind
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None
    event_id: int | None
    data: NotificationData
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the bell shows: how many are unread (100 at most), and how many of those wait for a person."""

    unread: int
    person_needed: int
