"""`/calendar/v3`: each call of the API behind a token, a scope, the faults on order and the journal."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.wire import UnreadableBodyError, read_object
from nexus.local_google import events
from nexus.local_google.channels import Notices, close_channel
from nexus.local_google.errors import GoogleError, invalid, refused
from nexus.local_google.faults import is_later_page, wrong_answer
from nexus.local_google.listing import page_of, read_query, shown

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import Json, JsonObject
    from nexus.local_google.state import Account, Calendar, World

_AUTH: Final = "https://www.googleapis.com/auth/"
EVENT_SCOPES: Final = frozenset({f"{_AUTH}calendar", f"{_AUTH}calendar.events"})
LIST_SCOPES: Final = frozenset(
    {f"{_AUTH}calendar", f"{_AUTH}calendar.readonly", f"{_AUTH}calendar.calendarlist.readonly"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, let in: who asks, and what is there to answer with."""

    world: World
    notices: Notices
    account: Account
    request: Request
    body: JsonObject

    @property
    def calendar(self) -> Calendar:
        """The calendar in the path. Raises GoogleError."""
        return self.world.calendar_for(self.account, self.request.path_params["calendar_id"])

    @property
    def event_id(self) -> str:
        """The event in the path."""
        return str(self.request.path_params["event_id"])

    @property
    def etag(self) -> str | None:
        """What the event must still be."""
        return self.request.headers.get("If-Match")

    @property
    def conferences(self) -> bool:
        """Whether the client says that it knows conference data."""
        return self.request.query_params.get("conferenceDataVersion") == "1"

    def shown(self, event: JsonObject) -> Response:
        """The event as an answer."""
        most = self.request.query_params.get("maxAttendees")
        return JSONResponse(shown(event, int(most) if most and most.isdigit() else None))


Handler: TypeAlias = Callable[[Call], Response]


def _list(call: Call) -> Response:
    asked = read_query(call.request.query_params, call.calendar, call.world.config.page_size)
    return JSONResponse(page_of(call.calendar, asked, "writer" if call.account.is_service else "owner"))


def _get(call: Call) -> Response:
    return call.shown(events.find(call.calendar, call.event_id))


def _insert(call: Call) -> Response:
    calendar = call.calendar
    done = events.insert(calendar, call.account, call.body, conferences=call.conferences)
    call.notices.changed(calendar)
    return call.shown(done)


def _patch(call: Call) -> Response:
    calendar = call.calendar
    done = events.patch(calendar, call.event_id, call.body, etag=call.etag, conferences=call.conferences)
    call.notices.changed(calendar)
    return call.shown(done)


def _delete(call: Call) -> Response:
    calendar = call.calendar
    events.delete(calendar, call.event_id, etag=call.etag)
    call.notices.changed(calendar)
    return Response(status_code=204)


def _watch(call: Call) -> Response:
    return JSONResponse(call.notices.open(call.calendar, call.world, call.body))


def _stop(call: Call) -> Response:
    close_channel(call.world, call.body)
    return Response(status_code=204)


def _calendars(call: Call) -> Response:
    account = call.account
    role = "writer" if account.is_service else "owner"
    items: list[Json] = []
    for number, calendar_id in enumerate(account.calendars):
        calendar = call.world.calendars[calendar_id]
        item: JsonObject = {"kind": "calendar#calendarListEntry", "id": calendar.id, "summary": calendar.summary}
        item |= {"timeZone": calendar.zone, "accessRole": role, "selected": True}
        items.append(item | ({"primary": True} if number == 0 and not account.is_service else {}))
    return JSONResponse({"kind": "calendar#calendarList", "etag": '"1"', "items": items})


_EVENTS: Final = "/calendar/v3/calendars/{calendar_id}/events"
_TABLE: Final[tuple[tuple[str, str, str, Handler], ...]] = (
    ("GET", _EVENTS, "list", _list),
    ("POST", _EVENTS, "insert", _insert),
    ("POST", f"{_EVENTS}/watch", "watch", _watch),
    ("GET", f"{_EVENTS}/{{event_id}}", "get", _get),
    ("PATCH", f"{_EVENTS}/{{event_id}}", "patch", _patch),
    ("DELETE", f"{_EVENTS}/{{event_id}}", "delete", _delete),
    ("POST", "/calendar/v3/channels/stop", "stop", _stop),
    ("GET", "/calendar/v3/users/me/calendarList", "calendarList", _calendars),
)


def routes(world: World, notices: Notices) -> list[Route]:
    """Every call."""
    return [
        Route(path, _guarded(world, notices, verb, handler), methods=[method]) for method, path, verb, handler in _TABLE
    ]


def _guarded(world: World, notices: Notices, verb: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        answer = await _answered(world, notices, verb, handler, request)
        query: JsonObject = dict(request.query_params)
        world.note({"verb": verb, "path": request.url.path, "query": query, "status": answer.status_code})
        return answer

    return endpoint


async def _answered(world: World, notices: Notices, verb: str, handler: Handler, request: Request) -> Response:
    try:
        account = _account(world, request, verb)
        named = request.path_params.get("calendar_id")
        calendar_id = world.calendar_for(account, named).id if named else account.email
        fault = world.faults.next_for(calendar_id, verb, later_page=is_later_page(request))
        call = Call(world, notices, account, request, await _body(request))
        if fault is None:
            return handler(call)
        done = handler(call) if fault.taken else None
        return await wrong_answer(fault) or done or handler(call)
    except GoogleError as error:
        return refused(error)


def _account(world: World, request: Request, verb: str) -> Account:
    scheme, _, offered = request.headers.get("Authorization", "").partition(" ")
    token = world.tokens.get(offered)
    if scheme != "Bearer" or token is None or token.expires_at <= time.monotonic():
        raise GoogleError(401, "authError", "Invalid Credentials")
    needed = LIST_SCOPES if verb == "calendarList" else EVENT_SCOPES
    if needed.isdisjoint(token.scope.split()):
        raise GoogleError(403, "insufficientPermissions", "Insufficient Permission")
    return world.accounts[token.email]


async def _body(request: Request) -> JsonObject:
    raw = await request.body()
    if not raw:
        return {}
    try:
        return read_object(raw)
    except UnreadableBodyError:
        raise invalid("body", "Parse Error") from None
