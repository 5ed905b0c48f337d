"""What a provider makes of the same WhatsApp: its webhooks, its signature and its patience (PRODUCT §7.1).

The world knows people, messages and ticks; how they are told is the dialect's alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from core.whatsapp import JsonObject
    from nexus.simulator.rendering import Rendered
    from nexus.simulator.state import Account, Conversation, Endpoint, MediaFile

Says = Literal["inbound", "status", "echo"]
# What WhatsApp says of a message that it did not deliver, by its code; the last is YCloud's own.
ERRORS: Final = {
    "131047": "Re-engagement message",
    "131026": "Message undeliverable",
    "131053": "Media upload error",
    "132000": "Number of parameters does not match the expected number of params",
    "132018": "Param text is not valid",
    "RECIPIENT_UNSUBSCRIBED": "Recipient unsubscribed.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a provider tells by webhook. `type` is the provider's word for it, `says` the journal's.

    `id` names it in the journal; `names` are those by which a message can be asked about, its wamid among them.
    """

    id: str
    type: str
    says: Says
    wamid: str
    phone: str
    names: tuple[str, ...]
    body: JsonObject


class Dialect(Protocol):
    """One provider's way of telling.

    `retry_delays` are the seconds before each new attempt at a webhook, `refused_at_once` the errors of WhatsApp that a
    send is answered with where others come later, and `batches` whether one delivery may hold many notices.
    """

    @property
    def retry_delays(self) -> tuple[float, ...]:
        """Until it gives up."""
        ...

    @property
    def refused_at_once(self) -> frozenset[str]:
        """Codes of `ERRORS`."""
        ...

    @property
    def batches(self) -> bool:
        """Whether several notices may travel together."""
        ...

    def inbound(
        self, account: Account, talk: Conversation, own: JsonObject, *, quoted: str | None, hide_phone: bool
    ) -> Notice:
        """A customer wrote; `own` is the message's `type` with its own object."""
        ...

    def file(self, media_id: str, file: MediaFile) -> JsonObject:
        """How a message speaks of a file that came with it."""
        ...

    def accepted(self, account: Account, talk: Conversation, request: JsonObject, rendered: Rendered) -> JsonObject:
        """What is kept of a message that was taken: its `id` and `wamid` and what its statuses repeat."""
        ...

    def status(self, account: Account, message: JsonObject, word: str, error: str | None = None) -> Notice:
        """A taken message came a step further, or failed."""
        ...

    def echo(self, account: Account, talk: Conversation, text: str) -> Notice:
        """A person of the business typed on the phone."""
        ...

    def body(self, notices: tuple[Notice, ...]) -> JsonObject:
        """One delivery; of several notices where `batches` says so."""
        ...

    def headers(self, endpoint: Endpoint, body: bytes) -> dict[str, str]:
        """The signature of a delivery, and what else goes with it."""
        ...
