"""What a client is, and the persons that one writes to about it."""

from __future__ import annotations

from collections.abc import Sequence
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
    company: str | None
    notes: str | None
    updated_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """What a client is made from."""

    lead_id: int | None
    full_name: str
    phone: str | None
    email: str | None
    owner_user_id: int | None
    created_at: datetime
    company: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFields:
    """What the team may write on a client; None is empty."""

    full_name: str
    phone: str | None = None
    email: str | None = None
    company: str | None = None
    notes: str | None = None
    owner_user_id: int | None = None


@dataclass(frozen=True, slots=True)
class WantedClients:
    """Which clients are meant; `q` is part of a name, company, e-mail or number."""

    owner_user_id: int | None = None
    unassigned: bool = False
    deleted: bool = False
    q: str | None = None


@dataclass(frozen=True, slots=True)
class ClientContact:
    """One person of a client, in the order that the team gave them."""

    name: str
    role: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Paid:
    """What a client has paid in one currency, less what went back."""

    currency: str
    amount: str


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A client with its persons; `paid` is None for whoever does not read money."""

    client: Client
    contacts: Sequence[ClientContact]
    paid: Sequence[Paid] | None
