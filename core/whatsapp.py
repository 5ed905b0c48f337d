"""WhatsApp as the rest of the system sees it: the provider port and one normalised contract for every provider.

Adapters (`core/ycloud`, `core/meta`) translate a provider's wire format into these frozen values and back; nothing
above an adapter reads a provider's field names. Pure: no I/O, no framework (PRODUCT §7.1, ARCHITECTURE §1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from core.whatsapp_files import OutgoingFile, Uploaded
from core.whatsapp_news import ConsentChange, Json, JsonObject, NumberEvent, OtherEvent, TemplateEvent, Unsupported
from core.whatsapp_templates import OutgoingTemplate

if TYPE_CHECKING:
    from datetime import datetime

ProviderName: TypeAlias = Literal["ycloud", "meta"]

# Limits of the WhatsApp platform, the same for every provider (contracts README §1.4), in characters.
TEXT_LIMIT: Final = 4096
INTERACTIVE_BODY_LIMIT: Final = 1024
FOOTER_LIMIT: Final = 60
BUTTON_COUNT: Final = 3
BUTTON_TITLE_LIMIT: Final = 20
BUTTON_ID_LIMIT: Final = 256
ROW_COUNT: Final = 10
ROW_TITLE_LIMIT: Final = 24
ROW_DESCRIPTION_LIMIT: Final = 72
ROW_ID_LIMIT: Final = 200


class ForeignTenantError(Exception):
    """A method was called for another tenant than the one its client is bound to: always a defect, never sent."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote. `phone` is exactly as reported (wa_raw) and may be absent; `user_id` is the business-scoped id."""

    phone: str | None
    user_id: str | None
    parent_user_id: str | None
    username: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Media:
    """A file at the provider. `link` needs the provider's key after a few minutes and dies after about a month."""

    id: str | None
    link: str | None
    mime_type: str | None
    sha256: str | None
    caption: str | None
    filename: str | None


@dataclass(frozen=True, slots=True)
class Referral:
    """The advertisement or post that the person came from; `media_url` is its picture, else its video."""

    source_type: str | None
    source_id: str | None
    source_url: str | None
    headline: str | None
    body: str | None
    click_id: str | None
    media_type: str | None = None
    media_url: str | None = None


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A person's new address. A new phone also brings a new `user_id`; `previous_user_id` links the two."""

    new_phone: str | None
    previous_user_id: str | None


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """What a person sent. `text` is what a reader would read (body, caption, tapped title, emoji of a reaction).

    `type` is WhatsApp's own word and may be one we have never seen. `reply_id` is the id or payload of the tapped
    button or list row. `quoted_wamid` is the message answered or reacted to. `content` is the type's own object.
    """

    provider_id: str
    wamid: str | None
    type: str
    text: str | None
    reply_id: str | None
    quoted_wamid: str | None
    sender: Sender
    business_number: str | None
    waba_id: str | None
    sent_at: datetime
    media: Media | None
    referral: Referral | None
    number_change: NumberChange | None
    content: JsonObject = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """What became of a message we sent. Unordered, repeated; `delivered` may follow `failed`; unknown words occur."""

    provider_id: str
    wamid: str | None
    external_id: str | None
    status: str
    error_code: str | None
    error_message: str | None
    occurred_at: datetime
    business_number: str | None
    waba_id: str | None


@dataclass(frozen=True, slots=True)
class Echo:
    """A message that a person of the business typed on the phone: recorded as human, never answered."""

    provider_id: str
    wamid: str | None
    type: str
    text: str | None
    quoted_wamid: str | None
    recipient: Recipient | None
    business_number: str | None
    waba_id: str | None
    sent_at: datetime
    media: Media | None
    content: JsonObject = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One item of a history import; `message` is None where the provider only reports progress. Never answered."""

    phase: str | None
    progress: str | None
    message: InboundMessage | Echo | None


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A person is known under a new user id or number, told without a message: it links, and starts nothing."""

    sender: Sender
    change: NumberChange
    business_number: str | None
    waba_id: str | None


