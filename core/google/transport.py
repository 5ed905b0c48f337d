"""One request to Google and what came of it, by the egress client: no redirect, capped size, none but our addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Final

import httpx2

from core.egress import Caps, Egress, EgressFailed
from core.egress_rules import EgressRefused
from core.google.answers import Answer, NoAnswer, reason_in
from core.google.patience import MOST_ATTEMPTS, Patience, may_repeat
from core.http_outcome import MAX_RETRY_AFTER_SECONDS, SERVER_ERROR

if TYPE_CHECKING:
    from core.google.addresses import GoogleAddresses
    from core.whatsapp import JsonObject

LARGEST_ANSWER: Final = 16 * 1024 * 1024
LONGEST_SECONDS: Final = 60.0
# Nothing was sent: no connection was made, or the address is none we may reach.
_NEVER_SENT: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.InvalidURL, EgressRefused)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `form` is the token endpoint's way, `body` the API's."""

    method: str
    url: str
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    body: JsonObject | None = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


@asynccontextmanager
async def reaching(egress: Egress, addresses: GoogleAddresses) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client for the life of a process. http is reached where the operator's own setting names it, nowhere else."""
    for one in fields(addresses):
        egress = egress.trusting(getattr(addresses, one.name))
    async with egress.client(Caps(LARGEST_ANSWER, LONGEST_SECONDS)) as http:
        # One client serves every company: what Google would have it remember of one must not reach it with another's.
        http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
        yield http


async def send_once(http: httpx2.AsyncClient, request: Request) -> Answer | NoAnswer:
    """One attempt. Never raises for the network; cancellation and the caller's deadline pass through."""
    try:
        response = await http.request(
            request.method,
            request.url,
            params=dict(request.params) or None,
            json=request.body,
            data=dict(request.form) if request.form is not None else None,
            headers=dict(request.headers),
        )
    except _NEVER_SENT as error:
        return NoAnswer("unreachable", sent=False, detail=type(error).__name__)
    except httpx2.TimeoutException as error:
        return NoAnswer("timeout", sent=True, detail=type(error).__name__)
    except (httpx2.HTTPError, EgressFailed) as error:
        return NoAnswer("unreachable", sent=True, detail=type(error).__name__)
    reason = "" if response.is_success else reason_in(response.content)
    return Answer(response.status_code, response.content, reason, _retry_after(response))


def at_once() -> float:
    """No attempt has to wait."""
    return 0.0


async def send_patiently(
    http: httpx2.AsyncClient,
    request: Request,
    patience: Patience,
    *,
    deadline: float,
    turn: Callable[[], float] = at_once,
) -> Answer | NoAnswer:
    """Attempts until one is not to be repeated, or the next would begin after the deadline (the loop's time).

    `turn` is asked before each: for how many seconds it has to wait, and 0 where it is counted and may go. A 5xx may
    have been carried out, and so may what was on its way when the deadline came: the outcome remembers it.
    """
    doubtful = in_flight = False
    attempt = 0
    try:
        async with asyncio.timeout_at(deadline):
            while True:
                while (wait := turn()) > 0:
                    if asyncio.get_running_loop().time() + wait >= deadline:
                        return NoAnswer("rate_limited", sent=doubtful, detail="own quota")
                    await asyncio.sleep(wait)
                in_flight = True
                reply = await send_once(http, request)
                in_flight = False
                if isinstance(reply, NoAnswer):
                    return replace(reply, sent=reply.sent or doubtful)
                pause = patience.pause(attempt, reply.retry_after_seconds)
                late = asyncio.get_running_loop().time() + pause >= deadline
                if late or attempt + 1 == MOST_ATTEMPTS or not may_repeat(reply.status, reply.reason):
                    return replace(reply, doubtful=doubtful)
                doubtful = doubtful or reply.status >= SERVER_ERROR
                attempt += 1
                await asyncio.sleep(pause)
    except TimeoutError:
        pass
    return NoAnswer("timeout", sent=in_flight or doubtful)


def _retry_after(response: httpx2.Response) -> int | None:
    """Whole seconds alone; a date would need both clocks to agree."""
    header = response.headers.get("Retry-After", "")
    if not (header.isascii() and header.isdigit()):
        return None
    return min(int(header[:6]), MAX_RETRY_AFTER_SECONDS)
