"""`/m/{token}`: the customer's page (PRODUCT §11.6). GET shows and never acts, since link previews ask too; POST acts.

The token in the path is the only authority: no cookie is read. Whatever leads nowhere is one and the same 404.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from core.client_address import client_address
from core.errors import NotFound, TooManyRequests
from core.media_store import MediaStore
from core.rate_limit import parse_rule
from orchestrator_service.agenda.labels import Language
from orchestrator_service.auth.dependencies import Door
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.google_calendar.door import google_door
from orchestrator_service.meeting_links.page import gone_page, slow_page
from orchestrator_service.meeting_links.visit import (
    Visit,
    ask_about_cancelling,
    cancel,
    hand_out_file,
    html,
    move,
    show,
    show_face,
    show_times,
)
from orchestrator_service.meeting_links.words import language_of

router = APIRouter(prefix="/m", include_in_schema=False)

_PER_ADDRESS: Final = parse_rule("120/minute", "meeting_link.address")
_PER_TOKEN: Final = parse_rule("60/minute", "meeting_link.token")
_CSS: Final = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@router.get("/page.css")
async def get_style() -> Response:
    """How the pages look."""
    return Response(_CSS, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/{token}")
async def get_meeting(request: Request, token: str, door: Door, done: str = "") -> Response:
    """The meeting."""
    return await _answer(request, token, door, partial(show, done=done))


@router.get("/{token}/meeting.ics")
async def get_calendar_file(request: Request, token: str, door: Door) -> Response:
    """The meeting as a calendar file."""
    return await _answer(request, token, door, hand_out_file)


@router.get("/{token}/photo")
async def get_photo(request: Request, token: str, door: Door) -> Response:
    """Who it is with."""
    return await _answer(request, token, door, show_face)


@router.get("/{token}/cancel")
async def get_cancel(request: Request, token: str, door: Door) -> Response:
    """Asks once before it is cancelled."""
    return await _answer(request, token, door, ask_about_cancelling)


@router.get("/{token}/times")
async def get_times(
    request: Request, token: str, door: Door, first: Annotated[str, Query(alias="from")] = ""
) -> Response:
    """The free times to choose from."""
    return await _answer(request, token, door, partial(show_times, first=first))


@router.post("/{token}/cancel")
async def post_cancel(request: Request, token: str, door: Door) -> Response:
    """Cancel the meeting, once."""
    return await _answer(request, token, door, cancel)


@router.post("/{token}/move")
async def post_move(request: Request, token: str, door: Door) -> Response:
    """Move the meeting to the chosen time, once."""
    return await _answer(request, token, door, partial(move, form=await request.body()))


async def _answer(
    request: Request, token: str, door: AccessDoor, visit: Callable[[Visit], Awaitable[Response]]
) -> Response:
    """What the visit answers; a page of its own for whoever asks too often or by a link that leads nowhere."""
    try:
        await door.limiter.check_limits(_PER_ADDRESS, door.limiter.key_of(request))
        await door.limiter.check_limits(_PER_TOKEN, token)
    except TooManyRequests as error:
        return html(slow_page(_language(request)), error.status, error.headers())
    gone = html(gone_page(_language(request)), NotFound.status)
    row = door.meeting_links.read(token)
    if row is None:
        return gone
    google = await google_door(request)
    address = client_address(request.scope, door.trusted_proxies)
    try:
        media: MediaStore = request.app.state.media
        return await visit(Visit(door.database, google, door.meeting_links, row, address, door.clock(), media))
    except NotFound:
        return gone


def _language(request: Request) -> Language:
    return language_of(request.headers.get("accept-language", ""))