Payload: TypeAlias = (
    InboundMessage
    | StatusUpdate
    | Echo
    | HistoryItem
    | TemplateEvent
    | ConsentChange
    | IdentityChange
    | NumberEvent
    | OtherEvent
    | Unsupported
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a provider tells. `id` is the provider's, or derived from the content where it sent none.

    `number_id` is the provider's id of our number, where it names the number so.
    """

    id: str
    type: str
    created_at: datetime | None
    payload: Payload
    number_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes: the phone exactly as the provider reported it, else the business-scoped user id."""

    to: str | None = None
    user_id: str | None = None

    def __post_init__(self) -> None:
        if not self.to and not self.user_id:
            raise ValueError("a recipient needs a phone or a user id")


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """Free text, 1 to 4096 characters; only inside the 24-hour window. Raises ValueError where a limit is broken."""

    body: str
    preview_url: bool = False

    def __post_init__(self) -> None:
        _require(0 < len(self.body) <= TEXT_LIMIT, f"a text has 1 to {TEXT_LIMIT} characters")


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply: `id` comes back as `InboundMessage.reply_id`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class OutgoingButtons:
    """A question with one to three quick replies. Raises ValueError where a limit is broken."""

    body: str
    buttons: tuple[Button, ...]
    footer: str | None = None

    def __post_init__(self) -> None:
        _require(0 < len(self.body) <= INTERACTIVE_BODY_LIMIT, f"1 to {INTERACTIVE_BODY_LIMIT} characters")
        _require(len(self.footer or "") <= FOOTER_LIMIT, f"a footer has at most {FOOTER_LIMIT} characters")
        _require(0 < len(self.buttons) <= BUTTON_COUNT, f"one to {BUTTON_COUNT} buttons")
        _require(all(0 < len(b.title) <= BUTTON_TITLE_LIMIT for b in self.buttons), "a title is 1 to 20 characters")
        _require(all(0 < len(b.id) <= BUTTON_ID_LIMIT for b in self.buttons), "an id is 1 to 256 characters")
        _require(len({b.id for b in self.buttons}) == len(self.buttons), "button ids are unique")
        _require(len({b.title for b in self.buttons}) == len(self.buttons), "button titles are unique")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One choice of a list: `id` comes back as `InboundMessage.reply_id`."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingList:
    """A question with one to ten rows behind a button. Raises ValueError where a limit is broken."""

    body: str
    button: str
    rows: tuple[ListRow, ...]

    def __post_init__(self) -> None:
        _require(0 < len(self.body) <= INTERACTIVE_BODY_LIMIT, f"1 to {INTERACTIVE_BODY_LIMIT} characters")
        _require(0 < len(self.button) <= BUTTON_TITLE_LIMIT, "the list's button has 1 to 20 characters")
        _require(0 < len(self.rows) <= ROW_COUNT, f"one to {ROW_COUNT} rows")
        _require(all(0 < len(r.title) <= ROW_TITLE_LIMIT for r in self.rows), "a row title is 1 to 24 characters")
        _require(all(len(r.description or "") <= ROW_DESCRIPTION_LIMIT for r in self.rows), "description: up to 72")
        _require(all(0 < len(r.id) <= ROW_ID_LIMIT for r in self.rows), "a row id is 1 to 200 characters")
        _require(len({r.id for r in self.rows}) == len(self.rows), "row ids are unique")


Outgoing: TypeAlias = OutgoingText | OutgoingButtons | OutgoingList | OutgoingFile | OutgoingTemplate


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message; whether it arrives is told later by a `StatusUpdate`."""

    provider_id: str
    wamid: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Surely not sent. `retryable` says that the same request may succeed later (a limit, no connection)."""

    code: str
    message: str
    retry_after_seconds: int | None
    retryable: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been sent: reconcile by webhook or look-up, never send again blindly."""

    reason: str


SendResult: TypeAlias = Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Template:
    """A template as the provider lists it; `components` is its definition, kept as JSON. Only APPROVED can be sent.

    `reason` is why it was rejected or paused, in the provider's words.
    """

    waba_id: str | None
    name: str
    language: str
    status: str
    category: str | None
    components: tuple[JsonObject, ...]
    reason: str | None = None


TemplateList: TypeAlias = tuple[Template, ...] | Refused | Unknown


@dataclass(frozen=True, slots=True)
class MediaContent:
    """A downloaded file; `mime_type` is what the provider says it is, which is not believed."""

    content: bytes = field(repr=False)
    mime_type: str | None


MediaResult: TypeAlias = MediaContent | Refused | Unknown
UploadResult: TypeAlias = Uploaded | Refused | Unknown


class WhatsAppProvider(Protocol):
    """A business number at a provider, bound to one tenant.

    `tenant_id` on every method is the seed's HSM protocol: None means the bound tenant, any other tenant than the
    bound one raises `ForeignTenantError`. No method raises for a failure of the provider or the network.
    """

    async def send(
        self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
    ) -> SendResult:
        """Send once, never retrying. `external_id` comes back in every `StatusUpdate` of this message."""
        ...

    async def mark_read(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Show the read ticks for an inbound message (provider id or wamid) and those before it; best effort."""
        ...

    async def typing(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Show "typing" for up to 25 s in answer to an inbound message; best effort, marks it read too."""
        ...

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        """Every template of the account, of any status, in the provider's order."""
        ...

    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        """Download a file of at most `most_bytes`; the key goes to the provider's own hosts alone.

        Refused with code `gone` where it is not kept any more. To ask again is always safe.
        """
        ...

    async def upload(self, content: bytes, media_type: str, *, tenant_id: int | None = None) -> UploadResult:
        """Hand the provider a file, to be sent by its id. To upload again is always safe: nobody sees an upload."""
        ...
