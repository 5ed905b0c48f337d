"""One bubble of the phone's screen as JSON for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.simulator.state import stamp

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject
    from nexus.simulator.state import Bubble


def bubble_object(bubble: Bubble) -> JsonObject:
    """Text stays text: the page never reads it as HTML."""
    choices: list[Json] = [{"id": choice[0], "title": choice[1], "description": choice[2]} for choice in bubble.choices]
    return {
        "wamid": bubble.wamid,
        "side": bubble.side,
        "type": bubble.type,
        "text": bubble.text,
        "footer": bubble.footer,
        "list_button": bubble.list_button,
        "choices": choices,
        "media_id": bubble.media_id,
        "filename": bubble.filename,
        "status": bubble.status,
        "at": stamp(bubble.at),
    }
