"""Which ways an alert can take, what somebody prefers, and the shape of `alert_preferences.channels` (JSONB)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Literal, TypeAlias, get_args
from uuid import UUID

from core.json_types import JsonObject
from core.secret import Secret
from orchestrator_service.notifications.models import Kind, NotificationData

Channel: TypeAlias = Literal["push", "email", "whatsapp"]
# What people choose by: kinds that concern the same person in the same way are one topic.
Topic: TypeAlias = Literal[
    "person_needed", "draft_waiting", "failure", "booking", "hot_lead", "mention", "accounts", "security"
]
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)
TOPIC_OF: Final[dict[Kind, Topic]] = {
    "person_needed": "person_needed",
    "draft_waiting": "draft_waiting",
    "failure": "failure",
    "calendar_lost": "failure",
    "budget_reached": "failure",
    "webhook_failing": "failure",
    "lead_received": "hot_lead",
    "learned_answer": "failure",
    "booking": "booking",
    "meeting_moved": "booking",
    "meeting_cancelled": "booking",
    "hot_lead": "hot_lead",
    "mention": "mention",
    "task_due": "mention",
    "import_finished": "mention",
    "account_waiting": "accounts",
    "reset_asked": "accounts",
    "recovery_code_used": "security",
    "totp_reset": "security",
    "codes_refused": "security",
    "password_reset": "security",
}
# A device that was switched on hears of everything; nobody gets mail or messages who has not asked for them.
USUAL: Final[tuple[Channel, ...]] = ("push",)
# Whoever has the app before them reads it there meanwhile, and then needs no mail.
PATIENCE: Final[dict[Channel, timedelta]] = {
    "push": timedelta(),
    "email": timedelta(seconds=60),
    "whatsapp": timedelta(seconds=60),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person chose. `channels` has the topics that were chosen; quiet hours are of the clock of `zone`.

    `zone` None is the company's. `phone` is E.164, the person's own.
    """

    channels: JsonObject = field(default_factory=dict[str, object])  # pyright: ignore[reportAssignmentType] - an empty object is one
    quiet_from: time | None = None
    quiet_to: time | None = None
    zone: str | None = None
    phone: str | None = None

    def ways(self, kind: Kind) -> tuple[Channel, ...]:
        """How the person wants to hear of something, besides the bell."""
        chosen = self.channels.get(TOPIC_OF[kind])
        if not isinstance(chosen, list):
            return USUAL
        return tuple(one for one in CHANNELS if one in chosen)


@dataclass(frozen=True, slots=True)
class CompanyRules:
    """What the ceo decides: whether names leave the app, and which template tells people by WhatsApp."""

    show_names: bool
    template_id: int | None


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that was switched on. `session_id` is the login that it hangs on."""

    id: int
    session_id: UUID
    user_agent: str | None
    created_at: datetime
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a browser's push service takes messages, and the keys that only the browser can open them with."""

    url: Secret
    p256dh: str
    auth: Secret


@dataclass(frozen=True, slots=True)
class Facts:
    """What an alert is about, as its recipient may see it. `lead_name` None: there is none, or it is not shown."""

    kind: Kind
    data: NotificationData
    lead_name: str | None
    path: str
    tag: str
    company: str
    name: str
    email: str
    language: Literal["es", "en", "pt"]
    zone: str
