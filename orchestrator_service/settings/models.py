"""The sections of the settings; each is read, judged and saved as one. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

import msgspec

from core.json_types import JsonObject
from core.vocabulary import Vocabulary, VocabularyWords

Hours: TypeAlias = dict[str, list[dict[str, str]]]
SectionName: TypeAlias = Literal["company", "agent", "meetings", "media"]


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """`country` is ISO 3166 alpha-2, `zone` an IANA name, `currency` ISO 4217.

    `vocabulary` is what it calls those who buy, `vocabulary_words` own words in its place (core/vocabulary.py).
    """

    name: str
    country: str
    zone: str
    language: Literal["es", "en", "pt"]
    currency: str
    vocabulary: Vocabulary
    vocabulary_words: VocabularyWords


@dataclass(frozen=True, slots=True)
class AgentBasics:
    """`quiet_seconds` of silence end a burst of messages, `maximum_wait_seconds` after its first one at the latest.

    `agent_hours` has the shape of a seller's working hours, in the company's zone; empty means always. `ai_disclosure`:
    the first words say that it is an assistant. `turns_per_day` is how often it begins to answer in 24 hours at most.
    """

    agent_name: str
    agent_mode: Literal["autopilot", "draft", "off"]
    quiet_seconds: float
    maximum_wait_seconds: float
    takeover_hours: int
    agent_hours: Hours
    ai_disclosure: bool
    turns_per_day: int | None


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """Minutes, but `horizon_days`, and `most_meetings_per_day` of one seller (None: no limit).

    `hold_minutes` is how long an offer holds its time (None: not at all). `assignment` says who gets a meeting,
    `holiday_country` (ISO 3166) and `holiday_region` whose public holidays are kept; empty: nobody's.
    """

    meeting_minutes: int
    slot_granularity_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    most_meetings_per_day: int | None
    offer_minutes: int
    hold_minutes: int | None
    assignment: Literal["least_busy", "round_robin", "skill"]
    holiday_country: str
    holiday_region: str


@dataclass(frozen=True, slots=True)
class MediaModels:
    """Who hears voice notes and sees pictures; empty: nobody. `whisper_base_url` empty: OpenAI's own address."""

    whisper_model: str
    whisper_base_url: str
    vision_model: str


Section: TypeAlias = CompanySettings | AgentBasics | MeetingRules | MediaModels

NAMES: dict[type[Section], SectionName] = {
    CompanySettings: "company",
    AgentBasics: "agent",
    MeetingRules: "meetings",
    MediaModels: "media",
}


def version_of(section: Section) -> str:
    """Names these values: two sections with the same values have the same version."""
    return hashlib.sha256(msgspec.json.encode(section, order="deterministic")).hexdigest()[:16]


def changes(was: Section, became: Section) -> JsonObject:
    """Each field that differs: `{"zone": {"was": …, "became": …}}`."""
    old, new = asdict(was), asdict(became)
    return {field: {"was": old[field], "became": new[field]} for field in old if old[field] != new[field]}
