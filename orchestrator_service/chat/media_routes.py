"""`GET /chat/media/{id}`: a file of a conversation, to those who may read that (PRODUCT §6.7).

Strangers made these bytes. Only what browsers show without running it is shown; all else is handed out to be saved, and
nothing of it may load, run or be taken for another type.
"""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Response, status

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.media import ServedFile, file_to_serve
from orchestrator_service.chat.stores import Store

router = APIRouter(prefix="/chat/media", tags=["chat"])

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]
FILE_CSP: Final = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# SVG is none of them: it is a page.
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_RANGE: Final = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
_UNSAFE: Final = re.compile(r"[^\w. ()-]+")
_ENDINGS: Final = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "audio/ogg": "ogg",
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac", "audio/amr": "amr", "audio/wav": "wav",
    "video/mp4": "mp4", "video/3gpp": "3gp", "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv",
}  # fmt: skip


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
    headers = _headers(file, media_id)
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


def _headers(file: ServedFile, media_id: int) -> dict[str, str]:
    shown = file.media_type in SHOWN or file.media_type.startswith(("audio/", "video/"))
    name = _name_of(file, media_id)
    disposition = "inline" if shown else "attachment"
    return {
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": FILE_CSP,
    }


def _name_of(file: ServedFile, media_id: int) -> str:
    """The sender's name for it, as far as it is one; its ending is that of what the file is."""
    said = _UNSAFE.sub("_", file.filename or "").strip(" ._")[:100]
    ending = _ENDINGS.get(file.media_type)
    if not said:
        return f"{media_id}.{ending}" if ending else str(media_id)
    return said if ending is None or said.lower().endswith(f".{ending}") else f"{said}.{ending}"


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
