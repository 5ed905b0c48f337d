"""A link and the meeting that it shows, as its holder may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.messaging.lead_zone import zone_of

Use: TypeAlias = Literal["move", "cancel"]


@dataclass(frozen=True, slots=True)
class LinkedMeeting:
    """What a link leads to. Times are aware.

    `used_for` says what the link has done already, `photo` which of the seller's photos is shown.
    """

    link_id: UUID
    used_for: Use | None
    event_id: int
    status: str
    starts_at: datetime
    ends_at: datetime
    meeting_url: str | None
    created_at: datetime
    updated_at: datetime
    seller_id: int
    seller_user_id: int | None
    seller_name: str
    lead_id: int
    phone: str | None
    language: Language
    company: str
    tenant_zone: str
    photo: int | None

    @property
    def zone(self) -> str:
        """Where the person's clock runs, as far as the number tells."""
        return zone_of(self.phone, self.tenant_zone)

    @property
    def place(self) -> str:
        """The zone as people call it: «Buenos Aires»."""
        return self.zone.rpartition("/")[2].replace("_", " ")

    @property
    def when(self) -> str:
        """«mar 24 nov, 10:30»."""
        return label_of(self.starts_at, self.zone, self.language)

    def changeable(self, now: datetime) -> bool:
        """Whether this link may still move or cancel the meeting."""
        return self.used_for is None and self.status == "confirmed" and now < self.starts_at
