"""Inbound messages and echoes of YCloud's: who wrote to which number, and when (README §1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.whatsapp import Echo, InboundMessage, JsonObject, Recipient, Sender
from core.whatsapp_content import own_object, read_content, read_referral
from core.wire import object_at
from core.ycloud.models import InboundBody, MessageBody, ProfileBody

if TYPE_CHECKING:
    from datetime import datetime


def parse_inbound(content: JsonObject | None, fallback: datetime | None) -> InboundMessage | None:
    """The message of a `whatsappInboundMessage`; None without an object, an id or any time."""
    if content is None:
        return None
    body = InboundBody.model_validate(content)
    provider_id, sent_at = body.id or body.wamid, body.send_time or fallback
    if provider_id is None or sent_at is None:
        return None
    kind = body.type or "unknown"
    profile = body.profile or ProfileBody()
    reading = read_content(kind, content)
    return InboundMessage(
        provider_id=provider_id,
        wamid=body.wamid,
        type=kind,
        text=reading.text,
        reply_id=reading.reply_id,
        quoted_wamid=reading.quoted_wamid or (body.context.id if body.context else None),
        sender=Sender(
            phone=body.from_phone,
            user_id=body.from_user_id,
            parent_user_id=body.from_parent_user_id,
            username=profile.username,
            name=profile.name,
        ),
        business_number=body.to,
        waba_id=body.waba_id,
        sent_at=sent_at,
        media=reading.media,
        referral=read_referral(object_at(content, "referral")),
        number_change=reading.number_change,
        content=own_object(kind, content),
    )


def parse_echo(content: JsonObject | None, fallback: datetime | None) -> Echo | None:
    """A `whatsappMessage` that a person of the business wrote; None without an object, an id or any time."""
    if content is None:
        return None
    body = MessageBody.model_validate(content)
    provider_id, sent_at = body.id or body.wamid, body.send_time or body.create_time or fallback
    if provider_id is None or sent_at is None:
        return None
    kind = body.type or "unknown"
    reading = read_content(kind, content)
    user_id = body.to_user_id or body.recipient_user_id or body.recipient
    return Echo(
        provider_id=provider_id,
        wamid=body.wamid,
        type=kind,
        text=reading.text,
        quoted_wamid=reading.quoted_wamid or (body.context.message_id or body.context.id if body.context else None),
        recipient=Recipient(to=body.to, user_id=user_id) if body.to or user_id else None,
        business_number=body.from_phone,
        waba_id=body.waba_id,
        sent_at=sent_at,
        media=reading.media,
        content=own_object(kind, content),
    )
