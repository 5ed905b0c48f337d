"""What a provider tells beside messages, in the normalised contract of `core/whatsapp.py`. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True)
class TemplateEvent:
    """A template was reviewed, re-categorised or re-rated; `components` is its definition, empty where not told."""

    waba_id: str | None
    name: str
    language: str | None
    status: str | None
    category: str | None
    previous_category: str | None
    reason: str | None
    components: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """A person withdrew or gave back consent; `marketing_only` leaves service messages allowed."""

    phone: str | None
    allowed: bool
    marketing_only: bool
    business_number: str | None
    waba_id: str | None


@dataclass(frozen=True, slots=True)
class NumberEvent:
    """News of our own number or account; what the provider did not tell is None.

    `quality` and `limit` are WhatsApp's words (GREEN, YELLOW, RED; TIER_1K), `status` what was decided or happened
    (CONNECTED, FLAGGED, APPROVED, RESTRICTED, …). `name` is the display name that is now in force.
    """

    business_number: str | None
    waba_id: str | None
    quality: str | None
    name: str | None
    limit: str | None
    status: str | None
    reason: str | None
    content: JsonObject = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """A known event that carries no message and changes nothing of ours: a call, a flow, a contact's change."""

    business_number: str | None
    waba_id: str | None
    content: JsonObject = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A signed body that we cannot read: stored for a person to look at, answered with 200."""

    reason: str
    content: JsonObject = field(default_factory=dict[str, Json])
