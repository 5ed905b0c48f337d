"""Files: what the business uploads and what customers send, kept as long as the provider keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import Response

from nexus.simulator.errors import ApiError, missing
from nexus.simulator.state import MediaFile, new_id

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import ProviderName
    from nexus.simulator.state import Account

KEPT: Final = timedelta(days=30)
KEPT_OF_CUSTOMERS: Final[dict[ProviderName, timedelta]] = {"ycloud": KEPT, "meta": timedelta(days=7)}
MAX_BYTES: Final = 16 * 1024 * 1024


def store(account: Account, content: bytes, mime_type: str, kept: timedelta = KEPT) -> str:
    """Keep a file and return its id."""
    media_id = new_id()
    account.media[media_id] = MediaFile(content, mime_type, datetime.now(UTC) + kept)
    return media_id


def find(account: Account, media_id: str) -> MediaFile | None:
    """A file that is still kept."""
    found = account.media.get(media_id)
    return found if found and datetime.now(UTC) < found.kept_until else None


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form."""

    content: bytes
    mime_type: str


async def form_parts(request: Request) -> dict[str, Part]:
    """The fields of a multipart form by name; empty for any other body."""
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    message = message_from_bytes(head + await request.body(), policy=HTTP)
    found: dict[str, Part] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found[name] = Part(content, part.get_content_type())
    return found


# What the phone page shows as it is; everything else is saved. A page or a script is neither.
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/3gpp"})


def shown(file: MediaFile, filename: str) -> Response:
    """A file for the phone page, which the business has sent."""
    if file.mime_type in _SHOWN or file.mime_type.startswith("audio/"):
        return Response(file.content, media_type=file.mime_type)
    named = f"attachment; filename*=UTF-8''{quote(filename)}"
    return Response(file.content, headers={"Content-Disposition": named}, media_type="application/octet-stream")


async def uploaded(request: Request) -> dict[str, Part]:
    """The form of an upload, its `file` among the fields. Raises ApiError for one too large or without."""
    if int(request.headers.get("content-length") or 0) > MAX_BYTES:
        raise ApiError(413, "CONTENT_TOO_LARGE", "At most 16 MB.")
    parts = await form_parts(request)
    if "file" not in parts:
        raise missing("file")
    return parts
