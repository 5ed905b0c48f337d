"""Which refusals each operation can end in, into orchestrator_service/description/refusals.json (run by `make schema`).

Beyond what the handlers and their dependencies raise stand those of the middlewares, which follow from a route's shape.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from core.body_limit import BodyTooLarge
from core.errors import BadInput, NexusError, NotFound, Unavailable, UnsupportedMediaType
from orchestrator_service.audit.audited import audit_mark
from orchestrator_service.auth.csrf import COOKIELESS_PREFIXES, CsrfRefused
from orchestrator_service.idempotency.errors import BadKey, KeyReused, StillRunning
from orchestrator_service.idempotency.keys import takes_key
from orchestrator_service.preconditions.errors import NoPrecondition, Stale
from orchestrator_service.preconditions.twins import EDITING
from orchestrator_service.routers import ROUTES, TWINS
from tools.refusal_reader import Reader, Refusals

TARGET: Final = Path(__file__).resolve().parent.parent / "orchestrator_service" / "description" / "refusals.json"


def document() -> str:
    """`codes`: what each means, by status; `operations`: those of each, as `409 duplicate_phone`. A line each."""
    reader, codes, operations = Reader(), dict[str, str](), dict[str, list[str]]()
    for route in ROUTES:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in sorted(route.methods or ()):
                named = _named(_refusals(reader, route, method))
                codes |= {code: _better(codes.get(code), meaning) for code, meaning in sorted(named.items())}
                operations[f"{method} {route.path}"] = sorted(named)
    lines = {"codes": dict(sorted(codes.items())), "operations": dict(sorted(operations.items()))}
    return "{\n" + ",\n".join(f'"{name}": {{\n{_lines(part)}\n}}' for name, part in lines.items()) + "\n}\n"


def _lines(part: dict[str, str] | dict[str, list[str]]) -> str:
    return ",\n".join(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in part.items())


def _refusals(reader: Reader, route: APIRoute, method: str) -> Refusals:
    found = reader.of(route.endpoint).union(*(reader.of(call) for call in _calls(route.dependant)))
    return found | frozenset(_of_shape(route, method))


def _of_shape(route: APIRoute, method: str) -> Iterator[type[NexusError]]:
    yield NexusError  # what nobody expected
    given = route.dependant
    if given.query_params or given.header_params or given.body_params or given.cookie_params:
        yield BadInput
    if given.path_params:
        yield NotFound
    if method == "GET":
        if audit_mark(route.endpoint) is not None:
            yield Unavailable
        return
    if not route.path.startswith(COOKIELESS_PREFIXES):
        yield CsrfRefused
    yield from (BodyTooLarge, UnsupportedMediaType)
    yield NoPrecondition
    if takes_key(method, route.status_code, route.path):
        yield from (BadKey, KeyReused, StillRunning)
    if method in EDITING and TWINS.of_path(route.path) is not None:
        yield Stale


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _named(refusals: Refusals) -> dict[str, str]:
    """Codes with their meanings, which are the first lines of the docstrings; those of private classes are none."""
    return {
        f"{refusal.status} {code}": (inspect.getdoc(refusal) or "").partition("\n")[0]
        for refusal in sorted(refusals, key=lambda each: each.__qualname__)
        if not refusal.__name__.startswith("_")
        for code in refusal.codes or (refusal.code,)
    }


def _better(known: str | None, meaning: str) -> str:
    """One code has one meaning: the shortest of those that its classes give, so that their order does not matter."""
    return min((each for each in (known, meaning) if each is not None), key=lambda each: (len(each), each))
