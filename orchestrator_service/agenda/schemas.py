"""The agenda on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from core.paging import LARGEST_ID
from orchestrator_service.agenda.availability_facts import Free, NotFree
from orchestrator_service.agenda.change_meeting import Move
from orchestrator_service.agenda.create_meeting import EnteredMeeting
from orchestrator_service.agenda.free_times import Asked, FreeTimes
from orchestrator_service.agenda.mark_meeting import Outcome
from orchestrator_service.agenda.reading import AgendaEvent, Hold


class EventView(BaseModel):
    """Something in a seller's agenda; `ends_at` is excluded. A lead that the reader may not see is left out."""

    id: int
    seller_id: int
    seller_name: str
    kind: str
    status: str
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None
    title: str
    meeting_url: str | None

    @classmethod
    def of(cls, event: AgendaEvent) -> EventView:
        """The event."""
        return cls.model_validate(event, from_attributes=True)


class HoldView(BaseModel):
    """A time that is kept for a customer who was offered it. A lead that the reader may not see is left out."""

    id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime
    held_until: datetime
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None


class HoldsView(BaseModel):
    """What is held now."""

    items: list[HoldView]

    @classmethod
    def of(cls, holds: list[Hold]) -> HoldsView:
        """The holds."""
        return cls(items=[HoldView.model_validate(hold, from_attributes=True) for hold in holds])


_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class MeetingBody(BaseModel):
    """`POST /agenda/events`. Times need an offset. `force` overrules Google's calendar, never another meeting."""

    model_config = ConfigDict(extra="forbid")

    seller_id: _RowId
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    lead_id: _RowId | None = None
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    force: bool = False

    def meeting(self) -> EnteredMeeting:
        """As the slice takes it."""
        starts_at, ends_at = self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC)
        return EnteredMeeting(self.seller_id, starts_at, ends_at, self.lead_id, self.title, self.force)


class MoveBody(BaseModel):
    """`PATCH /agenda/events/{id}`. `force` overrules the rules and Google's calendar, never another meeting."""

    model_config = ConfigDict(extra="forbid")

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    seller_id: _RowId | None = None
    force: bool = False

    def move(self) -> Move:
        """As the slice takes it."""
        return Move(self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC), self.seller_id, self.force)


class MarkBody(BaseModel):
    """`POST /agenda/events/{id}/mark`: how the meeting went; `confirmed` takes that back."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome


_Url = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=500, pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$"
    ),
]


class MeetingUrlBody(BaseModel):
    """`PUT /agenda/events/{id}/url`: an https address; null: nowhere on the web."""

    model_config = ConfigDict(extra="forbid")

    meeting_url: _Url | None


class AvailabilityQuery(BaseModel):
    """`GET /agenda/availability`: a day of the seller's calendar, and maybe an instant to explain."""

    model_config = ConfigDict(extra="forbid")

    seller_id: _RowId
    day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
    minutes: Annotated[int, Field(ge=5, le=480)] | None = None
    explain: AwareDatetime | None = None

    def asked(self) -> Asked:
        """As the slice takes it."""
        return Asked(self.seller_id, self.day, self.minutes, self.explain.astimezone(UTC) if self.explain else None)


class SlotView(BaseModel):
    """A free time; `ends_at` is excluded."""

    starts_at: datetime
    ends_at: datetime


class ExplanationView(BaseModel):
    """Whether a meeting can start then; if not, the rule against it and its words."""

    free: bool
    rule: str | None
    detail: str | None


class AvailabilityView(BaseModel):
    """A seller's free times on a day; `zone` is the seller's."""

    seller_id: int
    zone: str
    minutes: int
    slots: list[SlotView]
    explanation: ExplanationView | None
    confirmed: bool = Field(
        description="false: the seller's Google calendar did not answer, nothing is free for certain"
    )

    @classmethod
    def of(cls, found: FreeTimes) -> AvailabilityView:
        """The answer."""
        match found.explained:
            case None:
                explanation = None
            case NotFree(rule, detail):
                explanation = ExplanationView(free=False, rule=rule, detail=detail)
            case Free():
                explanation = ExplanationView(free=True, rule=None, detail=None)
        slots = [SlotView(starts_at=slot.start_utc, ends_at=slot.end_utc) for slot in found.slots]
        return cls(
            seller_id=found.seller_id,
            zone=found.zone,
            minutes=found.minutes,
            slots=slots,
            explanation=explanation,
            confirmed=found.confirmed,
        )
