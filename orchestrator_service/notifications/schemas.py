"""Notifications on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from orchestrator_service.notifications.models import Kind, Notification, NotificationData, Summary

_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class ListQuery(BaseModel):
    """What `GET /notifications` is asked for."""

    model_config = ConfigDict(extra="forbid")

    unread: bool = False
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class NotificationView(BaseModel):
    """Something that the caller was told; `lead_name` is null where there is no lead, or none in the caller's scope."""

    id: int
    kind: Kind
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None
    event_id: int | None
    data: NotificationData
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, notification: Notification) -> NotificationView:
        """The notification."""
        return cls.model_validate(notification, from_attributes=True)


class SummaryView(BaseModel):
    """How many are unread (counting stops at 100), and how many of those wait for a person."""

    unread: int
    person_needed: int

    @classmethod
    def of(cls, summary: Summary) -> SummaryView:
        """The figures."""
        return cls(**asdict(summary))


class ReadBody(BaseModel):
    """`POST /notifications/read`: these, or everything up to one."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[_RowId], Field(max_length=100)] = []
    through_id: _RowId | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.ids) == (self.through_id is not None):
            raise ValueError("name the ids, or the last one")
        return self
