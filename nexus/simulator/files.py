"""Media: uploads by the business, downloads of what customers sent; kept 30 days, never without the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import JSONResponse, Response

from nexus.simulator.errors import ApiError, missing, not_found
from nexus.simulator.state import MediaFile, new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from nexus.simulator.state import Account
    from nexus.simulator.world import World

KEPT: Final = timedelta(days=30)
MAX_BYTES: Final = 16 * 1024 * 1024


def store(account: Account, content: bytes, mime_type: str) -> str:
    """Keep a file and return its id."""
    media_id = new_id()
    account.media[media_id] = MediaFile(content, mime_type, datetime.now(UTC))
    return media_id


def link(world: World, media_id: str) -> str:
    """Where the file is downloaded, with the key in the header."""
    return f"{world.config.base_url}/v2/whatsapp/media/download/{media_id}?sig=simulated"


async def _download(_: World, account: Account, request: Request) -> Response:
    found = account.media.get(request.path_params["id"])
    if found is None or datetime.now(UTC) - found.stored_at > KEPT:
        raise not_found()
    return Response(found.content, media_type=found.mime_type)


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


async def _upload(_: World, account: Account, request: Request) -> Response:
    if request.path_params["phone"].lstrip("+") != account.business_number.lstrip("+"):
        raise ApiError(403, "WHATSAPP_PHONE_NUMBER_UNAVAILABLE", "Phone number unavailable.")
    if int(request.headers.get("content-length") or 0) > MAX_BYTES:
        raise ApiError(413, "CONTENT_TOO_LARGE", "At most 16 MB.")
    file = (await form_parts(request)).get("file")
    if file is None:
        raise missing("file")
    return JSONResponse({"id": store(account, file.content, file.mime_type)})


TABLE: Final[list[tuple[str, str, Callable[[World, Account, Request], Awaitable[Response]]]]] = [
    ("GET", "/whatsapp/media/download/{id}", _download),
    ("POST", "/whatsapp/media/{phone}/upload", _upload),
]
