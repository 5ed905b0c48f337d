"""A template as it is kept, and how its number was asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from orchestrator_service.templates.definition import Definition, read_definition

APPROVED: Final = "APPROVED"


@dataclass(frozen=True)
class Template:
    """A row of `message_templates`. `status` and `reason` are the provider's words; `components` its definition.

    `removed_at` is when the provider no longer listed it.
    """

    id: int
    channel_id: int
    channel_name: str
    channel_active: bool
    name: str
    language: str
    category: str | None
    status: str
    reason: str | None
    components: list[object]
    removed_at: datetime | None
    updated_at: datetime

    @cached_property
    def definition(self) -> Definition:
        """What it says and needs."""
        return read_definition(self.components)

    @property
    def sendable(self) -> bool:
        """Whether it may be sent at all."""
        return self.status == APPROVED and self.removed_at is None and self.definition.unsupported is None


@dataclass(frozen=True, slots=True)
class Sync:
    """When a number's templates were last asked for; `finished_at` None: it goes on, or nobody has asked."""

    channel_id: int
    channel_name: str
    asked_at: datetime | None
    finished_at: datetime | None
    error: str | None
