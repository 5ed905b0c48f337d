"""What Meta tells beside messages: consent, people's new ids, templates, our own number and account (README §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.meta.models import NumberBody, PreferenceBody, TemplateEventBody
from core.whatsapp import IdentityChange, NumberChange, OtherEvent, Sender
from core.whatsapp_news import ConsentChange, NumberEvent, TemplateEvent
from core.wire import object_at

if TYPE_CHECKING:
    from core.meta.messages import Around
    from core.whatsapp import JsonObject

TEMPLATE_FIELDS: Final = frozenset(
    {"message_template_status_update", "message_template_quality_update", "template_category_update"}
)
NUMBER_FIELDS: Final = frozenset(
    {"phone_number_quality_update", "phone_number_name_update", "account_update", "account_review_update"}
)
APPROVED: Final = "APPROVED"


def parse_consent(content: JsonObject, around: Around) -> ConsentChange | OtherEvent:
    """One of `user_preferences`; a value that is neither stop nor resume changes nothing."""
    body = PreferenceBody.model_validate(content)
    if body.value not in {"stop", "resume"}:
        return OtherEvent(around.number, around.waba_id, content)
    return ConsentChange(
        phone=body.wa_id or around.contact.wa_id,
        allowed=body.value == "resume",
        marketing_only=body.category == "marketing_messages",
        business_number=around.number,
        waba_id=around.waba_id,
    )


def parse_identity(content: JsonObject, around: Around) -> IdentityChange | OtherEvent:
    """One of `user_id_update`: `{previous, current}`, beside the item's other fields or under `user_id`."""
    told = object_at(content, "user_id") or content
    previous, current = _text(told, "previous"), _text(told, "current")
    if previous is None or current is None:
        return OtherEvent(around.number, around.waba_id, content)
    phone = _text(content, "wa_id") or around.contact.wa_id
    sender = Sender(phone=phone, user_id=current, parent_user_id=None, username=None, name=None)
    return IdentityChange(sender, NumberChange(None, previous), around.number, around.waba_id)


def parse_template(field: str, value: JsonObject, around: Around) -> TemplateEvent | None:
    """A template was reviewed, re-rated or re-categorised; None for another field, or without a name."""
    body = TemplateEventBody.model_validate(value)
    if field not in TEMPLATE_FIELDS or body.name is None:
        return None
    return TemplateEvent(
        waba_id=around.waba_id,
        name=body.name,
        language=body.language,
        status=body.event,
        category=body.category,
        previous_category=body.previous_category,
        reason=body.reason,
    )


def parse_number(field: str, value: JsonObject, around: Around) -> NumberEvent | None:
    """Our number or account was re-rated, renamed, restricted or reviewed; None for another field."""
    if field not in NUMBER_FIELDS:
        return None
    body = NumberBody.model_validate(value)
    return NumberEvent(
        business_number=body.number or around.number,
        waba_id=around.waba_id,
        quality=None,
        name=body.requested_name if body.decision == APPROVED else None,
        limit=body.limit,
        status=body.event or body.decision,
        reason=body.reason,
        content=value,
    )


def _text(content: JsonObject, key: str) -> str | None:
    value = content.get(key)
    return value if isinstance(value, str) and value else None
