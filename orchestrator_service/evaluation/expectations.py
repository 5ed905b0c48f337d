"""What a scenario demands after a step, and at its end. Every field that is left out is not looked at."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from orchestrator_service.evaluation.moments import Moment
from orchestrator_service.leads.models import Interest

ToolName: TypeAlias = Literal[
    "qualify_lead", "check_seller_availability", "book_sales_meeting", "reschedule_meeting", "cancel_meeting",
    "convert_to_client", "update_lead", "request_human", "search_knowledge", "get_pipeline_stages",
]  # fmt: skip


def _listed(value: object) -> object:
    if value is None:
        return value
    many = cast("list[object]", value) if isinstance(value, (list, tuple)) else [value]
    return [str(one) if isinstance(one, (int, float)) else one for one in many]


Texts: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Tools: TypeAlias = Annotated[tuple[ToolName, ...], BeforeValidator(_listed)]
Moments: TypeAlias = Annotated[tuple[Moment, ...], BeforeValidator(_listed)]


class Strict(BaseModel):
    """Frozen, and a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Score(Strict):
    """A range of scores, both ends included."""

    at_least: int = Field(default=0, ge=0, le=100)
    at_most: int = Field(default=100, ge=0, le=100)


class QualificationExpected(Strict):
    """The latest record of interest. `interest`: one of these; `none: true`: there is no record at all."""

    none: bool = False
    interest: Annotated[tuple[Interest, ...], BeforeValidator(_listed)] = ()
    score: Score | None = None
    need: str | None = None
    budget: str | None = None
    timeline: str | None = None
    decision_maker: str | None = None


class OffersExpected(Strict):
    """The times that the step's replies offer, in the company's zone.

    `only`: exactly these; `include`, `exclude`: these are, these are not among them; `on`: all on one of these days
    (YYYY-MM-DD); `from_clock` (included), `to_clock` (excluded): all between these hours; `seller`: all with these.
    """

    none: bool = False
    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)
    only: Moments = ()
    include: Moments = ()
    exclude: Moments = ()
    on: Texts = ()
    from_clock: str | None = Field(default=None, pattern=r"^\d\d:\d\d$")
    to_clock: str | None = Field(default=None, pattern=r"^\d\d:\d\d$")
    seller: Texts = ()


class MeetingExpected(Strict):
    """The lead's next meeting that stands; `none: true`: there is none."""

    none: bool = False
    at: Moments = ()
    on: Texts = ()
    seller: Texts = ()


class LeadExpected(Strict):
    """Fields of the lead's card; `name: ""` means that none is known."""

    name: str | None = None
    email: str | None = None
    need: str | None = None
    stage: str | None = None


class Expectation(Strict):
    """After a step. Texts are compared without regard to case, accents and spacing.

    `contains`: every one of these; `contains_any`: at least one; `not_contains`: none. `calls`, `not_calls`: tools that
    were, were not run with success in this step; `refused`: tools that a gate refused. `claims: none`: the brain
    claimed nothing that is not so, not even in an answer that was caught. `person`: somebody of the team is called by
    now. `silent`: nothing is answered. `most_cost`: US dollars by the company's prices.
    """

    silent: bool | None = None
    most_messages: int | None = Field(default=None, ge=0)
    most_questions: int | None = Field(default=None, ge=0)
    language: Literal["es", "en", "pt"] | None = None
    contains: Texts = ()
    contains_any: Texts = ()
    not_contains: Texts = ()
    reply: str | None = None
    calls: Tools = ()
    not_calls: Tools = ()
    refused: Tools = ()
    sequence: Annotated[tuple[ToolName, ...] | None, BeforeValidator(_listed)] = None
    qualification: QualificationExpected | None = None
    offers: OffersExpected | None = None
    meeting: MeetingExpected | None = None
    meetings: int | None = Field(default=None, ge=0)
    claims: Literal["none"] | None = None
    person: bool | None = None
    verdict: Literal["allow", "caution", "block"] | None = None
    lead: LeadExpected | None = None
    client: bool | None = None
    state: Literal["done", "handed_over", "failed", "awaiting_approval"] | None = None
    most_cost: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _demands_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("demands nothing")
        return self
