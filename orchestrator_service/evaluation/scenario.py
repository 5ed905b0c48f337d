"""The shape of a scenario file (docs/eval.md): a company at a frozen moment, a customer, and what must come of it.

One model for scenarios that people write and for those that are saved from production; unknown keys are errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self, TypeAlias, cast

from pydantic import (
    BeforeValidator,
    Field,
    JsonValue,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)

from orchestrator_service.agenda.working_hours import WorkingHours, default_working_hours
from orchestrator_service.evaluation.expectations import Expectation, Strict
from orchestrator_service.evaluation.moments import Moment, Span, Zone, instant
from orchestrator_service.leads.models import Qualification

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LANGUAGE_OF: Final = {"AR": "es", "MX": "es", "ES": "es", "CO": "es", "CL": "es", "PE": "es", "BR": "pt", "US": "en"}

Language: TypeAlias = Literal["es", "en", "pt"]


def _as_week(value: object) -> object:
    """`{monday: 09:00-18:00, tuesday: [09:00-13:00, 14:00-18:00]}` as `working_hours` stores it."""
    if isinstance(value, WorkingHours) or not isinstance(value, Mapping):
        return value
    given = cast("Mapping[str, object]", value)
    if unknown := [day for day in given if day not in DAYS]:
        raise ValueError(f"{', '.join(map(str, unknown))}: the days are {', '.join(DAYS)}")
    return {str(number): [_as_range(one) for one in _many(given.get(day))] for number, day in enumerate(DAYS)}


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return list(cast("list[object]", value)) if isinstance(value, list) else [value]


def _as_range(value: object) -> object:
    start, dash, end = str(value).partition("-")
    if not dash:
        raise ValueError(f'{value!r} is not written "09:00-13:00"')
    return {"start": start.strip(), "end": end.strip()}


def _write_week(week: WorkingHours) -> dict[str, list[str]]:
    days = {day: [f"{one.start}-{one.end}" for one in week.on(number)] for number, day in enumerate(DAYS)}
    return {day: ranges for day, ranges in days.items() if ranges}


Week: TypeAlias = Annotated[WorkingHours, BeforeValidator(_as_week), PlainSerializer(_write_week)]


class AgentPart(Strict):
    """How the company's agent works. `hours`: when it answers, in the company's zone; all the time where left out."""

    name: str = Field(default="Sofía", min_length=1, max_length=60)
    mode: Literal["autopilot", "draft", "off"] = "autopilot"
    hours: Week | None = None
    disclosure: bool = False


class MeetingRules(Strict):
    """The company's rules for meetings, as its settings have them; `holidays`: a country whose holidays are kept."""

    minutes: int = Field(default=30, ge=5, le=480)
    granularity: int = Field(default=30, ge=5, le=240)
    buffer_before: int = Field(default=0, ge=0, le=240)
    buffer_after: int = Field(default=0, ge=0, le=240)
    notice: int = Field(default=60, ge=0, le=43200)
    horizon_days: int = Field(default=30, ge=1, le=365)
    most_per_day: int | None = Field(default=None, ge=1)
    offer_minutes: int = Field(default=30, ge=1, le=1440)
    assignment: Literal["least_busy", "round_robin", "skill"] = "least_busy"
    holidays: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")


class Prices(Strict):
    """US dollars for a million tokens."""

    input: float = Field(default=0, ge=0)
    output: float = Field(default=0, ge=0)


class CompanyPart(Strict):
    """The company. `closed`: days on which nobody works."""

    name: str = Field(default="Acme", min_length=1, max_length=200)
    zone: Zone = "America/Argentina/Buenos_Aires"
    country: str = Field(default="AR", pattern=r"^[A-Z]{2}$")
    language: Language | None = None
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    vocabulary: Literal["clients", "patients"] = "clients"
    offer: str = Field(default="", max_length=2000)
    agent: AgentPart = AgentPart()
    meetings: MeetingRules = MeetingRules()
    prices: Prices = Prices()
    closed: tuple[date, ...] = ()

    @property
    def spoken(self) -> Language:
        """The company's language, by its country where none is given."""
        return self.language or cast("Language", LANGUAGE_OF.get(self.country, "es"))


class Busy(Strict):
    """A time that a seller has no time, by the seller's clock. A `meeting` of ours keeps buffers and counts as work."""

    start: Moment = Field(alias="from")
    end: Moment = Field(alias="to")
    meeting: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if instant(self.end, "UTC") <= instant(self.start, "UTC"):
            raise ValueError("ends before it starts")
        return self


class SellerPart(Strict):
    """Somebody who can be booked. `hours` are Monday to Friday from 9 to 18 where left out; zone: the company's.

    `turns` is how often the round robin came to them.
    """

    name: str = Field(min_length=1, max_length=200)
    zone: Zone | None = None
    hours: Week = Field(default_factory=default_working_hours)
    busy: tuple[Busy, ...] = ()
    off: tuple[date, ...] = ()
    skills: tuple[str, ...] = ()
    turns: int = Field(default=0, ge=0)


