"""The file of a message that is to leave: found by its message alone, and handed to the provider once (PRODUCT §7.7).

No id of a file ever comes from outside: it hangs on the message, in the message's own company.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.media_store import FileMissing, MediaStore
from core.statements import sibling_statements
from core.whatsapp import UploadResult, WhatsAppProvider

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A stored file; `provider_media_id` is what the upload gave, None before it. `attempts` counts uploads."""

    storage_key: str
    media_type: str
    filename: str | None
    provider_media_id: str | None
    attempts: int


async def file_to_send(tx: TenantTransaction, message_id: int) -> FileToSend | None:
    """The file that somebody wrote a message with; None where it has none."""
    return await tx.one(SQL["file_to_send"], FileToSend, message_id=message_id)


async def upload_file(
    provider: WhatsAppProvider, store: MediaStore | None, tenant_id: int, file: FileToSend
) -> UploadResult:
    """Read it from the store and hand it over. Raises FileMissing."""
    if store is None:
        raise FileMissing("no store is configured")
    content = await store.read(file.storage_key)
    return await provider.upload(content, file.media_type, tenant_id=tenant_id)
