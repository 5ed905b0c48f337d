"""Documents, passages and open questions as the business knows them, and how much of them there may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from orchestrator_service.knowledge.asking import Language

Kind: TypeAlias = Literal["text", "file", "page", "faq"]
State: TypeAlias = Literal["waiting", "indexing", "ready", "failed", "withheld"]
QuestionState: TypeAlias = Literal["open", "proposed", "approved", "dismissed"]

MOST_DOCUMENTS: Final = 500
MOST_PASSAGES: Final = 10_000
MOST_BYTES: Final = 8 * 1024 * 1024
LONGEST_TEXT: Final = 400_000
LONGEST_TITLE: Final = 300
LONGEST_QUESTION: Final = 300
LONGEST_ANSWER: Final = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """A row of `knowledge_documents`. `reasons`: why it `failed` or is `withheld`; a FAQ's `title` is its question."""

    id: int
    kind: Kind
    title: str
    language: Language
    state: State
    reasons: list[str]
    version: int
    passages: int
    updated_by: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What a document was made of: its text (`body`), a file in the store, or an address to fetch."""

    version: int
    title: str
    filename: str | None
    url: str | None
    storage_key: str | None
    size_bytes: int
    body: str | None
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """What a person gives to be known. `sha256` of its content finds the same one again."""

    kind: Kind
    title: str
    sha256: str
    size_bytes: int
    body: str | None = None
    filename: str | None = None
    url: str | None = None
    storage_key: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that can be cited. `heading` begins with the document's title; `page` is that of a PDF."""

    id: int
    document_id: int
    heading: str
    page: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `score` runs from 0 to 1: the share of the question that it holds, or its nearness."""

    passage: Passage
    score: float
    by: Literal["words", "meaning", "both"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that no passage answered; `answer` is what a person said then, proposed to be known."""

    id: int
    conversation_id: int
    question: str
    state: QuestionState
    asked_at: datetime
    times: int
    answer: str | None
    answered_by: int | None
    answered_at: datetime | None
