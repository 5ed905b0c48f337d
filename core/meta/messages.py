"""Inbound messages, echoes and statuses of Meta's: who wrote to which number, and when (README §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.meta.models import ContactBody, ErrorBody, MessageBody, MetadataBody, ProfileBody, StatusBody
from core.whatsapp import Echo, InboundMessage, JsonObject, Recipient, Sender, StatusUpdate
from core.whatsapp_content import own_object, read_content, read_referral
from core.wire import object_at, objects_at

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Around:
    """What a change says beside its item: our number and account, and who wrote."""

    metadata: MetadataBody
    waba_id: str | None
    contact: ContactBody
    fallback: datetime | None

    @property
    def number(self) -> str | None:
        """Our number as Meta shows it."""
        return self.metadata.display_phone_number


def parse_inbound(content: JsonObject, around: Around) -> InboundMessage | None:
    """One of `messages`; None without an id or any time."""
    body = MessageBody.model_validate(content)
    sent_at = body.timestamp or around.fallback
    if body.id is None or sent_at is None:
        return None
    kind, contact = body.type or "unknown", around.contact
    profile = contact.profile or ProfileBody()
    reading = read_content(kind, content)
    return InboundMessage(
        provider_id=body.id,
        wamid=body.id,
        type=kind,
        text=reading.text,
        reply_id=reading.reply_id,
        quoted_wamid=reading.quoted_wamid or _quoted(body),
        sender=Sender(
            phone=body.from_phone or contact.wa_id,
            user_id=body.from_user_id or contact.user_id,
            parent_user_id=body.from_parent_user_id or contact.parent_user_id,
            username=profile.username,
            name=profile.name,
        ),
        business_number=around.number,
        waba_id=around.waba_id,
        sent_at=sent_at,
        media=reading.media,
        referral=read_referral(object_at(content, "referral")),
        number_change=reading.number_change,
        content=own_object(kind, content),
    )


def parse_echo(content: JsonObject, around: Around, *, to: str | None = None) -> Echo | None:
    """A message that a person of the business wrote; `to` is whom its thread is with. None without id or any time."""
    body = MessageBody.model_validate(content)
    sent_at, phone = body.timestamp or around.fallback, body.to or to
    if body.id is None or sent_at is None:
        return None
    kind = body.type or "unknown"
    reading = read_content(kind, content)
    return Echo(
        provider_id=body.id,
        wamid=body.id,
        type=kind,
        text=reading.text,
        quoted_wamid=reading.quoted_wamid or _quoted(body),
        recipient=Recipient(to=phone, user_id=body.to_user_id) if phone or body.to_user_id else None,
        business_number=around.number,
        waba_id=around.waba_id,
        sent_at=sent_at,
        media=reading.media,
        content=own_object(kind, content),
    )


def parse_status(content: JsonObject, around: Around) -> StatusUpdate | None:
    """One of `statuses`; None without an id or any time."""
    body = StatusBody.model_validate(content)
    occurred_at = body.timestamp or around.fallback
    if body.id is None or occurred_at is None:
        return None
    errors = objects_at(content, "errors")
    error = ErrorBody.model_validate(errors[0] if errors else {})
    return StatusUpdate(
        provider_id=body.id,
        wamid=body.id,
        external_id=body.external_id,
        status=body.status or "unknown",
        error_code=error.code,
        error_message=error.message or error.title,
        occurred_at=occurred_at,
        business_number=around.number,
        waba_id=around.waba_id,
    )


def _quoted(body: MessageBody) -> str | None:
    return body.context.id or body.context.message_id if body.context else None
