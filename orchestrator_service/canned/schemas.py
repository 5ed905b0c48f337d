"""Canned replies on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from orchestrator_service.canned.keep import Wording
from orchestrator_service.canned.models import Canned

_Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
_Shortcut = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,30}$")]


class CannedBody(BaseModel):
    """`POST /chat/canned-replies` and `PUT …/{id}`. `shortcut` without its slash; `shared`: for the whole company."""

    model_config = ConfigDict(extra="forbid")

    title: _Title
    shortcut: _Shortcut
    text: _Text
    language: Literal["es", "en", "pt"] | None = None
    shared: bool = False

    def wording(self) -> Wording:
        """As the slice takes it."""
        return Wording(self.title, self.shortcut, self.text, self.language, self.shared)


class CannedView(BaseModel):
    """A reply as it is kept; `author_user_id` is whoever changed it last."""

    id: int
    title: str
    shortcut: str
    text: str
    language: Literal["es", "en", "pt"] | None
    shared: bool
    author_user_id: int
    updated_at: datetime

    @classmethod
    def of(cls, canned: Canned) -> CannedView:
        """The reply."""
        return cls.model_validate(
            {
                "id": canned.id,
                "title": canned.title,
                "shortcut": canned.shortcut,
                "text": canned.body,
                "language": canned.language,
                "shared": canned.owner_user_id is None,
                "author_user_id": canned.author_user_id,
                "updated_at": canned.updated_at,
            }
        )


class CannedListView(BaseModel):
    """All that the caller may use, by shortcut."""

    items: list[CannedView]
