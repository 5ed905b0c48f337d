"""Leads on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from orchestrator_service.leads.models import Interest, LeadFields, SocialLinks
from orchestrator_service.leads.repository import Lead, WantedLeads

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_Stage = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
_Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class LeadBody(BaseModel):
    """`POST /crm/leads` and `PATCH /crm/leads/{id}`: what is left out stays, null empties."""

    model_config = ConfigDict(extra="forbid")

    full_name: _Line | None = None
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=40)] | None = None
    email: _Email | None = None
    company: _Line | None = None
    need: _Text | None = None
    language: Literal["es", "en", "pt"] | None = None
    stage_key: _Stage = "new"
    owner_user_id: _RowId | None = None
    value: _Money | None = None
    currency: _Currency | None = None
    social_links: SocialLinks = SocialLinks()

    @model_validator(mode="after")
    def _money_is_whole(self) -> Self:
        if (self.value is None) != (self.currency is None):
            raise ValueError("value and currency go together")
        return self

    def fields(self) -> LeadFields:
        """As the slice takes it."""
        return LeadFields().model_copy(update=self.given())

    def given(self) -> dict[str, object]:
        """The fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class NewLeadBody(LeadBody):
    """`POST /crm/leads`: somebody must be recognisable."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.full_name or self.phone or self.email):
            raise ValueError("a lead has a name, a phone or an e-mail")
        return self


class BulkBody(BaseModel):
    """`POST /crm/leads/bulk`: the stage or the owner of up to 200 leads; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    lead_ids: Annotated[list[_RowId], Field(min_length=1, max_length=200)]
    stage_key: _Stage | None = None
    owner_user_id: _RowId | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.changes():
            raise ValueError("name a stage or an owner")
        if "stage_key" in self.model_fields_set and self.stage_key is None:
            raise ValueError("a lead has a stage")
        return self

    def changes(self) -> dict[str, object]:
        """The fields that were sent; an owner of null makes the leads nobody's."""
        return {name: getattr(self, name) for name in ("stage_key", "owner_user_id") if name in self.model_fields_set}


class ListQuery(BaseModel):
    """What `GET /crm/leads` is asked for."""

    model_config = ConfigDict(extra="forbid")

    stage: Annotated[str, StringConstraints(max_length=40)] | None = None
    interest: Interest | None = None
    owner_user_id: _RowId | None = None
    unassigned: bool = False
    source: Annotated[str, StringConstraints(max_length=40)] | None = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")] | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None

    def wanted(self) -> WantedLeads:
        """As the slice takes it."""
        return WantedLeads(self.stage, self.interest, self.owner_user_id, self.unassigned, self.source, self.q or None)


class LeadView(BaseModel):
    """A lead. `score` is 0-100; `value` is in `currency` (ISO 4217)."""

    id: int
    full_name: str | None
    phone: str | None
    email: str | None
    company: str | None
    stage_key: str
    owner_user_id: int | None
    source: str
    language: str | None
    interest: Interest | None
    score: int | None
    need: str | None
    value: Decimal | None
    currency: str | None
    social_links: dict[str, JsonValue]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, lead: Lead) -> LeadView:
        """The lead."""
        return cls(**asdict(lead))


class LeadsView(BaseModel):
    """Leads as they are after a bulk edit."""

    items: list[LeadView]
