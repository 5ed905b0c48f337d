"""What goes wrong on order: for one calendar, or for the token endpoint, some times or until told otherwise."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from starlette.responses import JSONResponse, Response

from nexus.local_google.errors import GoogleError, refused
from nexus.simulator.calls import DroppedResponse

if TYPE_CHECKING:
    from starlette.requests import Request

    from core.whatsapp import JsonObject

FaultKind: TypeAlias = Literal[
    "drop",  # the connection is cut
    "status",  # `status`, `reason` and `retry_after` as ordered
    "slow",  # the right answer, `seconds` late
    "garbage",  # 200 and no JSON
    "error_in_200",  # 200 with an error inside
    "no_items",  # 200 and a body without what was asked for
    "broken_item",  # 200 and an event without its times
    "second_page",  # as `status`, but for later pages alone
]
ANY: Final = "*"
TOKEN: Final = "token"  # noqa: S105 - a word


@dataclass(slots=True)
class Fault:
    """One order. `calendar` is an id, `*` for every one, or `token`; `verb` is list, get, insert, patch, … or `*`.

    `times` None lasts until cleared. `taken`: what was asked is done first, and then the answer goes wrong.
    """

    kind: FaultKind
    calendar: str = ANY
    verb: str = ANY
    times: int | None = 1
    status: int = 500
    reason: str = "backendError"
    retry_after: int | None = None
    seconds: float = 30.0
    taken: bool = False


@dataclass
class Faults:
    """The orders of one world, first come first."""

    ordered: list[Fault] = field(default_factory=list[Fault])

    def next_for(self, calendar: str, verb: str, *, later_page: bool = False) -> Fault | None:
        """The order that meets this request, counted down."""
        for fault in self.ordered:
            here = fault.calendar == calendar or (fault.calendar == ANY and calendar != TOKEN)
            meets = here and fault.verb in {ANY, verb}
            if not meets or (fault.kind == "second_page" and not later_page):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.ordered.remove(fault)
            return fault
        return None


_LIST: Final[JsonObject] = {"kind": "calendar#events", "timeZone": "UTC"}
_WRONG: Final[dict[str, JsonObject]] = {
    "error_in_200": GoogleError(500, "backendError", "Backend Error").content(),
    "no_items": _LIST,
    "broken_item": {**_LIST, "items": [{"id": "broken0001", "status": "confirmed"}]},
}


async def wrong_answer(fault: Fault) -> Response | None:
    """The answer that was ordered; None after a mere delay."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "drop":
        return DroppedResponse()
    if fault.kind in {"status", "second_page"}:
        domain = "usageLimits" if "ateLimit" in fault.reason else "global"
        error = GoogleError(fault.status, fault.reason, "Ordered by the test.", domain=domain)
        return refused(error, fault.retry_after)
    if fault.kind == "garbage":
        return Response(b"<html>it works</html>", media_type="application/json")
    return JSONResponse(_WRONG[fault.kind])


def is_later_page(request: Request) -> bool:
    """Whether a page after the first is asked for."""
    return "pageToken" in request.query_params
