"""The story of one inbound message: from the accepted webhook into the conversation (ARCHITECTURE §4).

A webhook was stored with its conversation and a job. Here it becomes a message of a lead: recognised or new, mirrored
through `append_chat_message`, announced at commit. What the team typed on the phone is mirrored too and silences the
agent; imported history is mirrored and wakes nobody.
"""

from __future__ import annotations

from datetime import datetime

from core.consent_words import consent_in
from core.contracts import TakeIn
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.inbound_events import read_stored
from core.whatsapp import Echo, HistoryItem, InboundMessage, Media
from orchestrator_service.chat import repository
from orchestrator_service.chat.announce import announce_conversation
from orchestrator_service.chat.handover import pause
from orchestrator_service.chat.media import expect_media
from orchestrator_service.db import Appended, NewMessage, append_chat_message
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.leads.referral import kept_referral

LONGEST_TYPE = 40


async def take_in(database: Database, job: TakeIn) -> None:
    """Mirror what waits in one conversation."""
    async with database.tenant(job.tenant_id) as tx:
        await mirror_waiting(tx, job.conversation_id)
    reached("mirrored")


async def mirror_waiting(tx: TenantTransaction, conversation_id: int) -> None:
    """Mirror every accepted event of a conversation, oldest first; running it again finds nothing to do.

    Call it first in its transaction. Everyone locks in one order, so that nobody waits in a circle: contact,
    identities, conversation, mailbox, turn, seller, lead, task.
    """
    await repository.lock_conversation(tx, conversation_id)
    await repository.claim_intake(tx, conversation_id)
    for event in await repository.waiting_events(tx, conversation_id):
        match read_stored(event.provider, event.body, received_at=event.received_at).payload:
            case InboundMessage() as message:
                await _mirror_message(tx, conversation_id, event, message)
            case Echo() as echo:
                await _mirror_echo(tx, conversation_id, event, echo)
            case HistoryItem(message=InboundMessage() as message):
                await _append(tx, _from_customer(conversation_id, event, message, imported=True), message.media)
            case HistoryItem(message=Echo() as echo):
                await _append(tx, _from_phone(conversation_id, event, echo, imported=True), echo.media)
            case _:
                pass
        await repository.mark_mirrored(tx, event.id)


async def _mirror_message(
    tx: TenantTransaction, conversation_id: int, event: repository.WaitingEvent, message: InboundMessage
) -> None:
    lead_id = await recognise_lead(tx, conversation_id, referral=kept_referral(message.referral))
    appended = await _append(tx, _from_customer(conversation_id, event, message, imported=False), message.media)
    if appended.new:
        consent = consent_in(message.text or "")
        if consent is not None:
            await repository.set_marketing_consent(tx, conversation_id, allowed=consent)
        if await repository.reopen(tx, conversation_id) or consent is not None:
            await announce_conversation(tx, conversation_id)
        await announce_lead_change(tx, lead_id, "messages")


async def _mirror_echo(tx: TenantTransaction, conversation_id: int, event: repository.WaitingEvent, echo: Echo) -> None:
    """Someone of the company answered from the phone: the agent steps back. Our own message never mutes it."""
    if echo.wamid and await repository.is_our_own(tx, conversation_id, echo.wamid, echo.text or ""):
        return
    lead_id = await recognise_lead(tx, conversation_id)
    appended = await _append(tx, _from_phone(conversation_id, event, echo, imported=False), echo.media)
    if appended.new:
        await repository.reopen(tx, conversation_id)
        await pause(tx, conversation_id)
        await announce_lead_change(tx, lead_id, "messages")


async def _append(tx: TenantTransaction, message: NewMessage, media: Media | None) -> Appended:
    """Mirror a message, and have its file fetched; what the customer sends now is put into words as well."""
    appended = await append_chat_message(tx, message)
    if appended.new and media is not None:
        worded = message.status == "received"
        inbound = message.direction == "in"
        await expect_media(tx, message.conversation_id, appended.id, media, worded=worded, inbound=inbound)
    return appended


def _from_customer(
    conversation_id: int, event: repository.WaitingEvent, message: InboundMessage, *, imported: bool
) -> NewMessage:
    referral = kept_referral(message.referral)
    return NewMessage(
        conversation_id=conversation_id,
        direction="in",
        author="customer",
        type=message.type[:LONGEST_TYPE],
        body=message.text or "",
        content=message.content if referral is None else {**message.content, "referral": referral},
        reply_id=message.reply_id,
        wamid=message.wamid,
        origin_key=f"inbox:{event.id}",
        status="imported" if imported else "received",
        at=_moment(message.sent_at, event.received_at),
    )


def _from_phone(conversation_id: int, event: repository.WaitingEvent, echo: Echo, *, imported: bool) -> NewMessage:
    return NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author="person",
        type=echo.type[:LONGEST_TYPE],
        body=echo.text or "",
        content=echo.content,
        wamid=echo.wamid,
        origin_key=f"inbox:{event.id}",
        status="imported" if imported else "sent",
        at=_moment(echo.sent_at, event.received_at),
    )


def _moment(sent_at: datetime, received_at: datetime) -> datetime:
    """When it was said; a provider's clock that runs ahead of ours does not put messages into the future."""
    return min(sent_at, received_at)
