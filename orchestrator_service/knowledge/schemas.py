"""The knowledge on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from orchestrator_service.knowledge.asking import Language
from orchestrator_service.knowledge.embedding import EmbeddingSettings
from orchestrator_service.knowledge.meaning_settings import Meaning
from orchestrator_service.knowledge.models import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Document,
    Hit,
    Kind,
    Passage,
    Question,
    QuestionState,
    State,
    Version,
)
from orchestrator_service.knowledge.reading import Known

_NO_NUL = r"^[^\x00]*$"
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE, pattern=_ONE_LINE)
]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=_NO_NUL)]
_Question = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=LONGEST_QUESTION, pattern=_ONE_LINE)
]
_Answer = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ANSWER, pattern=_NO_NUL)
]


class KnowledgeTextBody(BaseModel):
    """Words to know: plain text, Markdown, or the source of a web page, of which the words that are shown are kept."""

    model_config = ConfigDict(extra="forbid")

    title: _Title
    text: _Text


class PageBody(BaseModel):
    """An address to fetch and know. Public https addresses alone, unless the operator allows others."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x1f]{1,1990}$")]


class FaqBody(BaseModel):
    """A question and its answer."""

    model_config = ConfigDict(extra="forbid")

    question: _Question
    answer: _Answer


class KnowledgeAskBody(BaseModel):
    """`POST /agent/knowledge/ask`: what would be cited."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=_NO_NUL)]


class MeaningBody(BaseModel):
    """`PUT /agent/knowledge/meaning`: an embedding model, or none. The key is that of the company's model."""

    model_config = ConfigDict(extra="forbid")

    model: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_ONE_LINE)] = ""
    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\x00-\x1f]{1,290})?$")] = ""

    def settings(self) -> EmbeddingSettings:
        """As the slice takes it."""
        return EmbeddingSettings(self.model or None, self.base_url or None)


class DocumentView(BaseModel):
    """A document. `reasons`: why it failed (`unreadable_file`, …) or what the screen found in it (`withheld`)."""

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

    @classmethod
    def of(cls, document: Document) -> DocumentView:
        """The document."""
        return cls.model_validate({name: getattr(document, name) for name in Document.__slots__})


class PassageView(BaseModel):
    """A part of a document that can be cited."""

    id: int
    document_id: int
    heading: str
    page: int | None
    text: str

    @classmethod
    def of(cls, passage: Passage) -> PassageView:
        """The passage."""
        return cls(
            id=passage.id,
            document_id=passage.document_id,
            heading=passage.heading,
            page=passage.page,
            text=passage.body,
        )


class DocumentVersionView(BaseModel):
    """What a document was made of, by whom and when; `text` where it is words."""

    version: int
    title: str
    filename: str | None
    url: str | None
    size_bytes: int
    text: str | None
    created_by: int | None
    created_at: datetime

    @classmethod
    def of(cls, version: Version) -> DocumentVersionView:
        """The version."""
        return cls(
            version=version.version,
            title=version.title,
            filename=version.filename,
            url=version.url,
            size_bytes=version.size_bytes,
            text=version.body,
            created_by=version.created_by,
            created_at=version.created_at,
        )


class KnownView(BaseModel):
    """A document with its versions, the newest first, and its first passages."""

    document: DocumentView
    versions: list[DocumentVersionView]
    passages: list[PassageView]

    @classmethod
    def of(cls, known: Known) -> KnownView:
        """The document."""
        return cls(
            document=DocumentView.of(known.document),
            versions=[DocumentVersionView.of(version) for version in known.versions],
            passages=[PassageView.of(passage) for passage in known.passages],
        )


class HitView(BaseModel):
    """A passage that would be cited; `score` from 0 to 1."""

    passage: PassageView
    score: float
    by: Literal["words", "meaning", "both"]

    @classmethod
    def of(cls, hit: Hit) -> HitView:
        """The passage as it was found."""
        return cls(passage=PassageView.of(hit.passage), score=round(min(max(hit.score, 0), 1), 3), by=hit.by)


class HitsView(BaseModel):
    """Best first; empty: the agent would say that it does not know."""

    items: list[HitView]


class QuestionView(BaseModel):
    """A question without an answer; with `answer`, what a person said then and somebody has to approve."""

    id: int
    conversation_id: int
    question: str
    state: QuestionState
    asked_at: datetime
    times: int
    answer: str | None
    answered_by: int | None
    answered_at: datetime | None

    @classmethod
    def of(cls, question: Question) -> QuestionView:
        """The question."""
        return cls.model_validate({name: getattr(question, name) for name in Question.__slots__})


class MeaningView(BaseModel):
    """The search by meaning: `available` where the server can, `embedded` of `passages` are done."""

    model: str
    base_url: str
    available: bool
    passages: Annotated[int, Field(ge=0)]
    embedded: Annotated[int, Field(ge=0)]

    @classmethod
    def of(cls, meaning: Meaning) -> MeaningView:
        """How far it is."""
        return cls(
            model=meaning.model or "",
            base_url=meaning.base_url or "",
            available=meaning.available,
            passages=meaning.passages,
            embedded=meaning.embedded,
        )
