"""A file that somebody of the team sends: judged by its bytes, kept, and out through the one door (PRODUCT §7.7)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NexusError
from core.media_sniff import FileRefused, sniff
from core.media_store import StoredFile
from core.principal import Principal
from core.whatsapp_files import MOST_BYTES_OF, FileKind, kind_of
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.canned_filling import demand_no_gaps
from orchestrator_service.chat.files import SQL, files_of
from orchestrator_service.chat.inbound import mirror_waiting
from orchestrator_service.chat.media import show_file
from orchestrator_service.chat.reading import MessageCard, demand_conversation, read_conversation
from orchestrator_service.chat.writing import KeyReused, NotSent, known_message, knows_origin, settle_answer
from orchestrator_service.db import NewMessage
from orchestrator_service.messaging.send import send_message


class FileTooLarge(NexusError):
    """WhatsApp takes no file of this kind that is so large; `most_bytes` is what it takes."""

    status = 413
    code = "file_too_large"
    title = "File Too Large"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in our store: as what it is sent, what it is, and what its sender calls it."""

    kind: FileKind
    media_type: str
    filename: str | None
    stored: StoredFile


async def judge(content: bytes, declared: str, *, captioned: bool) -> tuple[FileKind, str]:
    """As what a file is sent, and its real type. Raises FileRefused, FileTooLarge."""
    media_type = await asyncio.to_thread(sniff, content, declared)
    kind = kind_of(media_type)
    if kind is None:
        raise FileRefused("not_sent_by_whatsapp")
    if len(content) > MOST_BYTES_OF[kind]:
        raise FileTooLarge(extra={"most_bytes": MOST_BYTES_OF[kind]})
    if captioned and kind == "audio":
        raise FileRefused("audio_has_no_caption")
    return kind, media_type


async def may_attach(
    tx: TenantTransaction, principal: Principal, conversation_id: int, origin: str, *, now: datetime
) -> None:
    """Ask before the file is read whether it could leave at all. Raises NotFound out of scope, NotSent.

    What was taken before is not asked again: whoever repeats a request learns what became of it.
    """
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    if await knows_origin(tx, origin):
        return
    card = await read_conversation(tx, principal, conversation_id)
    if card.refusal is not None:
        raise NotSent(card.refusal)
    if card.window_open_until is None or card.window_open_until <= now:
        raise NotSent("window_closed")


async def send_attachment(
    tx: TenantTransaction,
    principal: Principal,
    conversation_id: int,
    file: Attached,
    caption: str,
    *,
    origin: str,
    now: datetime,
) -> MessageCard:
    """Send a stored file; the agent is silent for the takeover time. The same origin again sends nothing.

    Raises NotFound out of scope, GapLeft, NotSent, KeyReused.
    """
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await mirror_waiting(tx, conversation_id)
    demand_no_gaps(caption)
    if (known := await known_message(tx, origin, caption)) is not None:
        if await tx.value(SQL["sha256_of_message"], str, message_id=known.id) != file.stored.sha256:
            raise KeyReused("that key belongs to another file")
        return await _with_file(tx, known)
    message = NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author="person",
        author_user_id=principal.user_id,
        type=file.kind,
        body=caption,
        content={"mime_type": file.media_type, **({"filename": file.filename} if file.filename else {})},
        origin_key=origin,
        status="queued",
    )
    written = await settle_answer(tx, principal, conversation, await send_message(tx, message, now=now))
    media_id = await tx.value(
        SQL["keep_sent_file"],
        int,
        message_id=written.id,
        filename=file.filename,
        sniffed_type=file.media_type,
        size_bytes=file.stored.size,
        sha256=file.stored.sha256,
        storage_key=file.stored.key,
    )
    assert media_id is not None, "the message was just written"
    await show_file(tx, media_id)
    return await _with_file(tx, written)


async def _with_file(tx: TenantTransaction, message: MessageCard) -> MessageCard:
    return replace(message, media=(await files_of(tx, [message.id])).get(message.id))
