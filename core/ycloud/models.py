"""YCloud's objects as they arrive, read leniently (contracts ycloud.schema_notes.json).

Only names and types live here; `parse.py` gives them their meaning.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from core.wire_fields import Body, Id, Lenient, Moment, Text

MAX_EVENT_ID: Final = 128


class ProfileBody(Body):
    """`customerProfile`."""

    name: Text = None
    username: Text = None


class ContextBody(Body):
    """The message that this one answers."""

    id: Id = None
    message_id: Id = None


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
    """`whatsappPhoneNumber` and `whatsappBusinessAccount`, and what other events have in common with them."""

    phone_number: Id = Field(None, alias="phoneNumber")
    waba_id: Id = Field(None, alias="wabaId")
    quality: Text = Field(None, alias="qualityRating")
    limit: Text = Field(None, alias="messagingLimit")
    verified_name: Text = Field(None, alias="verifiedName")
    status: Text = None
    name_status: Text = Field(None, alias="nameStatus")
    decision: Text = None
    quality_event: Text = Field(None, alias="qualityUpdateEvent")
    update_event: Text = Field(None, alias="updateEvent")
    review_status: Text = Field(None, alias="accountReviewStatus")
    ban_state: Text = Field(None, alias="banState")
    reason: Text = Field(None, alias="rejectionReason")


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
