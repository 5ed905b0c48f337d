"""A template with its values through the door of `send.py`: judged first, mirrored as the person will read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.database import TenantTransaction
from core.errors import Conflict
from orchestrator_service.db import NewMessage
from orchestrator_service.messaging.reach import channel_of
from orchestrator_service.messaging.send import Queued, send_message
from orchestrator_service.new_message import Author
from orchestrator_service.templates.find import TemplateUnavailable
from orchestrator_service.templates.models import Template
from orchestrator_service.templates.rendering import Flaw, Rendered, flaws, render


class TemplateIncomplete(Conflict):
    """Values are missing or would be refused; `extra.values` says which, by the variable's key, and why."""

    code = "template_incomplete"
    title = "Template Incomplete"

    def __init__(self, found: Mapping[str, Flaw]) -> None:
        super().__init__("some variables have no value that WhatsApp takes", extra={"values": dict(found)})


def rendered(template: Template, values: Mapping[str, str]) -> Rendered:
    """The message that would be sent. Raises TemplateUnavailable, TemplateIncomplete."""
    if not template.sendable:
        raise TemplateUnavailable("WhatsApp has not approved this template, or it has a part that we cannot send.")
    wrong = flaws(template.definition, values)
    if wrong:
        raise TemplateIncomplete(wrong)
    return render(
        template.definition, values, name=template.name, language=template.language, category=template.category
    )


async def send_template(
    tx: TenantTransaction,
    conversation_id: int,
    template: Template,
    values: Mapping[str, str],
    *,
    origin_key: str,
    now: datetime,
    author: Author = "system",
    author_user_id: int | None = None,
) -> Queued:
    """Mirror and queue a template. Raises NotFound, TemplateUnavailable, TemplateIncomplete.

    The same origin twice is one message; what the rules refuse comes back as `refused`.
    """
    if await channel_of(tx, conversation_id) != template.channel_id:
        raise TemplateUnavailable("The template belongs to another of the company's numbers.")
    shown = rendered(template, values)
    message = NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author=author,
        author_user_id=author_user_id,
        type="template",
        body=shown.text,
        content=shown.content,
        origin_key=origin_key,
        status="queued",
    )
    return await send_message(tx, message, now=now)
