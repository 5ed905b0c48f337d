"""A route whose body is the file itself: the body within its bound, and what percent-encoded headers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from core.body_limit import BodyTooLarge
from core.errors import BadInput

if TYPE_CHECKING:
    from starlette.requests import Request


async def read_upload(request: Request, most_bytes: int) -> bytes:
    """The whole body; raises BodyTooLarge (413) as soon as more than `most_bytes` came."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > most_bytes:
            raise BodyTooLarge
    return bytes(content)


def decoded_header(header: str) -> str:
    """A header of percent-encoded UTF-8 as text. Raises BadInput (422) where it is none, or holds NUL."""
    try:
        text = unquote(header, errors="strict")
    except UnicodeDecodeError:
        raise BadInput("a header is no percent-encoded UTF-8") from None
    if "\x00" in text:
        raise BadInput("a header holds NUL")
    return text


def decoded_name(header: str, longest: int) -> str:
    """What a header calls a file, in one line of at most `longest` characters; empty where it says nothing."""
    return "".join(char for char in decoded_header(header) if char.isprintable()).strip()[:longest]
