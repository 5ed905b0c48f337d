"""YCloud's media: an upload for a number, and downloads, never without the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

from nexus.simulator.errors import ApiError, not_found
from nexus.simulator.files import find, store, uploaded

if TYPE_CHECKING:
    from starlette.requests import Request

    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World


async def _download(_: World, account: Account, request: Request) -> Response:
    found = find(account, request.path_params["id"])
    if found is None:
        raise not_found()
    return Response(found.content, media_type=found.mime_type)


async def _upload(_: World, account: Account, request: Request) -> Response:
    if request.path_params["phone"].lstrip("+") != account.business_number.lstrip("+"):
        raise ApiError(403, "WHATSAPP_PHONE_NUMBER_UNAVAILABLE", "Phone number unavailable.")
    file = (await uploaded(request))["file"]
    return JSONResponse({"id": store(account, file.content, file.mime_type)})


TABLE: Final[list[tuple[str, str, Handler]]] = [
    ("GET", "/whatsapp/media/download/{id}", _download),
    ("POST", "/whatsapp/media/{phone}/upload", _upload),
]
