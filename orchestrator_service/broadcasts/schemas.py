"""Broadcasts on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from orchestrator_service.broadcasts.models import Broadcast, NewBroadcast, Preview, Recipient, Status
from orchestrator_service.leads.schemas import LeadFilters
from orchestrator_service.templates.schemas import TemplateId, Values

_Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class PreviewBody(BaseModel):
    """`POST /chat/broadcasts/preview`: a template, what fills its variables, and which leads are meant."""

    model_config = ConfigDict(extra="forbid")

    template_id: TemplateId
    fills: Values = {}
    filters: LeadFilters = LeadFilters()

    def new(self, name: str = "", per_minute: int = 1) -> NewBroadcast:
        """As the slice takes it."""
        return NewBroadcast(name, self.template_id, self.fills, self.filters, per_minute)


class BroadcastBody(PreviewBody):
    """`POST /chat/broadcasts`."""

    name: _Name
    per_minute: Annotated[int, Field(ge=1, le=600)] = 30

    def broadcast(self) -> NewBroadcast:
        """As the slice takes it."""
        return self.new(self.name, self.per_minute)


class PreviewView(BaseModel):
    """Whom it would reach; `left_out` counts the others by reason; `sample_text` is how it reads for one of them."""

    reached: int
    left_out: dict[str, int]
    sample_lead_id: int | None
    sample_text: str | None
    too_many: bool

    @classmethod
    def of(cls, preview: Preview) -> PreviewView:
        """The preview."""
        return cls.model_validate(preview, from_attributes=True)


class BroadcastView(BaseModel):
    """A broadcast and its figures; `delivered` includes what was read, `failed` what nobody knows the fate of."""

    id: int
    name: str
    template_id: int
    template_name: str
    template_language: str
    fills: dict[str, str]
    filters: LeadFilters
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

    @classmethod
    def of(cls, broadcast: Broadcast) -> BroadcastView:
        """The broadcast."""
        return cls.model_validate(asdict(broadcast))


class RecipientView(BaseModel):
    """Somebody of a broadcast: `waiting`, `sent` (see `message_status`) or `left_out` (see `reason`)."""

    lead_id: int
    lead_name: str | None
    status: str
    reason: str | None
    message_status: str | None
    conversation_id: int | None

    @classmethod
    def of(cls, recipient: Recipient) -> RecipientView:
        """The recipient."""
        return cls.model_validate(recipient, from_attributes=True)
