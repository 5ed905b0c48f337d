"""`GET /chat/media/{id}`: a file of a conversation, to those who may read that (PRODUCT §6.7).

Strangers made these bytes. Only what browsers show without running it is shown; all else is handed out to be saved, and
nothing of it may load, run or be taken for another type.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Response, status

from core.file_headers import file_headers
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Store, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.media import file_to_serve

router = APIRouter(prefix="/chat/media", tags=["chat"])

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]
_RANGE: Final = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")


@router.get(
    "/{media_id}",
    response_class=Response,
    responses={
        200: {"content": {"*/*": {}}, "description": "The file."},
        206: {"content": {"*/*": {}}, "description": "The part that was asked for."},
        416: {"description": "The file has no such part."},
    },
    dependencies=[Depends(rate_limit("300/minute", scope="chat.media"))],
)
@audit_access("media.read", subject="media")
async def get_media(
    media_id: int,
    database: Db,
    principal: Reader,
    store: Store,
    part: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    """The file; raster images, audio and video to be shown, everything else to be saved. One `Range` is honoured."""
    async with database.tenant(principal.tenant_id) as tx:
        file = await file_to_serve(tx, principal, media_id)
    headers = {"Accept-Ranges": "bytes", **file_headers(file.media_type, file.filename, media_id)}
    asked = _asked(part)
    if asked is None:
        return Response(await store.read(file.storage_key), headers=headers, media_type=file.media_type)
    start, end = _within(asked, file.size_bytes)
    if start >= end:
        headers["Content-Range"] = f"bytes */{file.size_bytes}"
        return Response(status_code=status.HTTP_416_RANGE_NOT_SATISFIABLE, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size_bytes}"
    content = await store.read(file.storage_key, start=start, end=end)
    return Response(content, status.HTTP_206_PARTIAL_CONTENT, headers, file.media_type)


def _asked(part: str | None) -> tuple[str, str] | None:
    """First and last byte as they were asked for; None (no range, several, an unreadable one) means the whole file."""
    found = _RANGE.fullmatch(part or "")
    return (found[1], found[2]) if found and (found[1] or found[2]) else None


def _within(asked: tuple[str, str], size: int) -> tuple[int, int]:
    """From where up to, not including, where; nothing (start not below end) where the file has no such part."""
    first, last = asked
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size
