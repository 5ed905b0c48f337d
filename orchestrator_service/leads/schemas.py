"""Leads on the wire."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from core.phone import display
from orchestrator_service.leads.models import Interest, LeadFields, SocialLinks
from orchestrator_service.leads.repository import Lead, StageSum, WantedLeads

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_Stage = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
_Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
_BULK = ("stage_key", "owner_user_id", "lost_reason")


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
    lost_reason: _Line | None = None

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
    """`POST /crm/leads/bulk`: the stage or the owner of up to 200 leads; what is left out stays.

    `lost_reason` goes with a stage.
    """

    model_config = ConfigDict(extra="forbid")

    lead_ids: Annotated[list[_RowId], Field(min_length=1, max_length=200)]
    stage_key: _Stage | None = None
    owner_user_id: _RowId | None = None
    lost_reason: _Line | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set & {"stage_key", "owner_user_id"}:
            raise ValueError("name a stage or an owner")
        if "stage_key" in self.model_fields_set and self.stage_key is None:
            raise ValueError("a lead has a stage")
        return self

    def changes(self) -> dict[str, object]:
        """The fields that were sent; an owner of null makes the leads nobody's."""
        return {name: getattr(self, name) for name in _BULK if name in self.model_fields_set}


class LeadFilters(BaseModel):
    """Which leads are meant: by lists, by the board's summary and by saved views (`saved_views.filters`, JSONB)."""

    model_config = ConfigDict(extra="forbid")

    stage: Annotated[str, StringConstraints(max_length=40)] | None = None
    interest: Interest | None = None
    owner_user_id: _RowId | None = None
    unassigned: bool = False
    source: Annotated[str, StringConstraints(max_length=40)] | None = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")] | None = None

    def wanted(self) -> WantedLeads:
        """As the slice takes it."""
        return WantedLeads(self.stage, self.interest, self.owner_user_id, self.unassigned, self.source, self.q or None)


class ListQuery(LeadFilters):
    """What `GET /crm/leads` is asked for."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class LeadView(BaseModel):
    """A lead. `score` is 0-100; `value` is in `currency` (ISO 4217); `phone_shown` is the phone as people write it.

    `stage_since` is when it came into its stage; `needs_person` whether one of its conversations waits for a person.
    `username` is WhatsApp's, told where no phone is known. `campaign` is the advertisement that brought the lead.
    """

    id: int
    full_name: str | None
    phone: str | None
    phone_shown: str | None
    email: str | None
    company: str | None
    stage_key: str
    owner_user_id: int | None
    source: str
    campaign: str | None
    language: str | None
    interest: Interest | None
    score: int | None
    need: str | None
    value: Decimal | None
    currency: str | None
    social_links: dict[str, JsonValue]
    lost_reason: str | None
    created_at: datetime
    updated_at: datetime
    stage_since: datetime
    needs_person: bool
    username: str | None

    @classmethod
    def of(cls, lead: Lead) -> LeadView:
        """The lead."""
        shown = display(lead.phone) if lead.phone else None
        return cls(**msgspec.structs.asdict(lead), phone_shown=shown)


class LeadsView(BaseModel):
    """Leads as they are after a bulk edit."""

    items: list[LeadView]


class MoneyView(BaseModel):
    """An amount in a currency (ISO 4217)."""

    currency: str
    value: Decimal


class StageSummaryView(BaseModel):
    """A stage's leads: how many, and what they are worth in each currency."""

    stage_key: str
    leads: int
    values: list[MoneyView]


class PipelineSummaryView(BaseModel):
    """The board in figures; a stage without leads is left out."""

    items: list[StageSummaryView]

    @classmethod
    def of(cls, sums: list[StageSum]) -> PipelineSummaryView:
        """The sums of one stage together."""
        stages: dict[str, StageSummaryView] = {}
        for one in sums:
            stage = stages.setdefault(one.stage_key, StageSummaryView(stage_key=one.stage_key, leads=0, values=[]))
            stage.leads += one.leads
            if one.currency is not None and one.value is not None:
                stage.values.append(MoneyView(currency=one.currency, value=one.value))
        return cls(items=list(stages.values()))
