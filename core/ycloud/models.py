"""YCloud's objects as they arrive, read leniently (contracts ycloud.schema_notes.json).

Unknown fields are ignored and a field of an unexpected shape counts as absent, because one odd field must not cost a
customer's message. Only names and types live here; `parse.py` gives them their meaning.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, WrapValidator

if TYPE_CHECKING:
    from pydantic import ValidatorFunctionWrapHandler

T = TypeVar("T")
MAX_ID: Final = 512
MAX_EVENT_ID: Final = 128
_MILLISECONDS_FROM: Final = 100_000_000_000


def _or_none(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        return None


def _moment(value: object) -> datetime | None:
    """RFC 3339 text, or unix time as a number or digits, in seconds or milliseconds; always aware, in UTC."""
    try:
        if isinstance(value, str) and not value.isdigit():
            parsed = datetime.fromisoformat(value)
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        if isinstance(value, str | int) and not isinstance(value, bool):
            number = int(value)
            return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


Lenient: TypeAlias = Annotated[T | None, WrapValidator(_or_none)]
Text: TypeAlias = Lenient[str]
Id: TypeAlias = Lenient[Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID)]]
Moment: TypeAlias = Annotated[datetime | None, BeforeValidator(_moment)]


class Body(BaseModel):
    """Common to all: unknown fields ignored, numbers accepted where a text is documented."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, populate_by_name=False)


class ProfileBody(Body):
    """`customerProfile`."""

    name: Text = None
    username: Text = None


class MediaBody(Body):
    """`image`, `video`, `audio`, `document`, `sticker`."""

    id: Id = None
    link: Text = None
    mime_type: Text = None
    sha256: Text = None
    caption: Text = None
    filename: Text = None


class ContextBody(Body):
    """The message that this one answers."""

    id: Id = None
    message_id: Id = None


class ReferralBody(Body):
    """Click-to-WhatsApp advertisement or post."""

    source_type: Text = None
    source_id: Id = None
    source_url: Text = None
    headline: Text = None
    body: Text = None
    ctwa_clid: Text = None


class InboundBody(Body):
    """`whatsappInboundMessage`."""

    id: Id = None
    wamid: Id = None
    waba_id: Id = Field(None, alias="wabaId")
    from_phone: Id = Field(None, alias="from")
    from_user_id: Id = Field(None, alias="fromUserId")
    from_parent_user_id: Id = Field(None, alias="fromParentUserId")
    profile: Lenient[ProfileBody] = Field(None, alias="customerProfile")
    to: Id = None
    send_time: Moment = Field(None, alias="sendTime")
    type: Id = None
    context: Lenient[ContextBody] = None
    referral: Lenient[ReferralBody] = None


class ApiErrorBody(Body):
    """`whatsappApiError`: Meta's own error, code as text or number."""

    code: Id = None
    message: Text = None


class MessageBody(Body):
    """`whatsappMessage`: a message of ours, its status, or an echo."""

    id: Id = None
    wamid: Id = None
    waba_id: Id = Field(None, alias="wabaId")
    from_phone: Id = Field(None, alias="from")
    to: Id = None
    to_user_id: Id = Field(None, alias="toUserId")
    recipient_user_id: Id = Field(None, alias="recipientUserId")
    recipient: Id = None
    type: Id = None
    context: Lenient[ContextBody] = None
    external_id: Id = Field(None, alias="externalId")
    status: Id = None
    error_code: Id = Field(None, alias="errorCode")
    error_message: Text = Field(None, alias="errorMessage")
    api_error: Lenient[ApiErrorBody] = Field(None, alias="whatsappApiError")
    create_time: Moment = Field(None, alias="createTime")
    update_time: Moment = Field(None, alias="updateTime")
    send_time: Moment = Field(None, alias="sendTime")
    deliver_time: Moment = Field(None, alias="deliverTime")
    read_time: Moment = Field(None, alias="readTime")


class TemplateBody(Body):
    """`whatsappTemplate`, in events and in lists."""

    waba_id: Id = Field(None, alias="wabaId")
    name: Id = None
    language: Id = None
    category: Text = None
    previous_category: Text = Field(None, alias="previousCategory")
    status: Id = None
    reason: Text = None


class PreferenceBody(Body):
    """`whatsappUserPreference`: marketing consent given or withdrawn inside WhatsApp."""

    waba_id: Id = Field(None, alias="wabaId")
    business_number: Id = Field(None, alias="businessPhoneNumber")
    phone: Id = Field(None, alias="contactPhoneNumber")
    category: Text = None
    value: Text = None


class UnsubscribeBody(Body):
    """`contactUnsubscribeCreated` and `contactUnsubscribeDeleted`."""

    phone: Id = Field(None, alias="phoneNumber")


class NumberBody(Body):
    """What number, account and other events have in common."""

    phone_number: Id = Field(None, alias="phoneNumber")
    waba_id: Id = Field(None, alias="wabaId")


class EventBody(Body):
    """The envelope; payload objects are read by `parse.py` once the type is known."""

    id: Lenient[Annotated[str, StringConstraints(min_length=1, max_length=MAX_EVENT_ID)]] = None
    type: Id = None
    create_time: Moment = Field(None, alias="createTime")
    phase: Text = None
    progress: Text = None


class PageBody(Body):
    """One page of a list."""

    limit: Lenient[int] = None
    length: Lenient[int] = None


class ErrorBody(Body):
    """`error` of a refused request."""

    code: Id = None
    message: Text = None
    api_error: Lenient[ApiErrorBody] = Field(None, alias="whatsappApiError")


class ErrorEnvelope(Body):
    """`{"error": …}`."""

    error: Lenient[ErrorBody] = None