class LeadPart(Strict):
    """Who writes. `name` is that of the WhatsApp profile; `known_as` of the card that the company has of them.

    `owner` is the seller whose lead they are.
    """

    phone: str = Field(default="+5491155512345", pattern=r"^\+\d{8,15}$")
    name: str | None = Field(default=None, max_length=200)
    known_as: str | None = Field(default=None, min_length=1, max_length=200)
    email: str | None = None
    client: bool = False
    owner: str | None = None


class Line(Strict):
    """One message of the time before: who said it, and what. `ago`: how long before the scenario begins."""

    customer: str | None = None
    agent: str | None = None
    teammate: str | None = None
    ago: Span | None = None

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if sum(text is not None for text in (self.customer, self.agent, self.teammate)) != 1:
            raise ValueError("has exactly one of customer, agent, teammate")
        return self


class At(Strict):
    """A time with a seller, by the company's clock."""

    seller: str
    at: Moment
    status: Literal["confirmed", "cancelled", "done", "no_show"] = "confirmed"


class Before(Strict):
    """What happened before the scenario begins: messages oldest first, the record of interest, times, meetings.

    `language`: what the conversation is held in. `offers` are live for `offer_minutes` from the scenario's `now`.
    """

    messages: tuple[Line, ...] = ()
    language: Language | None = None
    qualification: Qualification | None = None
    offers: tuple[At, ...] = ()
    meetings: tuple[At, ...] = ()


class Message(Strict):
    """One message of a burst: a text, a voice note by its words, a picture by what it shows, or a tap on a choice.

    A voice note with empty words cannot be understood by anybody. `tap`: the number of the choice from 1, or a part of
    what stands on it.
    """

    text: str | None = None
    voice: str | None = None
    image: str | None = None
    caption: str = ""
    tap: int | str | None = None

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        given = [one for one in (self.text, self.voice, self.image, self.tap) if one is not None]
        if len(given) != 1 or (self.caption and self.image is None):
            raise ValueError("has exactly one of text, voice, image (which may have a caption), tap")
        return self


def _as_messages(value: object) -> object:
    """A text alone, or a list of texts and messages, as a list of messages."""
    return [{"text": str(one)} if isinstance(one, (str, int, float)) else one for one in _many(value)]


class ToolAsked(Strict):
    """A tool that the model called. Ids of the other world are written `offer:<seller>@<time>`, `meeting:…`."""

    tool: str
    arguments: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])
    refused: bool = False
    result: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Recorded(Strict):
    """One answer of a model: the tools that it asked for, or what it said; with what it took."""

    tools: tuple[ToolAsked, ...] = ()
    text: str | None = None
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)


class Step(Strict):
    """One burst of the customer, or silence, and what must come of it. `after` the step before; a minute by itself.

    `teammate`: somebody of the company answers from the phone before the burst. `recorded`: answers of a model, played
    instead of asking one.
    """

    after: Span | None = None
    teammate: str | None = None
    says: Annotated[tuple[Message, ...], BeforeValidator(_as_messages)] = ()
    recorded: tuple[Recorded, ...] = ()
    expect: Expectation | None = None

    @model_validator(mode="after")
    def _something_happens(self) -> Self:
        if not self.says and self.after is None and self.teammate is None:
            raise ValueError("has neither says nor after nor teammate: nothing happens in it")
        return self


class Scenario(Strict):
    """A whole scenario. `end` is demanded after the last step, of the whole conversation."""

    title: str = Field(min_length=1, max_length=200)
    tags: tuple[str, ...] = ()
    now: Moment
    company: CompanyPart = CompanyPart()
    sellers: tuple[SellerPart, ...] = ()
    lead: LeadPart = LeadPart()
    before: Before = Before()
    steps: tuple[Step, ...] = Field(min_length=1)
    end: Expectation | None = None

    @field_validator("before")
    @classmethod
    def _with_known_sellers(cls, before: Before, info: ValidationInfo) -> Before:
        names = {seller.name for seller in cast("tuple[SellerPart, ...]", info.data.get("sellers", ()))}
        for one in (*before.offers, *before.meetings):
            if one.seller not in names:
                raise ValueError(f"{one.seller!r} is none of the sellers")
        return before

    @field_validator("lead")
    @classmethod
    def _of_a_known_seller(cls, lead: LeadPart, info: ValidationInfo) -> LeadPart:
        names = {seller.name for seller in cast("tuple[SellerPart, ...]", info.data.get("sellers", ()))}
        if lead.owner is not None and lead.owner not in names:
            raise ValueError(f"{lead.owner!r} is none of the sellers")
        return lead

    @model_validator(mode="after")
    def _demands_something(self) -> Self:
        if self.end is None and all(step.expect is None for step in self.steps):
            raise ValueError("demands nothing: it has no expect and no end")
        return self

    @property
    def starts(self) -> datetime:
        """The instant at which it begins."""
        return instant(self.now, self.company.zone)
