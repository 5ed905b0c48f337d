"""Leads on the wire."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StrictBool, StringConstraints, model_validator

from core.moments import Moment
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from core.phone import display
from orchestrator_service.fields.schemas import FieldKey
from orchestrator_service.fields.values import CustomValues
from orchestrator_service.leads.models import Interest, LeadFields, SocialLinks
from orchestrator_service.leads.repository import Lead, StageSum
from orchestrator_service.leads.wanted import WantedLeads

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_Stage = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
_Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_Source = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Custom = Annotated[
    dict[FieldKey, Annotated[str, StringConstraints(max_length=2000)] | StrictBool | int | float | None],
    Field(max_length=50),
]
_RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class LeadBody(BaseModel):
    """`POST /crm/leads` and `PATCH /crm/leads/{id}`: what is left out stays, null empties.

    `custom` holds values by the key of the company's field; a key that is left out stays too. `lost_reason` is one of
    the company's list (`GET /crm/pipeline/lost-reasons`), `lost_reason_other` says it in other words.
    """

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
    lost_reason_other: _Line | None = None
    source: _Source = "manual"
    campaign: _Line | None = None
    custom: _Custom = {}

    @model_validator(mode="after")
    def _money_is_whole(self) -> Self:
        if (self.value is None) != (self.currency is None):
            raise ValueError("value and currency go together")
        if self.lost_reason is not None and self.lost_reason_other is not None:
            raise ValueError("a reason is of the list or in other words")
        return self

    def fields(self) -> LeadFields:
        """As the slice takes it."""
        custom = {key: value for key, value in self.custom.items() if value is not None}
        return LeadFields().model_copy(update={**self.given(), "custom": custom})

    def given(self) -> dict[str, object]:
        """The fields that were sent, the company's own and other words for a reason aside."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"custom", "lost_reason_other"}}


class NewLeadBody(LeadBody):
    """`POST /crm/leads`: somebody must be recognisable."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.full_name or self.phone or self.email):
            raise ValueError("a lead has a name, a phone or an e-mail")
        return self


class LeadFilters(BaseModel):
    """Which leads are meant: by lists, by the board's summary and by saved views (`saved_views.filters`, JSONB).

    `field` and `value` go together: a company's field by its key, and what it holds, as text (`true`, `12`,
    `2026-11-27`). Times are from (included) until (not included); `active` is the last change or message. `deleted`:
    those that were deleted, for whoever may delete.
    """

    model_config = ConfigDict(extra="forbid")

    stage: Annotated[str, StringConstraints(max_length=40)] | None = None
    interest: Interest | None = None
    owner_user_id: _RowId | None = None
    unassigned: bool = False
    source: Annotated[str, StringConstraints(max_length=40)] | None = None
    campaign: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    tag_id: _RowId | None = None
    field: FieldKey | None = None
    value: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] | None = None
    score_min: Annotated[int, Field(ge=0, le=100)] | None = None
    score_max: Annotated[int, Field(ge=0, le=100)] | None = None
    created_from: Moment | None = None
    created_to: Moment | None = None
    active_from: Moment | None = None
    active_to: Moment | None = None
    open_task: bool | None = None
    deleted: bool = False
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")] | None = None

    @model_validator(mode="after")
    def _field_with_value(self) -> Self:
        if (self.field is None) != (self.value is None):
            raise ValueError("field and value go together")
        return self

    def wanted(self) -> WantedLeads:
        """As the slice takes it."""
        return WantedLeads(
            stage_key=self.stage,
            interest=self.interest,
            owner_user_id=self.owner_user_id,
            unassigned=self.unassigned,
            source=self.source,
            text=self.q or None,
            campaign=self.campaign,
            tag_id=self.tag_id,
            field=(self.field, self.value) if self.field is not None and self.value is not None else None,
            score=(self.score_min, self.score_max),
            created=(self.created_from, self.created_to),
            active=(self.active_from, self.active_to),
            open_task=self.open_task,
            binned=self.deleted,
        )


class ListQuery(LeadFilters):
    """What `GET /crm/leads` is asked for."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class LeadView(BaseModel):
    """A lead. `score` is 0-100; `value` is in `currency` (ISO 4217); `phone_shown` is the phone as people write it.

    `stage_since` is when it came into its stage; `needs_person` whether one of its conversations waits for a person.
    `username` is WhatsApp's, told where no phone is known. `campaign` is what the team wrote, else the advertisement
    that brought the lead. `custom` holds values by the key of the company's field; `tag_ids` are of `GET /crm/tags`;
    `deleted_at` is told of deleted leads alone.
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
    custom: CustomValues
    tag_ids: list[int]
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    stage_since: datetime
    needs_person: bool
    username: str | None

    @classmethod
    def of(cls, lead: Lead) -> LeadView:
        """The lead."""
        shown = display(lead.phone) if lead.phone else None
        told = msgspec.structs.asdict(lead)
        told["phone_shown"] = shown
        return cls(**told)


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
