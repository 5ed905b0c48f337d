"""Notes on leads on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE
from orchestrator_service.notes.repository import Note

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]


class NoteBody(BaseModel):
    """A note's text, and the ids of those it mentions, who are told."""

    model_config = ConfigDict(extra="forbid")

    text: _Text
    mentions: Annotated[list[Annotated[int, Field(ge=1, le=LARGEST_ID)]], Field(max_length=20)] = []


class NotesQuery(BaseModel):
    """What `GET /crm/leads/{id}/notes` is asked for."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class NoteView(BaseModel):
    """A note on a lead."""

    id: int
    lead_id: int
    author_user_id: int
    text: str
    mentions: list[int]
    created_at: datetime
    edited_at: datetime | None

    @classmethod
    def of(cls, note: Note) -> NoteView:
        """The note."""
        return cls(
            id=note.id,
            lead_id=note.lead_id,
            author_user_id=note.author_user_id,
            text=note.body,
            mentions=note.mentions,
            created_at=note.created_at,
            edited_at=note.edited_at,
        )
