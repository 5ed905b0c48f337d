"""The settings on the wire: a section with its version, which a change of it names."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Final, Literal, Self, TypeAlias

from phonenumbers import SUPPORTED_REGIONS
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)

from core.vocabulary import Vocabulary, VocabularyWords
from orchestrator_service.agenda.working_hours import parse_working_hours
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.settings.models import (
    AgentBasics,
    CompanySettings,
    Hours,
    MediaModels,
    MeetingRules,
    version_of,
)

MINUTES_OF_A_DAY = 1440


def _known_zone(name: str) -> str:
    try:
        parse_zone(name)
    except UnknownZoneError as error:
        raise ValueError(str(error)) from error
    return name


def _known_country(code: str) -> str:
    """Phone numbers are read in the country's form, so it must be one whose form is known."""
    if code not in SUPPORTED_REGIONS:
        raise ValueError("no country whose phone numbers are known")
    return code


def _divides_the_day(minutes: int) -> int:
    if MINUTES_OF_A_DAY % minutes:
        raise ValueError("the day is not a multiple of it")
    return minutes


_Visible = StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")


Language: TypeAlias = Literal["es", "en", "pt"]
_LANGUAGE: Final[TypeAdapter[Language]] = TypeAdapter(Language)
_LETTERS = r"^[^\W\d_]+(?:[ -][^\W\d_]+)*$"


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)


class OwnWords(_Fields):
    """What one of those who buy is called, and several: «socia», «socias»."""

    one: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=30, pattern=_LETTERS)]
    many: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=30, pattern=_LETTERS)]


class CompanyFields(_Fields):
    """`country` is ISO 3166 alpha-2, `zone` an IANA name, `currency` ISO 4217.

    `vocabulary` names those who buy; `vocabulary_words` are own words in its place, by language.
    """

    name: Annotated[str, _Visible]
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), AfterValidator(_known_country)]
    zone: Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
    language: Literal["es", "en", "pt"]
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
    vocabulary: Vocabulary
    vocabulary_words: dict[Language, OwnWords] = {}

    def section(self) -> CompanySettings:
        """As the business has it."""
        words: VocabularyWords = {str(language): own.model_dump() for language, own in self.vocabulary_words.items()}
        return CompanySettings(self.name, self.country, self.zone, self.language, self.currency, self.vocabulary, words)


class AgentFields(_Fields):
    """The agent answers after `quiet_seconds` of silence, or `maximum_wait_seconds` after the first message.

    `agent_hours`: weekdays with Monday = "0", ranges "HH:MM" in the company's zone; empty is always.
    """

    agent_name: Annotated[str, _Visible, Field(max_length=60)]
    agent_mode: Literal["autopilot", "draft", "off"]
    quiet_seconds: Annotated[float, Field(ge=0, le=60, multiple_of=0.01)]
    maximum_wait_seconds: Annotated[float, Field(ge=0, le=300, multiple_of=0.01)]
    takeover_hours: Annotated[int, Field(ge=1, le=720)]
    agent_hours: Annotated[Hours, Field(examples=[{"0": [{"start": "09:00", "end": "18:00"}]}])]
    ai_disclosure: bool
    turns_per_day: Annotated[int | None, Field(ge=1, le=1_000_000)]

    @field_validator("agent_hours")
    @classmethod
    def _is_a_week(cls, hours: Hours) -> Hours:
        """Nothing at all means always; a week without any hour would be the mode `off` in disguise."""
        if not any(hours.values()):
            return {}
        return {day: ranges for day, ranges in parse_working_hours(hours).as_json().items() if ranges}

    @model_validator(mode="after")
    def _waits_no_shorter(self) -> Self:
        if self.maximum_wait_seconds < self.quiet_seconds:
            raise ValueError("maximum_wait_seconds is not below quiet_seconds")
        return self

    def section(self) -> AgentBasics:
        """As the business has it."""
        return AgentBasics(**{name: getattr(self, name) for name in AgentFields.model_fields})


