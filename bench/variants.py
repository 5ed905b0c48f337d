"""What is compared: ours with everything around it, ours bare, and the peer; each does list, get and create."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal, TypeAlias

from bench.load import ask, request
from bench.serving import Server
from bench.world import PASSWORD, World

Operation: TypeAlias = Literal["list", "get", "create"]
OPERATIONS: Final[tuple[Operation, ...]] = ("list", "get", "create")
PAGE: Final = 50
_COOKIE: Final = re.compile(r"^set-cookie: (nexus_session=[^;\r]+)", re.MULTILINE | re.IGNORECASE)
_numbers: Final = count(1)


@dataclass(frozen=True)
class Variant:
    """A server and how each of its operations is asked for."""

    server: Server
    make: Mapping[Operation, Callable[[], bytes]]


async def log_in_all(server: Server, world: World) -> tuple[str, ...]:
    """A session cookie for the ceo of each company, in their order, from the API itself."""
    return tuple([await _log_in(server, world.email(place)) for place in range(len(world.tenants))])


def full(server: Server, world: World, cookies: tuple[str, ...]) -> Variant:
    """The API as it runs: session, limits, audit, headers. Every request comes from another address."""
    return Variant(server, _made(world, lambda _: "/crm/leads", lambda place: visitor(server, cookies[place])))


def bare(server: Server, world: World) -> Variant:
    """Our handlers alone."""
    return Variant(server, _made(world, lambda place: f"/{world.tenants[place]}/leads", lambda _: {}))


def peer(server: Server, world: World, cookies: tuple[str, ...]) -> Variant:
    """The naive app, with the same sessions."""
    return Variant(server, _made(world, lambda _: "/leads", lambda place: visitor(server, cookies[place])))


def visitor(server: Server, cookie: str | None = None) -> Mapping[str, str]:
    """What a browser sends, from an address of its own, so that no limit for one visitor is met."""
    number = next(_numbers)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    headers = {"X-Forwarded-For": address, "Origin": f"http://127.0.0.1:{server.port}", "X-Nexus-CSRF": "1"}
    return headers | ({"Cookie": cookie} if cookie else {})


def login(server: Server, email: str) -> bytes:
    """Somebody logs in."""
    return request("POST", "/auth/login", visitor(server), {"email": email, "password": PASSWORD})


def _made(
    world: World, path: Callable[[int], str], headers: Callable[[int], Mapping[str, str]]
) -> Mapping[Operation, Callable[[], bytes]]:
    pick = random.Random(7).randrange  # noqa: S311 - a choice of rows, no secret

    def listing() -> bytes:
        place = pick(len(world.tenants))
        return request("GET", f"{path(place)}?limit={PAGE}", headers(place))

    def getting() -> bytes:
        place = pick(len(world.tenants))
        return request("GET", f"{path(place)}/{world.lead(place, 1 + pick(world.leads))}", headers(place))

    def creating() -> bytes:
        place, number = pick(len(world.tenants)), next(_numbers)
        body = {
            "full_name": f"Ana Bench {number}",
            "phone": f"+54911{70_000_000 + number}",
            "email": f"ana{number}@example.com",
            "company": "Bench",
        }
        return request("POST", path(place), headers(place), body)

    return {"list": listing, "get": getting, "create": creating}


async def _log_in(server: Server, email: str) -> str:
    answer = await ask(server.port, login(server, email))
    cookie = _COOKIE.search(answer.head.decode("latin-1"))
    if cookie is None:
        raise RuntimeError(f"the login of {email} answered {answer.status}")
    return cookie[1]
