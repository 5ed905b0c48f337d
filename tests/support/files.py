"""A file in a conversation, as if it had been fetched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from core.media_store import MediaStore
from core.principal import TenantId
from core.statements import load_statements
from orchestrator_service.db import NewMessage, append_chat_message
from tests.support.api import Api

SQL = load_statements(Path(__file__).with_name("files.sql"))


async def stored_file(
    api: Api,
    tenant: TenantId,
    conversation_id: int,
    content: bytes,
    *,
    at: datetime | None = None,
    media_type: str = "text/plain",
    filename: str | None = None,
) -> int:
    """The id of a file that a customer sent; its bytes lie in the service's store."""
    store = api.app.state.media
    assert isinstance(store, MediaStore)
    stored = await store.put(tenant, content)
    async with api.db.tenant(tenant) as tx:
        message = await append_chat_message(
            tx,
            NewMessage(
                conversation_id=conversation_id,
                direction="in",
                author="customer",
                type="document",
                body="",
                origin_key=uuid4().hex,
                status="received",
                at=at or api.clock(),
            ),
        )
        media_id = await tx.value(
            SQL["stored_file"],
            int,
            message_id=message.id,
            media_type=media_type,
            size_bytes=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            filename=filename,
        )
    assert media_id is not None
    return media_id
