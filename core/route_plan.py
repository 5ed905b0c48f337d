"""What a route asks for, worked out once (ARCHITECTURE §2): FastAPI works it out anew for each request.

A plan gives what FastAPI gives: the same dependencies in the same order, each once, the same values, the same errors of
a malformed request. What it does not know (forms, generators, headers as parameters) it leaves to FastAPI.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from fastapi import params
from fastapi.dependencies.utils import request_body_to_args, request_params_to_args
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from fastapi._compat import ModelField
    from fastapi.dependencies.models import Dependant
    from fastapi.routing import APIRoute
    from starlette.requests import Request

Values: TypeAlias = dict[str, object]
Errors: TypeAlias = list[object]
Call: TypeAlias = Callable[..., Awaitable[object]]

_LISTS: Final = ("list", "set", "tuple", "Sequence", "Json")


@dataclass(frozen=True, slots=True)
class _Step:
    """One dependency: what it is given is the request, and what earlier steps gave."""

    call: Call
    request: str | None
    earlier: tuple[tuple[str, int], ...]


class Plan:
    """What one handler is called with. Make it with `plan_of`."""

    def __init__(self, steps: list[_Step], own: _Step, route: APIRoute) -> None:
        self._steps = tuple(steps)
        self._own = own
        self._path = tuple(route.dependant.path_params)
        self._query = _query_of(route.dependant.query_params)
        self._body = tuple(route.dependant.body_params) if route.body_field else ()
        self._embedded = route._embed_body_fields  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - no public name

    async def values(self, request: Request) -> Values:
        """The handler's arguments. Raises RequestValidationError as FastAPI does, and what a dependency raises."""
        body = await _read(request) if self._body else PydanticUndefined
        given: list[object] = []
        for step in self._steps:
            given.append(await step.call(**_arguments(step, request, given)))
        values = _arguments(self._own, request, given)
        errors: Errors = []
        path: Mapping[str, object] = request.scope["path_params"]
        for field in self._path:
            _take(values, errors, field, path.get(field.alias), ("path", field.alias))
        if self._query is not None:
            self._query(request, values, errors)
        if self._body:
            told, wrong = await request_body_to_args(list(self._body), body, embed_body_fields=self._embedded)
            values.update(told)
            errors.extend(wrong)
        if errors:
            raise RequestValidationError(errors, body=body)
        return values


def plan_of(route: APIRoute, endpoint: Call) -> Plan | None:
    """The route's plan; None where it asks for something that FastAPI has to see to."""
    steps: list[_Step] = []
    places: dict[object, int] = {}
    try:
        for inner in route.dependant.dependencies:
            _place(inner, steps, places)
        own = _step(route.dependant, endpoint, places)
        known = route.body_field is None or not isinstance(route.body_field.field_info, params.Form)
        plain = not route.dependant.header_params and not route.dependant.cookie_params
        return Plan(steps, own, route) if known and plain and all(map(_is_plain, route.dependant.path_params)) else None
    except _Unknown:
        return None


class _Unknown(Exception):
    pass


def _place(dependant: Dependant, steps: list[_Step], places: dict[object, int]) -> int:
    """Where the answer of a dependency lies; whatever it needs comes before it."""
    call = dependant.call
    if dependant.use_cache and call in places:
        return places[call]
    for inner in dependant.dependencies:
        _place(inner, steps, places)
    asked = (dependant.path_params, dependant.query_params, dependant.header_params, dependant.cookie_params)
    if call is None or any(asked) or dependant.body_params or not dependant.use_cache or not _is_coroutine(call):
        raise _Unknown
    steps.append(_step(dependant, cast("Call", call), places))
    places[call] = len(steps) - 1
    return places[call]


def _step(dependant: Dependant, call: Call, places: Mapping[object, int]) -> _Step:
    special = (
        dependant.response_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
        dependant.websocket_param_name,
        dependant.http_connection_param_name,
        dependant.own_oauth_scopes,
        dependant.concurrency,
    )
    if any(special):
        raise _Unknown
    earlier = tuple((inner.name, places[inner.call]) for inner in dependant.dependencies if inner.name is not None)
    return _Step(call, dependant.request_param_name, earlier)


def _is_coroutine(call: object) -> bool:
    return inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(getattr(call, "__call__", None))  # noqa: B004 - whether it is awaited


def _is_plain(field: ModelField) -> bool:
    return field.field_info.validation_alias in {None, field.alias}


def _arguments(step: _Step, request: Request, given: list[object]) -> Values:
    values: Values = {name: given[place] for name, place in step.earlier}
    if step.request is not None:
        values[step.request] = request
    return values


def _take(values: Values, errors: Errors, field: ModelField, value: object, where: tuple[str, ...]) -> None:
    told, wrong = field.validate(value, {}, loc=where)
    if wrong:
        errors.extend(wrong)
    else:
        values[field.name] = told


def _query_of(fields: list[ModelField]) -> Callable[[Request, Values, Errors], None] | None:
    """How the query is read: a model of plain names directly, everything else as FastAPI reads it."""
    if not fields:
        return None
    field, model = fields[0], fields[0].field_info.annotation
    if len(fields) == 1 and isinstance(model, type) and issubclass(model, BaseModel) and _names_only(model):
        return _model_query(field)

    def as_fastapi(request: Request, values: Values, errors: Errors) -> None:
        told, wrong = request_params_to_args(fields, request.query_params)
        values.update(told)
        errors.extend(wrong)

    return as_fastapi


def _model_query(field: ModelField) -> Callable[[Request, Values, Errors], None]:
    known = frozenset(cast("type[BaseModel]", field.field_info.annotation).model_fields)

    def read(request: Request, values: Values, errors: Errors) -> None:
        told: dict[str, object] = {}
        if request.scope["query_string"]:
            query = request.query_params
            # The last one of a known name counts; of an unknown one the model's own rule judges all.
            told = {name: query[name] if name in known else _all_of(query.getlist(name)) for name in query}
        _take(values, errors, field, told, ("query",))

    return read


def _all_of(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


def _names_only(model: type[BaseModel]) -> bool:
    """Whether each field is one text of the query, under its own name."""
    fields = model.model_fields.values()
    return all(
        info.alias is None and info.validation_alias is None and not any(word in repr(info) for word in _LISTS)
        for info in fields
    )


async def _read(request: Request) -> object:
    """The body, of JSON what it says; raises as FastAPI does for what cannot be read."""
    try:
        body = await request.body()
        if not body:
            return PydanticUndefined
        return await request.json() if _is_json(request) else body
    except json.JSONDecodeError as error:
        told = {
            "type": "json_invalid",
            "loc": ("body", error.pos),
            "msg": "JSON decode error",
            "input": {},
            "ctx": {"error": error.msg},
        }
        raise RequestValidationError([told], body=error.doc) from error
    except HTTPException:
        raise
    except Exception as error:
        raise HTTPException(400, "There was an error parsing the body") from error


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type")
    if kind == "application/json" or not kind:
        return bool(kind)
    message = Message()
    message["content-type"] = kind
    subtype = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
