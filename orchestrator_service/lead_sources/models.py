"""Where leads come from, and the shapes of `lead_sources.settings` and `received_leads.answers` (JSONB).

`settings` of a form is `FormSettings`; of a hook `{"rotated_at": ISO 8601 | null}`; of a page
`{"fields": {question: Target}}`. `answers` is `{question: text}`, what strangers wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.json_types import JsonObject

Kind: TypeAlias = Literal["form", "hook", "page"]
Language: TypeAlias = Literal["es", "en", "pt"]
LANGUAGES: Final[tuple[Language, ...]] = ("es", "en", "pt")
LeadField: TypeAlias = Literal["full_name", "phone", "email", "company", "need"]
Problem: TypeAlias = Literal["token", "unreachable", "demo", "no_token", "no_contact", "gone", "refused"]

OVERLAP: Final = timedelta(hours=24)
SOURCE_OF: Final[dict[Kind, str]] = {"form": "form", "hook": "webhook", "page": "meta"}
LONGEST_ANSWER: Final = 2000
MOST_ANSWERS: Final = 40
LONGEST: Final[dict[LeadField, int]] = {"full_name": 200, "phone": 40, "email": 254, "company": 200, "need": 2000}
ANSWER: Final = "answer"
CUSTOM: Final = "custom:"
Question = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
# A field of a lead, one of the company's own (`custom:<key>`), or `answer`: kept beside the lead as it was written.
Target = Annotated[
    str, StringConstraints(pattern=r"^(full_name|phone|email|company|need|answer|custom:[a-z][a-z0-9_]{0,39})$")
]
Mapping: TypeAlias = Annotated[dict[Question, Target], Field(max_length=MOST_ANSWERS)]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
_Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600, pattern=r"^[^\x00]*$")]


class FormField(BaseModel):
    """One question. `key` is a field of a lead, or `q1` … `q9` for a question of the company's own."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{"key": "full_name", "label": "Tu nombre", "required": True, "options": []}]},
    )

    key: Annotated[str, StringConstraints(pattern=r"^(full_name|phone|email|company|need|q[1-9])$")]
    label: _Text
    required: bool = False
    options: Annotated[list[_Text], Field(max_length=20)] = []


class FormSettings(BaseModel):
    """A public form. `consent` is the text that the person agrees to; empty: none is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language = "es"
    title: _Text
    intro: _Long = ""
    fields: Annotated[list[FormField], Field(min_length=1, max_length=12)]
    consent: _Long = ""
    thanks: _Long = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of `lead_sources`. A new lead is owned by each of `owner_ids` in turn; nobody where there are none."""

    id: int
    kind: Kind
    name: str
    key: str
    active: bool
    settings: JsonObject
    page_id: str | None
    owner_ids: list[int]
    received: int
    last_received_at: datetime | None
    reconciled_until: datetime | None
    problem: Problem | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """A row of `received_leads`."""

    id: int
    event_id: str
    state: Literal["waiting", "done", "failed"]
    problem: Problem | None
    lead_id: int | None
    lead_name: str | None
    made_lead: bool
    answers: dict[str, str]
    consent: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """What came. `event_id` names it once for its source; `told` are fields of a lead, `answers` all that was said.

    `custom` are texts for the company's own fields, by key.
    """

    event_id: str
    told: dict[LeadField, str]
    answers: dict[str, str]
    language: Language | None = None
    consent: str | None = None
    referral: dict[str, str] = field(default_factory=dict[str, str])
    custom: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a page's forms: where its answers go, where its words say that they might, and one of them."""

    question: str
    target: str
    suggested: str
    example: str | None
