"""Calendars on the wire: how each fares, what is taken, whose a shared one may be. Secrets go in and never come out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from core.google.outcomes import CalendarEntry
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.google_calendar.connecting import MAY_WRITE
from orchestrator_service.google_calendar.matching import How, Proposal
from orchestrator_service.google_calendar.models import ConnectionKind
from orchestrator_service.google_calendar.reading import Mirrored, SellersCalendar, reaches

CalendarId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class CalendarView(BaseModel):
    """A seller's calendar. `problem` is the word for why it could not be confirmed when it was last asked."""

    seller_id: int
    seller_name: str
    state: Literal["none", "connected", "lost"]
    kind: ConnectionKind | None
    calendar_id: str | None
    calendar_name: str | None
    calendar_zone: str | None
    problem: str | None
    checked_at: datetime | None
    synced_at: datetime | None
    connected_at: datetime | None
    watched: bool
    may_change: bool

    @classmethod
    def of(cls, one: SellersCalendar, principal: Principal, now: datetime) -> CalendarView:
        """The calendar as this reader may see and change it."""
        return cls(
            seller_id=one.seller_id,
            seller_name=one.seller_name,
            state=one.state or "none",
            kind=one.kind,
            calendar_id=one.calendar_id,
            calendar_name=one.calendar_name,
            calendar_zone=one.calendar_zone,
            problem=_word(one.last_error),
            checked_at=one.checked_at,
            synced_at=one.synced_at,
            connected_at=one.connected_at,
            watched=one.watch_expires_at is not None and one.watch_expires_at > now,
            may_change=reaches(principal, Permission.SELLERS_WRITE, one.user_id),
        )


class CalendarsView(BaseModel):
    """Every seller's. `oauth_ready`: the company's OAuth client is set; `service_account`: whom to share with."""

    items: list[CalendarView]
    oauth_ready: bool
    service_account: str | None


class ConsentView(BaseModel):
    """Where the browser goes to grant the calendar."""

    url: str


class ChoiceView(BaseModel):
    """One calendar of the account's list."""

    id: str
    name: str
    zone: str | None
    primary: bool
    writable: bool

    @classmethod
    def of(cls, entry: CalendarEntry) -> ChoiceView:
        """The calendar."""
        return cls(
            id=entry.id,
            name=entry.summary,
            zone=entry.zone,
            primary=entry.primary,
            writable=entry.access_role in MAY_WRITE,
        )


class ChoicesView(BaseModel):
    """All of them."""

    items: list[ChoiceView]


class ChoiceBody(BaseModel):
    """Which calendar."""

    model_config = ConfigDict(extra="forbid")

    calendar_id: CalendarId


class KeyFileBody(BaseModel):
    """A service account's key file, as Google gives it out."""

    model_config = ConfigDict(extra="forbid")

    key_file: Annotated[SecretStr, Field(min_length=1, max_length=16_384)]


class ServiceAccountView(BaseModel):
    """Whom to share calendars with, and how many are shared already."""

    address: str
    calendars: int


class LetGoView(BaseModel):
    """`revoked`: Google took the grant back too; else the person may do so in the account's own settings."""

    revoked: bool


class AskedView(BaseModel):
    """It is being asked; the list shows how it went."""

    status: Literal["asked"] = "asked"


class ProposalView(BaseModel):
    """A shared calendar and whose it may be: one seller where it is sure, several where a person must choose."""

    calendar_id: str
    calendar_name: str
    how: How
    seller_ids: list[int]

    @classmethod
    def of(cls, one: Proposal) -> ProposalView:
        """The proposal."""
        return cls(
            calendar_id=one.entry.id,
            calendar_name=one.entry.summary,
            how=one.how,
            seller_ids=list(one.seller_ids),
        )


class ProposalsView(BaseModel):
    """One for each calendar that the service account sees."""

    items: list[ProposalView]


class MirroredView(BaseModel):
    """A time that is taken in Google; `title` is empty for whom it is not meant."""

    seller_id: int
    google_event_id: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    title: str

    @classmethod
    def of(cls, one: Mirrored) -> MirroredView:
        """The time."""
        return cls.model_validate(one, from_attributes=True)


class MirroredListView(BaseModel):
    """Those of the window; `more` where there are more than are shown."""

    items: list[MirroredView]
    more: bool


def _word(error: str | None) -> str | None:
    return error.split(" ", 1)[0] if error else None
