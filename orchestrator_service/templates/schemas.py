"""Templates on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from core.paging import LARGEST_ID
from core.whatsapp_templates import LINK_LIMIT
from orchestrator_service.templates.models import Sync, Template

MOST_VARIABLES = 60
Key = Annotated[str, StringConstraints(pattern=r"^(header|body|button):\w{1,64}$")]
# As they are typed: what WhatsApp refuses is judged by the template and answered by the variable's key.
Values = Annotated[
    dict[Key, Annotated[str, StringConstraints(max_length=LINK_LIMIT, pattern=r"^[^\x00]*$")]],
    Field(max_length=MOST_VARIABLES),
]
TemplateId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class VariableView(BaseModel):
    """One variable: `key` names its place in `values`, `name` is what stands between the braces."""

    key: str
    part: Literal["header", "body", "button"]
    name: str
    limit: int
    is_link: bool
    sample: str | None


class ButtonView(BaseModel):
    """A button under it; `kind` is `quick_reply`, `url`, `phone_number`, `copy_code` or one we do not know."""

    kind: str
    text: str
    value: str | None


class TemplateView(BaseModel):
    """A template: its text with open braces, what fills them, and how it stands at the provider.

    `status` and `reason` are the provider's words; `sendable` whether it may be sent now; `unsupported` the part that
    keeps us from it; `removed_at` since when the provider lists it no more.
    """

    id: int
    channel_id: int
    channel_name: str
    name: str
    language: str
    category: str | None
    status: str
    reason: str | None
    sendable: bool
    unsupported: str | None
    removed_at: datetime | None
    updated_at: datetime
    header_kind: Literal["text", "image", "video", "document"] | None
    header_text: str | None
    body: str
    footer: str | None
    buttons: list[ButtonView]
    variables: list[VariableView]

    @classmethod
    def of(cls, template: Template) -> TemplateView:
        """The template."""
        definition = template.definition
        return cls(
            id=template.id,
            channel_id=template.channel_id,
            channel_name=template.channel_name,
            name=template.name,
            language=template.language,
            category=template.category,
            status=template.status,
            reason=template.reason,
            sendable=template.sendable,
            unsupported=definition.unsupported,
            removed_at=template.removed_at,
            updated_at=template.updated_at,
            header_kind=definition.header_kind,
            header_text=definition.header_text,
            body=definition.body,
            footer=definition.footer,
            buttons=[ButtonView(kind=one.kind, text=one.text, value=one.value) for one in definition.buttons],
            variables=[VariableView(**asdict(variable)) for variable in definition.variables],
        )


class SyncView(BaseModel):
    """When a number's templates were last asked for; `running` while the answer is awaited, `error` why it failed."""

    channel_id: int
    channel_name: str
    asked_at: datetime | None
    finished_at: datetime | None
    running: bool
    error: str | None

    @classmethod
    def of(cls, sync: Sync) -> SyncView:
        """The state."""
        running = sync.asked_at is not None and sync.finished_at is None
        return cls(**asdict(sync), running=running)


class SyncsView(BaseModel):
    """Every active number's."""

    items: list[SyncView]