class MeetingFields(_Fields):
    """Minutes, but `horizon_days`; `most_meetings_per_day` is one seller's, null is no limit.

    `hold_minutes` is how long an offer holds its time against everybody else, null is not at all.

    `assignment` is who gets a meeting of a lead without an owner. `holiday_country` is ISO 3166 alpha-2, empty keeps no
    public holidays; `holiday_region` is one of `GET /admin/core/settings/holidays`, empty is the whole country.
    """

    meeting_minutes: Annotated[int, Field(ge=5, le=480)]
    slot_granularity_minutes: Annotated[int, Field(ge=5, le=240), AfterValidator(_divides_the_day)]
    buffer_before_minutes: Annotated[int, Field(ge=0, le=240)]
    buffer_after_minutes: Annotated[int, Field(ge=0, le=240)]
    minimum_notice_minutes: Annotated[int, Field(ge=0, le=43_200)]
    horizon_days: Annotated[int, Field(ge=1, le=365)]
    most_meetings_per_day: Annotated[int | None, Field(ge=1, le=200)]
    offer_minutes: Annotated[int, Field(ge=1, le=MINUTES_OF_A_DAY)]
    hold_minutes: Annotated[int | None, Field(ge=1, le=60)]
    assignment: Literal["least_busy", "round_robin", "skill"]
    holiday_country: Annotated[str, StringConstraints(pattern="^([A-Z]{2})?$")]
    holiday_region: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9 -]{0,40}$")]

    @model_validator(mode="after")
    def _has_a_country(self) -> Self:
        if self.holiday_region and not self.holiday_country:
            raise ValueError("a region is one of a country")
        return self

    def section(self) -> MeetingRules:
        """As the business has it."""
        return MeetingRules(**{name: getattr(self, name) for name in MeetingFields.model_fields})


_Model = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^(https?://[^\s\x00]+)?$")]


class MediaFields(_Fields):
    """Names of models; empty: nobody hears, or sees. `whisper_base_url` is any OpenAI-compatible API, up to its `/v1`.

    The keys are in the vault (`whisper:api_key`, `model:api_key`); who sees is asked at the agent's own address.
    """

    whisper_model: _Model
    whisper_base_url: _Address
    vision_model: _Model

    def section(self) -> MediaModels:
        """As the business has it."""
        return MediaModels(**{name: getattr(self, name) for name in MediaFields.model_fields})


_Version = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


class CompanyBody(_Fields):
    """`PUT /admin/core/settings/company`; `version` is that of the values that were read."""

    version: _Version
    values: CompanyFields


class AgentBody(_Fields):
    """`PUT /admin/core/settings/agent`."""

    version: _Version
    values: AgentFields


class MeetingsBody(_Fields):
    """`PUT /admin/core/settings/meetings`."""

    version: _Version
    values: MeetingFields


class MediaBody(_Fields):
    """`PUT /admin/core/settings/media`."""

    version: _Version
    values: MediaFields


class CompanySection(BaseModel):
    """Who the company is."""

    version: str
    values: CompanyFields

    @classmethod
    def of(cls, section: CompanySettings) -> Self:
        """The section."""
        values = CompanyFields.model_construct(**asdict(replace(section, vocabulary_words={})))
        for each, own in section.vocabulary_words.items():
            words = OwnWords.model_construct(one=own["one"], many=own["many"])
            values.vocabulary_words[_LANGUAGE.validate_python(each)] = words
        return cls(version=version_of(section), values=values)


class AgentSection(BaseModel):
    """How its agent behaves."""

    version: str
    values: AgentFields

    @classmethod
    def of(cls, section: AgentBasics) -> Self:
        """The section."""
        return cls(version=version_of(section), values=AgentFields.model_construct(**asdict(section)))


class MeetingsSection(BaseModel):
    """How its meetings are given out."""

    version: str
    values: MeetingFields

    @classmethod
    def of(cls, section: MeetingRules) -> Self:
        """The section."""
        return cls(version=version_of(section), values=MeetingFields.model_construct(**asdict(section)))


class MediaSection(BaseModel):
    """Who hears and sees for it."""

    version: str
    values: MediaFields

    @classmethod
    def of(cls, section: MediaModels) -> Self:
        """The section."""
        return cls(version=version_of(section), values=MediaFields.model_construct(**asdict(section)))


class CompanySettingsView(BaseModel):
    """`GET /admin/core/settings`."""

    company: CompanySection
    agent: AgentSection
    meetings: MeetingsSection
    media: MediaSection
