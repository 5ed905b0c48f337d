"""Sources of leads on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_PAGE
from core.secret import Secret
from orchestrator_service.lead_sources.models import (
    AskedQuestion,
    FormSettings,
    Kind,
    Mapping,
    Problem,
    Received,
    Source,
)

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00]*$")]


class NewSourceBody(BaseModel):
    """`POST /admin/core/lead-sources`: a form with its questions, a hook, or a page of Meta's by its id."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"kind": "hook", "name": "Landing page"}]}
    )

    kind: Kind
    name: _Name
    form: FormSettings | None = None
    page_id: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,32}$")] | None = None

    @model_validator(mode="after")
    def _complete(self) -> NewSourceBody:
        if (self.kind == "form") != (self.form is not None) or (self.kind == "page") != (self.page_id is not None):
            raise ValueError("a form has questions, a page its id, and nothing else has either")
        return self


class SourceBody(BaseModel):
    """`PATCH /admin/core/lead-sources/{source_id}`: what is given is changed. `owner_ids` take turns.

    `mapping` of a page of Meta's says where each question's answers go, by the question's name: a field of a lead,
    `custom:<key>` for one of the company's own, or `answer` to keep it beside the lead.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"active": False}]})

    name: _Name | None = None
    active: bool | None = None
    form: FormSettings | None = None
    mapping: Mapping | None = None
    owner_ids: Annotated[list[Annotated[int, Field(ge=1, le=2**53)]], Field(max_length=50)] | None = None

    def given(self) -> dict[str, object]:
        """By the names of the source's fields."""
        return {name: value for name in self.model_fields_set if (value := getattr(self, name)) is not None}


class LeadSourceView(BaseModel):
    """A source. `url` is a form's page, or where a hook or a page of Meta's is posted to.

    `problem` is why Meta's leads do not come; `owner_ids` take turns, nobody owns them where there are none.
    """

    id: int
    kind: Kind
    name: str
    active: bool
    url: str
    form: FormSettings | None
    page_id: str | None
    owner_ids: list[int]
    received: int
    last_received_at: datetime | None
    reconciled_until: datetime | None
    problem: Problem | None
    created_at: datetime

    @classmethod
    def of(cls, source: Source, public_url: str, webhook_url: str) -> LeadSourceView:
        """The source; addresses begin with where strangers, and where providers, reach this installation."""
        addresses: dict[Kind, str] = {
            "form": f"{public_url}/f/{source.key}",
            "hook": f"{public_url}/in/{source.key}",
            "page": f"{webhook_url}/webhook/meta/leads/{source.key}",
        }
        return cls(
            id=source.id,
            kind=source.kind,
            name=source.name,
            active=source.active,
            url=addresses[source.kind],
            form=FormSettings.model_validate(source.settings) if source.kind == "form" else None,
            page_id=source.page_id,
            owner_ids=source.owner_ids,
            received=source.received,
            last_received_at=source.last_received_at,
            reconciled_until=source.reconciled_until,
            problem=source.problem,
            created_at=source.created_at,
        )


class SourcesView(BaseModel):
    """All of the company's, those in use first."""

    items: list[LeadSourceView]


class SourceSecretView(BaseModel):
    """A source, and a hook's new secret, which is shown this once; None for what has none."""

    source: LeadSourceView
    secret: str | None

    @classmethod
    def of(cls, view: LeadSourceView, secret: Secret | None) -> SourceSecretView:
        """Both."""
        return cls(source=view, secret=secret.reveal() if secret else None)


class ReceivedView(BaseModel):
    """What came by a source. `lead_name` is None where the lead is deleted; `answers` are strangers' texts."""

    id: int
    state: Literal["waiting", "done", "failed"]
    problem: Problem | None
    lead_id: int | None
    lead_name: str | None
    made_lead: bool
    answers: dict[str, str]
    consent: str | None
    received_at: datetime

    @classmethod
    def of(cls, received: Received) -> ReceivedView:
        """The row."""
        return cls.model_validate(received, from_attributes=True)


class AdQuestionView(BaseModel):
    """A question of a page's forms. `suggested` is what its words say; `example` is what a stranger answered."""

    question: str
    target: str
    suggested: str
    example: str | None

    @classmethod
    def of(cls, asked: AskedQuestion) -> AdQuestionView:
        """The question."""
        return cls.model_validate(asked, from_attributes=True)


class AdQuestionsView(BaseModel):
    """By name."""

    items: list[AdQuestionView]


class PageQuery(BaseModel):
    """What `GET …/received` is asked for."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
