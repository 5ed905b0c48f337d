"""Meta's objects as they arrive, read leniently (contracts meta_whatsapp.json).

Only names and types live here; `parse.py` and `messages.py` give them their meaning. What newer or other versions name
differently is read under each name.
"""

from __future__ import annotations

from pydantic import AliasChoices, Field

from core.wire_fields import Body, Id, Lenient, Moment, Text


class MetadataBody(Body):
    """`value.metadata`: which of our numbers the change is about."""

    display_phone_number: Id = None
    phone_number_id: Id = None


class ProfileBody(Body):
    """`contacts[].profile`."""

    name: Text = None
    username: Text = None


class ContactBody(Body):
    """`contacts[]`: who wrote, beside the message."""

    wa_id: Id = None
    user_id: Id = None
    parent_user_id: Id = None
    profile: Lenient[ProfileBody] = None


class ContextBody(Body):
    """The message that this one answers."""

    id: Id = None
    message_id: Id = None


class MessageBody(Body):
    """`messages[]`, `message_echoes[]` and the messages of a history thread."""

    id: Id = None
    from_phone: Id = Field(None, alias="from")
    from_user_id: Id = None
    from_parent_user_id: Id = None
    to: Id = None
    to_user_id: Id = Field(None, validation_alias=AliasChoices("to_user_id", "recipient_user_id"))
    timestamp: Moment = None
    type: Id = None
    context: Lenient[ContextBody] = None


class ErrorBody(Body):
    """`errors[]` of a status, and `error` of a refused request; `code` is a number on the wire."""

    code: Id = None
    title: Text = None
    message: Text = None


class StatusBody(Body):
    """`statuses[]`."""

    id: Id = None
    status: Id = None
    timestamp: Moment = None
    external_id: Id = Field(None, alias="biz_opaque_callback_data")


class PreferenceBody(Body):
    """`user_preferences[]`: marketing consent given or withdrawn inside WhatsApp."""

    wa_id: Id = None
    category: Text = None
    value: Text = None


class TemplateEventBody(Body):
    """`value` of the three template fields."""

    name: Id = Field(None, alias="message_template_name")
    language: Id = Field(None, alias="message_template_language")
    event: Id = None
    category: Text = Field(None, validation_alias=AliasChoices("message_template_category", "new_category"))
    previous_category: Text = None
    reason: Text = None


class NumberBody(Body):
    """`value` of the fields that speak of our number or account."""

    number: Id = Field(None, validation_alias=AliasChoices("display_phone_number", "phone_number"))
    event: Text = None
    decision: Text = None
    limit: Text = Field(None, validation_alias=AliasChoices("current_limit", "max_daily_conversations_per_business"))
    requested_name: Text = Field(None, alias="requested_verified_name")
    reason: Text = Field(None, alias="rejection_reason")


class TemplateBody(Body):
    """One item of `message_templates`."""

    name: Id = None
    language: Id = None
    status: Id = None
    category: Text = None


class CursorsBody(Body):
    """`paging.cursors`."""

    after: Id = None


class PagingBody(Body):
    """`paging`: `next` is there while there is a next page."""

    cursors: Lenient[CursorsBody] = None
    next: Text = None


class SentBody(Body):
    """One item of `messages` in the answer to a send."""

    id: Id = None


class MediaBody(Body):
    """The answer to `GET /{media id}`."""

    url: Text = None
