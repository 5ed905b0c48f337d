"""Meta's media: an upload for a number, and a download in two steps, both with the token (contracts `media`)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

from nexus.simulator.errors import ApiError, invalid
from nexus.simulator.files import find, store, uploaded
from nexus.simulator.meta.objects import no_object

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

ATTACHMENTS: Final = "/whatsapp_business/attachments/"  # where the addresses of files lead, as at lookaside.fbsbx.com
LINK_SECONDS: Final = 300


def described(world: World, account: Account, media_id: str) -> JsonObject | None:
    """Where a file is for the next five minutes; None where there is none."""
    found = find(account, media_id)
    if found is None:
        return None
    until = int(time.time()) + LINK_SECONDS
    return {
        "messaging_product": "whatsapp",
        "url": f"{world.config.base_url}{ATTACHMENTS}?mid={media_id}&ext={until}&hash=simulated",
        **account.dialect.file(media_id, found),
        "file_size": len(found.content),
    }


async def download(_: World, account: Account, request: Request) -> Response:
    """The file that an address leads to, until the address has grown old."""
    found, until = find(account, request.query_params.get("mid", "")), request.query_params.get("ext", "")
    if found is None or not until.isdecimal() or int(until[:12]) < time.time():
        raise ApiError(404, "100", "URL signature expired")
    return Response(found.content, media_type=found.mime_type)


async def _upload(_: World, account: Account, request: Request) -> Response:
    if request.path_params["id"] != account.phone_number_id:
        raise no_object(request.path_params["id"])
    parts = await uploaded(request)
    file, told, product = parts["file"], parts.get("type"), parts.get("messaging_product")
    if product is None or product.content != b"whatsapp":
        raise invalid("messaging_product", "The parameter messaging_product is required.")
    if told is None or told.content.decode("utf-8", "replace") != file.mime_type:
        raise invalid("type", "The parameter type is the file's type.")
    return JSONResponse({"id": store(account, file.content, file.mime_type)})


TABLE: Final[list[tuple[str, str, Handler]]] = [("POST", "/{id}/media", _upload)]
