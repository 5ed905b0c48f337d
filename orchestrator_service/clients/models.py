"""What a client is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Client:
    """A row of `clients`; `lead_id` is the lead it was, None for one that was typed in."""

    id: int
    lead_id: int | None
    full_name: str
    phone: str | None
    email: str | None
    owner_user_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """What a client is made from."""

    lead_id: int | None
    full_name: str
    phone: str | None
    email: str | None
    owner_user_id: int | None
    created_at: datetime
