"""The agent's script and its versions on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from orchestrator_service.agent.script import Script, version_of
from orchestrator_service.agent.versions import Draft, Live, Version


class VersionView(BaseModel):
    """A published version. `author` null: what the company was founded with."""

    id: int
    number: int
    script: Script
    restored_from: int | None
    author: str | None
    published_at: datetime

    @classmethod
    def of(cls, version: Version) -> Self:
        """The version."""
        return cls(
            id=version.id,
            number=version.number,
            script=version.script,
            restored_from=version.restored_from,
            author=version.author,
            published_at=version.published_at,
        )


class ScriptDraftView(BaseModel):
    """The version that is being written."""

    script: Script
    author: str
    updated_at: datetime


class ScriptView(BaseModel):
    """`live` is what the agent says, `number` its version (null before the first publication).

    `version` names the draft's words, or the live ones without a draft; a change names it. `brain` is `demo` where
    rules answer, which follow the name, the offer and the languages, and nothing else.
    """

    live: Script
    number: int | None
    draft: ScriptDraftView | None
    version: str
    brain: Literal["demo", "live"]

    @classmethod
    def of(cls, live: Live, draft: Draft | None, brain: Literal["demo", "live"]) -> Self:
        """What stands and what is written."""
        return cls(
            live=live.script,
            number=live.version.number if live.version else None,
            draft=ScriptDraftView(script=draft.script, author=draft.author, updated_at=draft.updated_at)
            if draft
            else None,
            version=version_of(draft.script if draft else live.script),
            brain=brain,
        )


_Seen = Annotated[str, Field(min_length=16, max_length=16)]


class ScriptDraftBody(BaseModel):
    """`PUT /agent/script/draft`: the words, and the version of those that were read."""

    model_config = ConfigDict(extra="forbid")

    version: _Seen
    script: Script


class PublishBody(BaseModel):
    """`POST /agent/script/publish`: the version of the draft that was looked at."""

    model_config = ConfigDict(extra="forbid")

    version: _Seen
