"""Whether a message may leave: one pure rule, asked when it is queued and again when it is sent (PRODUCT §7.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

WINDOW: Final = timedelta(hours=24)

RefusalCode: TypeAlias = Literal["window_closed", "opted_out", "sending_paused", "channel_inactive"]


@dataclass(frozen=True, slots=True)
class SendingFacts:
    """What decides. `last_inbound_at` is when the person last wrote, by the provider's clock."""

    last_inbound_at: datetime | None
    opted_out: bool
    sending_paused: bool
    channel_active: bool


def refusal(facts: SendingFacts, *, is_template: bool, now: datetime) -> RefusalCode | None:
    """Why a message must not leave, or None. Free text needs the 24-hour window; a template does not."""
    if facts.sending_paused:
        return "sending_paused"
    if not facts.channel_active:
        return "channel_inactive"
    if facts.opted_out:
        return "opted_out"
    if not is_template and (facts.last_inbound_at is None or now - facts.last_inbound_at >= WINDOW):
        return "window_closed"
    return None
