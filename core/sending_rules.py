"""Whether a message may leave: one pure rule, asked when it is queued and again when it is sent (PRODUCT §7.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias, cast

WINDOW: Final = timedelta(hours=24)

RefusalCode: TypeAlias = Literal["window_closed", "opted_out", "sending_paused", "channel_inactive"]


@dataclass(frozen=True, slots=True)
class SendingFacts:
    """What decides. `last_inbound_at` is when the person last wrote, by the provider's clock.

    `marketing_opted_out` is a withdrawal that concerns advertising alone: conversations and reminders go on.
    """

    last_inbound_at: datetime | None
    opted_out: bool
    sending_paused: bool
    channel_active: bool
    marketing_opted_out: bool = False


def refusal(facts: SendingFacts, *, is_template: bool, now: datetime, is_marketing: bool = False) -> RefusalCode | None:
    """Why a message must not leave, or None. Free text needs the 24-hour window; a template does not."""
    if facts.sending_paused:
        return "sending_paused"
    if not facts.channel_active:
        return "channel_inactive"
    if facts.opted_out or (is_marketing and facts.marketing_opted_out):
        return "opted_out"
    if not is_template and (facts.last_inbound_at is None or now - facts.last_inbound_at >= WINDOW):
        return "window_closed"
    return None


def is_marketing(message_type: str, content: object) -> bool:
    """Whether a stored message is a template of the category MARKETING (`chat_messages.content`)."""
    category = cast("Mapping[str, object]", content).get("category") if isinstance(content, dict) else None
    return message_type == "template" and category == "MARKETING"
