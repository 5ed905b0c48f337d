"""An OpenAI-compatible `/v1/audio/transcriptions` that knows what the simulator's own voice notes say.

It hears nothing: the note carries its words in an Opus comment. So a demo without keys plays the whole path of a voice
note; what is not one of ours is silence. Only who has an account's key is answered, as everywhere in a provider's API.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.secret import Secret
from nexus.simulator.files import MAX_BYTES, form_parts

if TYPE_CHECKING:
    from starlette.requests import Request

    from nexus.simulator.world import World

_TAGS: Final = b"OpusTags"
_MARK: Final = b"TRANSCRIPT="
_LOOK: Final = 64 * 1024


def said_in(note: bytes) -> str:
    """What a voice note of ours says; empty for any other file."""
    tags = note.find(_TAGS, 0, _LOOK)
    found = note.find(_MARK, tags, tags + _LOOK) if tags >= 0 else -1
    if found < 0:
        return ""
    (length,) = struct.unpack_from("<I", note, found - 4)
    return note[found + len(_MARK) : found + length].decode("utf-8", "replace")


def routes(world: World) -> list[Route]:
    """The one route."""

    async def hear(request: Request) -> Response:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        account = world.by_key(Secret(key)) if scheme.lower() == "bearer" else None
        if account is None:
            return _refusal(401, "Incorrect API key provided.", "invalid_api_key")
        if int(request.headers.get("content-length") or 0) > MAX_BYTES:
            return _refusal(413, "At most 16 MB.", "too_large")
        parts = await form_parts(request)
        if "file" not in parts or "model" not in parts:
            return _refusal(400, "file and model are required.", "missing_parameter")
        text = said_in(parts["file"].content)
        world.journal.write(
            "transcription", account.business_number, {"text": text, "bytes": len(parts["file"].content)}
        )
        return JSONResponse({"text": text, "usage": {"type": "duration", "seconds": 3}})

    return [Route("/v1/audio/transcriptions", hear, methods=["POST"])]


def _refusal(status: int, message: str, code: str) -> JSONResponse:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return JSONResponse({"error": error}, status)
