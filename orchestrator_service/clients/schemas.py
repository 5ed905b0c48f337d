"""Clients on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from core.phone import display
from orchestrator_service.clients.models import (
    Client,
    ClientContact,
    ClientFields,
    ClientRecord,
    Paid,
    WantedClients,
)

MOST_CONTACTS = 20

_Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
_Role = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")
]
_Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]
_Phone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=40)]
_Notes = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class ClientBody(BaseModel):
    """`PATCH /crm/clients/{id}`: what is left out stays, null empties."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"company": "Clínica Sur", "notes": None}]}
    )

    full_name: _Line | None = None
    phone: _Phone | None = None
    email: _Email | None = None
    company: _Line | None = None
    notes: _Notes | None = None
    owner_user_id: _RowId | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if "full_name" in self.model_fields_set and self.full_name is None:
            raise ValueError("a client has a name")
        return self

    def given(self) -> dict[str, object]:
        """The fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class NewClientBody(BaseModel):
    """`POST /crm/clients`: a client that was no lead."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"full_name": "Ana Ruiz", "phone": "+54 9 11 2345-6789", "company": "Clínica Sur"}]
        },
    )

    full_name: _Line
    phone: _Phone | None = None
    email: _Email | None = None
    company: _Line | None = None
    notes: _Notes | None = None
    owner_user_id: _RowId | None = None

    def fields(self) -> ClientFields:
        """As the slice takes it."""
        return ClientFields(**{name: getattr(self, name) for name in NewClientBody.model_fields})


class ClientFilters(BaseModel):
    """Which clients are meant; `q` is part of a name, company, e-mail or phone number."""

    model_config = ConfigDict(extra="forbid")

    owner_user_id: _RowId | None = None
    unassigned: bool = False
    deleted: bool = False
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")] | None = None

    def wanted(self) -> WantedClients:
        """As the slice takes it."""
        return WantedClients(self.owner_user_id, self.unassigned, self.deleted, self.q or None)


class ClientQuery(ClientFilters):
    """What `GET /crm/clients` is asked for."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class ClientView(BaseModel):
    """A client, or patient as clinics say; `phone_shown` is the phone as people write it."""

    id: int
    lead_id: int | None
    full_name: str
    phone: str | None
    phone_shown: str | None
    email: str | None
    owner_user_id: int | None
    created_at: datetime
    company: str | None
    notes: str | None
    updated_at: datetime
    deleted_at: datetime | None

    @classmethod
    def of(cls, client: Client) -> ClientView:
        """The client."""
        return cls(**asdict(client), phone_shown=display(client.phone) if client.phone else None)


class ClientContactBody(BaseModel):
    """One person of a client."""

    model_config = ConfigDict(extra="forbid")

    name: _Line
    role: _Role | None = None
    phone: _Phone | None = None
    email: _Email | None = None

    def contact(self) -> ClientContact:
        """As the slice takes it."""
        return ClientContact(self.name, self.role, self.phone, self.email)


class ClientContactsBody(BaseModel):
    """`PUT /crm/clients/{id}/contacts`: all of them, in this order."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[ClientContactBody], Field(max_length=MOST_CONTACTS)]


class ClientContactView(BaseModel):
    """One person of a client."""

    name: str
    role: str | None
    phone: str | None
    phone_shown: str | None
    email: str | None

    @classmethod
    def of(cls, contact: ClientContact) -> ClientContactView:
        """The person."""
        return cls(**asdict(contact), phone_shown=display(contact.phone) if contact.phone else None)


class ClientContactsView(BaseModel):
    """The persons of a client, in their order."""

    items: list[ClientContactView]


class PaidView(BaseModel):
    """An amount in a currency (ISO 4217)."""

    currency: str
    amount: str

    @classmethod
    def of(cls, paid: Paid) -> PaidView:
        """The amount."""
        return cls(currency=paid.currency, amount=paid.amount)


class ClientRecordView(ClientView):
    """A client with its persons; `paid` is what it paid less what went back, null for whoever does not read money."""

    contacts: list[ClientContactView]
    paid: list[PaidView] | None

    @classmethod
    def whole(cls, record: ClientRecord) -> ClientRecordView:
        """The record."""
        return cls(
            **ClientView.of(record.client).model_dump(),
            contacts=[ClientContactView.of(contact) for contact in record.contacts],
            paid=None if record.paid is None else [PaidView.of(paid) for paid in record.paid],
        )


class ClientsCountView(BaseModel):
    """How many clients there are of the wanted ones."""

    count: int
