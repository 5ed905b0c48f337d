"""The wire of `/crm/privacy`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.paging import LARGEST_ID
from orchestrator_service.privacy.models import Counted, Kind, Reason, Request, Rules, State
from orchestrator_service.privacy.person import Named
from orchestrator_service.privacy.retention import Due

RecordId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Months = Annotated[int, Field(ge=1, le=120)]


class PersonQuery(BaseModel):
    """Who is meant: a lead or a client, one of the two."""

    model_config = ConfigDict(extra="forbid")

    lead_id: RecordId | None = None
    client_id: RecordId | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.lead_id is None) == (self.client_id is None):
            raise ValueError("name a lead or a client, one of the two")
        return self

    def named(self) -> Named:
        """As the use cases take it."""
        return Named(self.lead_id, self.client_id)


class ErasureBody(PersonQuery):
    """`confirm` is the person's name, else their number, as the page shows it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"lead_id": 12, "confirm": "Ana Ruiz"}]})

    confirm: str = Field(min_length=1, max_length=200)


class PersonDataView(BaseModel):
    """What would go, what has to be typed, and how many transactions stay without a name."""

    confirm: str
    messages: int
    files: int
    notes: int
    tasks: int
    meetings: int
    transactions: int

    @classmethod
    def of(cls, confirm: str, counted: Counted) -> PersonDataView:
        """As it is shown."""
        return cls(confirm=confirm, **asdict(counted))


class PrivacyRequestView(BaseModel):
    """A request, without any name."""

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

    @classmethod
    def of(cls, request: Request) -> PrivacyRequestView:
        """As it is shown."""
        return cls(**asdict(request))


class RetentionBody(BaseModel):
    """How long things are kept; null: for ever."""

    model_config = ConfigDict(extra="forbid")

    lead_months: Months | None
    media_months: Months | None
    payload_days: Annotated[int, Field(ge=7, le=3650)]

    def rules(self) -> Rules:
        """As the use cases take it."""
        return Rules(self.lead_months, self.media_months, self.payload_days)


class RetentionView(RetentionBody):
    """The rules that hold."""

    @classmethod
    def of(cls, rules: Rules) -> RetentionView:
        """As they are shown."""
        return cls(**asdict(rules))


class RetentionDueView(BaseModel):
    """What would go now, counted up to ten thousand each."""

    leads: int
    files: int
    payloads: int

    @classmethod
    def of(cls, due: Due) -> RetentionDueView:
        """As it is shown."""
        return cls(**asdict(due))
