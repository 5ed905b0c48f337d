"""Which kind of inbox row an event becomes, and whose number it speaks of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from core.channels import Channel
from core.phone import match_key
from core.whatsapp import (
    ConsentChange,
    Echo,
    Event,
    HistoryItem,
    IdentityChange,
    InboundMessage,
    NumberChange,
    NumberEvent,
    OtherEvent,
    Sender,
    StatusUpdate,
    TemplateEvent,
    Unsupported,
)

Kind: TypeAlias = Literal["inbound", "status", "echo", "history", "template", "preference", "other", "unsupported"]

# A reaction or a change of number is shown, but nobody waits for an answer to it.
UNANSWERED_TYPES: Final = frozenset({"reaction", "system", "request_welcome", "unsupported"})


@dataclass(frozen=True, slots=True)
class Filing:
    """How an event is filed. `sender` is the person of its conversation, None where it has none."""

    kind: Kind
    wamid: str | None = None
    sender: Sender | None = None
    wants_answer: bool = False
    change: NumberChange | None = None


def filing_of(event: Event) -> Filing:  # noqa: C901, PLR0911 - one line for each kind of event
    """How to file an event."""
    match event.payload:
        case InboundMessage() as message:
            answer = message.type not in UNANSWERED_TYPES
            return Filing("inbound", message.wamid, message.sender, answer, message.number_change)
        case Echo() as echo:
            return Filing("echo", echo.wamid, _recipient_as_sender(echo))
        case HistoryItem(message=InboundMessage() as message):
            return Filing("history", message.wamid, message.sender)
        case HistoryItem(message=Echo() as echo):
            return Filing("history", echo.wamid, _recipient_as_sender(echo))
        case HistoryItem():
            return Filing("history")
        case StatusUpdate() as status:
            return Filing("status", status.wamid)
        case TemplateEvent():
            return Filing("template")
        case ConsentChange():
            return Filing("preference")
        case OtherEvent() | NumberEvent() | IdentityChange():
            return Filing("other")
        case Unsupported():
            return Filing("unsupported")


def is_foreign(event: Event, channel: Channel) -> bool:
    """Whether the event speaks of a number or account that is not the channel's (PRODUCT §7.1).

    Where both sides know the provider's id of the number, it alone tells numbers apart.
    """
    subject = event.payload.message if isinstance(event.payload, HistoryItem) else event.payload
    number = getattr(subject, "business_number", None)
    account = getattr(subject, "waba_id", None)
    if account and channel.waba_id and account != channel.waba_id:
        return True
    if event.number_id and channel.phone_number_id:
        return event.number_id != channel.phone_number_id
    if not number or number == channel.business_number:
        return False
    return match_key(number) != match_key(channel.business_number)


def _recipient_as_sender(echo: Echo) -> Sender | None:
    if echo.recipient is None:
        return None
    return Sender(
        phone=echo.recipient.to, user_id=echo.recipient.user_id, parent_user_id=None, username=None, name=None
    )


def lock_order(event: Event) -> str:
    """By whom an event is, so that two deliveries of many events lock their people in one order; others come first.

    Sorting by it keeps the events of one person in the provider's order.
    """
    sender = filing_of(event).sender
    return ((match_key(sender.phone) if sender.phone else None) or sender.user_id or "") if sender else ""


def told_at(event: Event) -> datetime | None:
    """When it was said or happened, by the provider's clock; None where it does not say."""
    match event.payload:
        case InboundMessage(sent_at=at) | Echo(sent_at=at) | StatusUpdate(occurred_at=at):
            return at
        case _:
            return None
