"""What the simulated world holds in memory: accounts, conversations, messages, files and ordered faults."""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import phonenumbers

from core.secret import Secret
from nexus.simulator.errors import not_found

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject, ProviderName
    from nexus.simulator.config import AccountConfig, TemplateConfig
    from nexus.simulator.dialect import Dialect, Notice

WINDOW: Final = timedelta(hours=24)
TYPING: Final = timedelta(seconds=25)
Side = Literal["customer", "business"]
FaultMode = Literal["status", "timeout", "drop", "garbage"]


@dataclass(slots=True)
class Bubble:
    """One message on the phone's screen; `choices` are (id, title, description) of buttons or list rows."""

    wamid: str
    side: Side
    type: str
    text: str
    status: str
    at: datetime
    footer: str = ""
    list_button: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    media_id: str | None = None
    filename: str = ""


@dataclass(slots=True)
class Conversation:
    """One customer's phone with one business number. `version` grows with every visible change."""

    phone: str
    name: str
    user_id: str
    bubbles: list[Bubble] = field(default_factory=list[Bubble])
    last_inbound: datetime | None = None
    typing_until: datetime | None = None
    version: int = 0

    @property
    def username(self) -> str:
        """What a customer who hides the phone is called."""
        return f"sim.{self.user_id[-6:]}"

    def window_open(self, now: datetime) -> bool:
        """Whether free-form messages are allowed."""
        return self.last_inbound is not None and now - self.last_inbound < WINDOW

    def add(self, bubble: Bubble) -> None:
        """Show a message; what the business says ends its "typing"."""
        self.bubbles.append(bubble)
        if bubble.side == "business":
            self.typing_until = None
        self.version += 1

    def set_status(self, wamid: str, status: str) -> None:
        """Change the ticks of one message."""
        for bubble in reversed(self.bubbles):
            if bubble.wamid == wamid:
                bubble.status = status
                self.version += 1
                return

    def read_up_to(self, wamid: str) -> None:
        """The business has read this message of the customer and those before it."""
        wamids = [bubble.wamid for bubble in self.bubbles]
        last = wamids.index(wamid) if wamid in wamids else -1
        for bubble in self.bubbles[: last + 1]:
            if bubble.side == "customer":
                bubble.status = "read"
        self.version += 1

    def show_typing(self) -> None:
        """Until the answer comes, at most 25 s."""
        self.typing_until = datetime.now(UTC) + TYPING
        self.version += 1


@dataclass(slots=True)
class Endpoint:
    """A webhook endpoint; `events` empty means all."""

    id: str
    url: str
    secret: Secret
    events: tuple[str, ...] = ()
    status: str = "active"
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one send: an error answer, one that comes late, one that says nothing, or a connection cut.

    `taken` is whether the message is sent all the same; None means: unless an error is answered.
    """

    mode: FaultMode
    status: int = 429
    code: str = "SENDER_RATE_LIMITED"
    retry_after: int | None = 1
    seconds: float = 30.0
    taken: bool | None = None

    @property
    def takes(self) -> bool:
        """Whether the message reaches its recipient."""
        return self.mode != "status" if self.taken is None else self.taken


@dataclass(slots=True)
class Weather:
    """What happens to the next webhook deliveries; what is held leaves in reverse order, or `together` in one."""

    duplicate_next: int = 0
    delay_next: int = 0
    delay_seconds: float = 0.0
    reorder_left: int = 0
    together: bool = False
    held: list[Notice] = field(default_factory=list["Notice"])


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file, kept until `kept_until`."""

    content: bytes
    mime_type: str
    kept_until: datetime


@dataclass(slots=True)
class Account:
    """One number at one provider; `phone_number_id` is Meta's name of it, `api_key` the token there."""

    name: str
    business_number: str
    waba_id: str
    api_key: Secret
    dialect: Dialect
    provider: ProviderName = "ycloud"
    phone_number_id: str | None = None
    endpoints: dict[str, Endpoint] = field(default_factory=dict[str, Endpoint])
    templates: list[TemplateConfig] = field(default_factory=list["TemplateConfig"])
    conversations: dict[str, Conversation] = field(default_factory=dict[str, Conversation])
    messages: dict[str, JsonObject] = field(default_factory=dict[str, "JsonObject"])
    inbound: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    media: dict[str, MediaFile] = field(default_factory=dict[str, MediaFile])
    faults: deque[Fault] = field(default_factory=deque[Fault])
    weather: Weather = field(default_factory=Weather)
    unsubscribed: set[str] = field(default_factory=set[str])
    notices: dict[str, Notice] = field(default_factory=dict[str, "Notice"])

    def conversation(self, phone: str, name: str | None = None) -> Conversation:
        """That customer's conversation, opened where there is none."""
        found = self.conversations.get(phone)
        if found is None:
            found = Conversation(phone=phone, name=name or phone, user_id=user_id_of(phone))
            self.conversations[phone] = found
        elif name:
            found.name = name
        return found

    def conversation_of(self, address: str) -> Conversation:
        """By phone, with its plus or without, or by business-scoped user id."""
        by_user = [talk for talk in self.conversations.values() if talk.user_id == address]
        return by_user[0] if by_user else self.conversation(f"+{address}" if address.isdecimal() else address)

    def read(self, name: str) -> Conversation:
        """The business has read a customer's message and those before it. Raises ApiError for an unknown one."""
        found = self.inbound.get(name)
        if found is None:
            raise not_found()
        phone, wamid = found
        talk = self.conversations[phone]
        talk.read_up_to(wamid)
        return talk


def account_of(config: AccountConfig, dialect: Dialect) -> Account:
    """A fresh account as configured."""
    account = Account(
        config.name,
        config.business_number,
        config.waba_id,
        config.api_key,
        dialect,
        config.provider,
        config.phone_number_id,
    )
    account.templates = list(config.templates)
    if config.webhook_url and config.webhook_secret:
        endpoint_id = config.endpoint_id or new_id("wh")
        account.endpoints[endpoint_id] = Endpoint(endpoint_id, config.webhook_url, config.webhook_secret)
    return account


def new_id(prefix: str = "") -> str:
    """24 hexadecimal characters, after `prefix_` where one is given."""
    return f"{prefix}_{secrets.token_hex(12)}" if prefix else secrets.token_hex(12)


def new_secret() -> Secret:
    """To sign webhooks with, as YCloud makes them."""
    return Secret(f"whsec_{secrets.token_hex(24)}")


def new_wamid() -> str:
    """An id as WhatsApp's look."""
    return f"wamid.SIM{secrets.token_hex(16).upper()}"


def region_of(phone: str) -> str:
    """ISO country of a number, `ZZ` where it cannot be told."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone, None)) or "ZZ"
    except phonenumbers.NumberParseException:
        return "ZZ"


def user_id_of(phone: str) -> str:
    """The same business-scoped id for the same phone, so that a restart knows the person again."""
    number = int.from_bytes(hashlib.sha256(phone.encode()).digest()[:6], "big")
    return f"{region_of(phone)}.{number:016d}"


def stamp(moment: datetime) -> Json:
    """RFC 3339 with milliseconds and Z, as YCloud writes times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
