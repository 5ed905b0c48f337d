"""What a seller looks like: a picture that somebody in the company chose, one at a time (PRODUCT §12.4).

It is judged by its bytes and leaves under the headers of files that strangers made: nothing here decodes pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.database import TenantTransaction
from core.errors import NotFound
from core.media_sniff import FileRefused, sniff
from core.media_store import StoredFile
from core.principal import Principal
from core.resilience import optional
from core.statements import load_statements
from core.system_events import record_event
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.sellers.change import announce_sellers, lock_profile
from orchestrator_service.sellers.reading import owner_of

SQL = load_statements(Path(__file__).with_name("photo.sql"))
MOST_BYTES: Final = 2_000_000
_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is shown, and whose; another one of theirs has another `number`."""

    storage_key: str
    media_type: str
    number: int
    user_id: int | None


def judge_photo(content: bytes) -> str:
    """The real type of a picture. Raises FileRefused."""
    found = sniff(content, None)
    if found not in _TYPES:
        raise FileRefused("unsupported_type")
    return found


async def show_photo(
    tx: TenantTransaction, principal: Principal, seller_id: int, file: StoredFile, media_type: str
) -> None:
    """Show this picture instead of what was there. Raises NotFound."""
    await lock_profile(tx, principal, seller_id)

    async def let_go() -> int:
        return await tx.run(SQL["let_photo_go"], seller_id=seller_id, storage_key=file.key)

    await optional(tx, let_go, missing=0)
    await tx.run(SQL["show_photo"], seller_id=seller_id, storage_key=file.key, media_type=media_type)
    await _changed(tx, principal, seller_id, "shown")


async def hide_photo(tx: TenantTransaction, principal: Principal, seller_id: int) -> None:
    """Take the photo away; for a day it is kept to be brought back. Raises NotFound."""
    await lock_profile(tx, principal, seller_id)
    if await tx.run(SQL["turn_photo"], seller_id=seller_id, shown=False):
        await _changed(tx, principal, seller_id, "taken away")


async def restore_photo(tx: TenantTransaction, principal: Principal, seller_id: int) -> None:
    """Bring back what was taken away. Raises NotFound."""
    await lock_profile(tx, principal, seller_id)
    if await tx.run(SQL["turn_photo"], seller_id=seller_id, shown=True):
        await _changed(tx, principal, seller_id, "brought back")


async def photo_to_serve(tx: TenantTransaction, principal: Principal, seller_id: int) -> Photo:
    """The photo of a seller whose agenda the caller sees. Raises NotFound."""
    photo = await shown_photo(tx, seller_id)
    if photo is None or not visible(principal, Permission.AGENDA_READ, owner_of(photo.user_id)):
        raise NotFound
    return photo


async def shown_photo(tx: TenantTransaction, seller_id: int) -> Photo | None:
    """A seller's photo, whoever asks."""
    return await tx.one(SQL["photo_of"], Photo, seller_id=seller_id)


async def _changed(tx: TenantTransaction, principal: Principal, seller_id: int, became: str) -> None:
    await record_event(
        tx,
        "sellers.changed",
        user_id=principal.user_id,
        subject=f"seller:{seller_id}",
        detail={"changes": {"photo": {"was": None, "became": became}}},
    )
    await announce_sellers(tx)
