"""Files of messages as the conversation knows them: expected with the message, shown as soon as they change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from core.contracts import FetchMedia, MediaChanged, fair_priority
from core.database import Database, TenantTransaction
from core.errors import NotFound
from core.jobs import defer
from core.json_types import JsonObject
from core.outbox import emit
from core.principal import Principal
from core.whatsapp import Media
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.files import SQL, MediaCard
from orchestrator_service.chat.reading import demand_conversation
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.owner import owner_of

LONGEST_NAME: Final = 200
LONGEST_LINK: Final = 2000


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A stored file, to be handed out."""

    conversation_id: int
    storage_key: str
    media_type: str
    size_bytes: int
    filename: str | None


@dataclass(frozen=True, slots=True)
class _Changed:
    conversation_id: int
    lead_id: int | None
    message_id: int


async def expect_media(
    tx: TenantTransaction, conversation_id: int, message_id: int, media: Media, *, worded: bool, inbound: bool
) -> None:
    """Note the file of a message that was just mirrored, and have it fetched, both at the commit of `tx`.

    `worded`: an agent will want to know what it says; what that takes is decided by the company's models.
    """
    media_id = await tx.value(
        SQL["expect_file"],
        int,
        conversation_id=conversation_id,
        message_id=message_id,
        direction="in" if inbound else "out",
        provider_media_id=media.id,
        link=media.link if len(media.link or "") <= LONGEST_LINK else None,
        declared_type=media.mime_type,
        filename=media.filename[:LONGEST_NAME] if media.filename else None,
        worded=worded,
    )
    if media_id is not None:
        waiting = await tx.value(SQL["files_waiting"], int) or 0
        await defer(tx, FetchMedia(tx.tenant_id, media_id), priority=fair_priority(waiting - 1))
        await show_file(tx, media_id)


async def person_was_called(tx: TenantTransaction, conversation_id: int) -> bool:
    """Whether a person has been asked already to listen to a voice note of the conversation."""
    return bool(await tx.value(SQL["audio_task_is_open"], bool, conversation_id=conversation_id))


async def file_to_serve(tx: TenantTransaction, principal: Principal, media_id: int) -> ServedFile:
    """A stored file of the caller's scope. Raises NotFound, the same for what is missing, foreign or not stored."""
    file = await tx.one(SQL["file_to_serve"], ServedFile, media_id=media_id)
    if file is None:
        raise NotFound
    await demand_conversation(tx, principal, file.conversation_id, Permission.CONVERSATIONS_READ)
    return file


async def show_media(database: Database, job: MediaChanged) -> None:
    """Tell what a file is by now."""
    async with database.tenant(job.tenant_id) as tx:
        await show_file(tx, job.media_id)


async def show_file(tx: TenantTransaction, media_id: int) -> None:
    """Tell what a file is by now, at the commit of `tx`."""
    where = await tx.one(SQL["file_place"], _Changed, media_id=media_id)
    card = await tx.one(SQL["file_card"], MediaCard, media_id=media_id)
    if where is None or card is None:
        return
    payload: JsonObject = {
        "conversation_id": where.conversation_id,
        "message_id": where.message_id,
        "media": asdict(card),
    }
    await emit(tx, "MEDIA_UPDATED", payload, owner_user_id=await owner_of(tx, where.lead_id))
    await announce_lead_change(tx, where.lead_id, "messages")
