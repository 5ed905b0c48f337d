"""A template's definition as WhatsApp writes it, the same at every provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject
    from nexus.simulator.config import TemplateConfig


def components_of(template: TemplateConfig) -> list[Json]:
    """Its header, body, footer and buttons."""
    body: JsonObject = {"type": "BODY", "text": template.body}
    if template.samples:
        body["example"] = {"body_text": [list(template.samples)]}
    parts: list[Json] = [{"type": "HEADER", "format": "TEXT", "text": template.header}] if template.header else []
    parts.append(body)
    if template.footer:
        parts.append({"type": "FOOTER", "text": template.footer})
    if template.buttons:
        replies: list[Json] = [{"type": "QUICK_REPLY", "text": title} for title in template.buttons]
        parts.append({"type": "BUTTONS", "buttons": replies})
    return parts
