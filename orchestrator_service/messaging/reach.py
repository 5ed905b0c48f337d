"""The conversation in which a lead can be written to: the one that is there, else a new one with the known address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.identities import resolve_conversation
from core.sending_rules import WINDOW
from core.whatsapp import Sender
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.messaging.send import SQL

# Free text is not started when the window is about to shut: it would be refused on its way.
MARGIN: Final = timedelta(minutes=5)


class NoAddress(Conflict):
    """The lead has neither a number nor a WhatsApp account that we know."""

    code = "no_address"
    title = "No Address"


@dataclass(frozen=True, slots=True)
class _Address:
    phone: str | None
    conversation_id: int | None
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a lead was last heard, and what forbids writing to them."""

    conversation_id: int | None
    last_inbound_at: datetime | None
    opted_out: bool
    sending_paused: bool


async def reach_of(tx: TenantTransaction, lead_id: int) -> Reach:
    """The conversation in which a lead wrote last, and whether they may be written to."""
    reach = await tx.one(SQL["reach_of"], Reach, lead_id=lead_id)
    assert reach is not None, "a tenant is made with its settings"
    return reach


def may_be_free(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free text still has the time to leave within the 24 hours."""
    return last_inbound_at is not None and now - last_inbound_at < WINDOW - MARGIN


async def reach_lead(tx: TenantTransaction, lead_id: int, channel_id: int) -> int:
    """The id of the lead's conversation on a number, made where it is missing. Raises NotFound, NoAddress.

    A lead that wrote is answered at the address from which it did; one that the team typed at its phone.
    """
    known = await tx.one(SQL["address_of_lead"], _Address, lead_id=lead_id, channel_id=channel_id)
    if known is None:
        raise NotFound
    if known.conversation_id is not None:
        return known.conversation_id
    if known.contact_id is not None:
        made = await tx.value(
            SQL["open_for_contact"], int, channel_id=channel_id, contact_id=known.contact_id, lead_id=lead_id
        )
        assert made is not None, "the contact and the number are there"
        return made
    sender = Sender(phone=known.phone, user_id=None, parent_user_id=None, username=None, name=None)
    conversation_id = await resolve_conversation(tx, channel_id, sender, wrote=False)
    if conversation_id is None or await recognise_lead(tx, conversation_id) != lead_id:
        raise NoAddress("the lead has no number that can be written to")
    return conversation_id


async def is_reachable(tx: TenantTransaction, lead_id: int) -> bool:
    """Whether the lead has a number or a WhatsApp account that we know."""
    return await tx.value(SQL["is_reachable"], bool, lead_id=lead_id) or False


async def channel_of(tx: TenantTransaction, conversation_id: int) -> int:
    """The number on which a conversation takes place. Raises NotFound."""
    channel_id = await tx.value(SQL["channel_of_conversation"], int, conversation_id=conversation_id)
    if channel_id is None:
        raise NotFound
    return channel_id
