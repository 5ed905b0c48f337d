"""The script: what a company decides about how its agent speaks, what it sells and what it asks (PRODUCT §9.1). Pure.

It is the shape of `agent_versions.body` and `agent_drafts.body`, and what the page of the agent edits.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Language: TypeAlias = Literal["es", "en", "pt"]
Topic: TypeAlias = Literal["need", "budget", "timeline", "decision_maker", "other"]
Tone: TypeAlias = Literal["warm", "formal", "brief", "lively"]
Trato: TypeAlias = Literal["tu", "usted", "vos"]

LONGEST_OFFER: Final = 4000
_LINE = r"^[^\x00-\x1f\x7f]*$"
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=_LINE)]
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_LINE)]
_TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"

_FIRST_QUESTIONS: dict[Language, tuple[tuple[Topic, str], ...]] = {
    "es": (
        ("need", "¿Qué te gustaría resolver?"),
        ("timeline", "¿Para cuándo lo necesitas?"),
        ("budget", "¿Tienes un presupuesto en mente?"),
    ),
    "en": (
        ("need", "What would you like to solve?"),
        ("timeline", "When do you need it?"),
        ("budget", "Do you have a budget in mind?"),
    ),
    "pt": (
        ("need", "O que você gostaria de resolver?"),
        ("timeline", "Para quando você precisa?"),
        ("budget", "Você tem um orçamento em mente?"),
    ),
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Part):
    """Something the agent finds out. `topic` names the fact of the qualification that answers it; `other` has none."""

    topic: Topic = "other"
    text: _Line


class Script(_Part):
    """What the company decides. `trato` is how Spanish speaks to people; `disclosure` empty is the usual sentence."""

    agent_name: _Name
    persona: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=_TEXT)] = ""
    offer: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_OFFER, pattern=_TEXT)] = ""
    questions: Annotated[tuple[Question, ...], Field(max_length=10)] = ()
    tone: Tone = "warm"
    trato: Trato = "tu"
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=3)] = ("es", "en", "pt")
    default_language: Language = "es"
    never: Annotated[tuple[_Line, ...], Field(max_length=20)] = ()
    disclosure: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=_LINE)] = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len(set(self.languages)) != len(self.languages):
            raise ValueError("a language is allowed once")
        if self.default_language not in self.languages:
            raise ValueError("the default language is one of the allowed ones")
        topics = [question.topic for question in self.questions if question.topic != "other"]
        if len(set(topics)) != len(topics):
            raise ValueError("one question for each topic")
        return self

    def language_for(self, spoken: str | None) -> Language:
        """The language in which somebody who speaks `spoken` is answered."""
        allowed: list[Language] = [each for each in self.languages if each == spoken]
        return allowed[0] if allowed else self.default_language


def founding_script(agent_name: str, offer: str, language: Language) -> Script:
    """The script of a company that has published none: what it was founded with, and three questions to begin with."""
    questions = tuple(Question(topic=topic, text=text) for topic, text in _FIRST_QUESTIONS[language])
    return Script(agent_name=agent_name, offer=offer[:LONGEST_OFFER], questions=questions, default_language=language)


def version_of(script: Script) -> str:
    """Names these words: two scripts that say the same have the same version."""
    return hashlib.sha256(script.model_dump_json().encode()).hexdigest()[:16]


def changed_fields(was: Script, became: Script) -> list[str]:
    """The names of the fields that differ, in order."""
    return [name for name in Script.model_fields if getattr(was, name) != getattr(became, name)]
