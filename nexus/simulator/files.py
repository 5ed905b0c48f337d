"""Media: uploads by the business, downloads of what customers sent; kept 30 days, never without the key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from typing import TYPE_CHECKING, Final

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


async def _upload(_: World, account: Account, request: Request) -> Response:
    if request.path_params["phone"].lstrip("+") != account.business_number.lstrip("+"):
        raise ApiError(403, "WHATSAPP_PHONE_NUMBER_UNAVAILABLE", "Phone number unavailable.")
    if int(request.headers.get("content-length") or 0) > MAX_BYTES:
        raise ApiError(413, "CONTENT_TOO_LARGE", "At most 16 MB.")
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    parts = message_from_bytes(head + await request.body(), policy=HTTP)
    for part in parts.iter_parts() if parts.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == "file":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return JSONResponse({"id": store(account, content, part.get_content_type())})
    raise missing("file")


TABLE: Final[list[tuple[str, str, Callable[[World, Account, Request], Awaitable[Response]]]]] = [
    ("GET", "/whatsapp/media/download/{id}", _download),
    ("POST", "/whatsapp/media/{phone}/upload", _upload),
]
