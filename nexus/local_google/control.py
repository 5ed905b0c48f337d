"""`/_sim`: what a test or the demo orders this Google to do. Behind the token (`app.py`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, cast

import msgspec
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from nexus.local_google import events
from nexus.local_google.config import PersonConfig
from nexus.local_google.errors import GoogleError, invalid, not_found, refused
from nexus.local_google.faults import ANY, Fault, FaultKind

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import JsonObject
    from nexus.local_google.channels import Notices
    from nexus.local_google.state import Calendar, World

Order = TypeVar("Order", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Control:
    """What orders act on."""

    world: World
    notices: Notices

    def calendar(self, calendar_id: str) -> Calendar:
        """Raises GoogleError where there is none."""
        calendar = self.world.calendars.get(calendar_id)
        if calendar is None:
            raise not_found()
        return calendar


class _FaultOrder(msgspec.Struct, forbid_unknown_fields=True):
    kind: FaultKind
    calendar: str = ANY
    verb: str = ANY
    times: int | None = 1
    status: int = 500
    reason: str = "backendError"
    retry_after: int | None = None
    seconds: float = 30.0
    taken: bool = False


class _CalendarOrder(msgspec.Struct, forbid_unknown_fields=True):
    calendar: str


class _EventOrder(msgspec.Struct, forbid_unknown_fields=True):
    calendar: str
    event: dict[str, object]
    event_id: str | None = None
    raw: bool = False


class _AccountOrder(msgspec.Struct, forbid_unknown_fields=True):
    account: str


def _fault(control: Control, raw: bytes) -> JsonObject:
    """One more fault, behind those on order."""
    order = _read(raw, _FaultOrder)
    control.world.faults.ordered.append(Fault(**msgspec.structs.asdict(order)))
    return {"faults": len(control.world.faults.ordered)}


def _clear(control: Control, _: bytes) -> JsonObject:
    """No faults any more."""
    control.world.faults.ordered.clear()
    return {"faults": 0}


def _by_hand(control: Control, raw: bytes) -> JsonObject:
    """What somebody writes in Google's own page: a new event, a change of one, or (`raw`) one exactly as given."""
    order = _read(raw, _EventOrder)
    calendar = control.calendar(order.calendar)
    body = cast("JsonObject", order.event)
    if order.raw:
        done = calendar.put(body)
    elif order.event_id is not None:
        done = events.patch(calendar, order.event_id, body, etag=None, conferences=False)
    else:
        owner = next(one for one in control.world.accounts.values() if calendar.id in one.calendars)
        done = events.insert(calendar, owner, body, conferences=False)
    control.notices.changed(calendar)
    return done


def _delete(control: Control, raw: bytes) -> JsonObject:
    """What somebody deletes in Google's own page."""
    order = _read(raw, _EventOrder)
    calendar = control.calendar(order.calendar)
    events.delete(calendar, order.event_id or "", etag=None)
    control.notices.changed(calendar)
    return {}


def _person(control: Control, raw: bytes) -> JsonObject:
    """One more account."""
    account = control.world.add_person(_read(raw, PersonConfig))
    return {"email": account.email, "calendars": [*account.calendars]}


def _expire_sync(control: Control, raw: bytes) -> JsonObject:
    """Every sync token that was given for a calendar is too old from now on."""
    calendar = control.calendar(_read(raw, _CalendarOrder).calendar)
    calendar.count += 1
    calendar.oldest = calendar.count
    return {"oldest": calendar.oldest}


def _expire_tokens(control: Control, _: bytes) -> JsonObject:
    """Access tokens end early."""
    gone = len(control.world.tokens)
    control.world.tokens.clear()
    return {"tokens": gone}


def _lose_grants(control: Control, raw: bytes) -> JsonObject:
    """Somebody takes the app's access away: `invalid_grant` from now on, and tokens end."""
    email = _read(raw, _AccountOrder).account
    world = control.world
    lost = [token for token, grant in world.grants.items() if grant.email == email]
    world.grants = {token: grant for token, grant in world.grants.items() if grant.email != email}
    world.tokens = {token: one for token, one in world.tokens.items() if one.email != email}
    return {"grants": len(lost)}


_TABLE: Final[tuple[tuple[str, Callable[[Control, bytes], JsonObject]], ...]] = (
    ("/fault", _fault),
    ("/clear", _clear),
    ("/event", _by_hand),
    ("/delete", _delete),
    ("/person", _person),
    ("/expire_sync", _expire_sync),
    ("/expire_tokens", _expire_tokens),
    ("/lose_grants", _lose_grants),
)


def routes(control: Control) -> list[Route]:
    """Every order, and the journal."""

    async def journal(_: Request) -> Response:
        return JSONResponse(control.world.journal)

    orders = [Route(f"/_sim{path}", _answering(control, order), methods=["POST"]) for path, order in _TABLE]
    return [*orders, Route("/_sim/journal", journal, methods=["GET"])]


def _answering(
    control: Control, order: Callable[[Control, bytes], JsonObject]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(order(control, await request.body()))
        except GoogleError as error:
            return refused(error)

    return endpoint


def _read(raw: bytes, kind: type[Order]) -> Order:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.MsgspecError as error:
        raise invalid("body", str(error)) from None
