"""`/openapi.json` complete (PRODUCT §15): what FastAPI says of the routes, refusals, examples, headers and schemes.

The refusals are read off the code beforehand (`tools/refusals.py`); the examples are made from the schemas.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from core.errors import PROBLEM_MEDIA_TYPE, TYPE_PREFIX
from core.json_types import Json
from orchestrator_service.description.examples import example
from orchestrator_service.description.words import API, HEADERS, PARAMETERS, PROBLEM, SCHEMES, TAGS
from orchestrator_service.idempotency.keys import HEADER, takes_key
from orchestrator_service.preconditions.twins import EDITING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from orchestrator_service.preconditions.twins import Twins

Part: TypeAlias = "dict[str, Json]"  # a part of the document, which is changed in place
REFUSALS: Final = Path(__file__).parent / "refusals.json"
_SENTENCE: Final = re.compile(r"^(.{3,110}?)(?:[.;:](?:\s|$)|$)", re.DOTALL)
_CREATED: Final = "201"
_GIVEN: Final = (HEADER, "If-Match", "If-None-Match")
_REF: Final[Mapping[str, Json]] = {name: {"$ref": f"#/components/parameters/{name}"} for name in _GIVEN}
_ETAG, _REPLAYED, _RETRY = (
    cast("Json", {"$ref": f"#/components/headers/{name}"}) for name in ("ETag", "Idempotency-Replayed", "Retry-After")
)


def install_description(app: FastAPI, twins: Twins, public: frozenset[str]) -> None:
    """Let the application describe itself so. `public` are the operations that ask for nobody, as `GET /healthz`."""
    plain = app.openapi

    def openapi() -> dict[str, object]:
        if app.openapi_schema is None:
            app.openapi_schema = cast("dict[str, object]", described(cast("Part", plain()), twins, public))
        return app.openapi_schema

    app.openapi = openapi


def described(document: Part, twins: Twins, public: frozenset[str]) -> Part:
    """The document, complete."""
    known: dict[str, dict[str, Json]] = json.loads(REFUSALS.read_text(encoding="utf-8"))
    components = _object(document, "components")
    schemas = cast("dict[str, Part]", _object(components, "schemas"))
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = dict(PROBLEM)
    answers = _object(components, "responses")
    components["securitySchemes"] = dict(SCHEMES)
    components["headers"] = dict(HEADERS)
    components["parameters"] = {name: _header(name) for name in _GIVEN}
    document["info"] = {**_object(document, "info"), "description": API}
    document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    for path, method, operation in _operations(document):
        name = f"{method} {path}"
        _describe(operation)
        operation["security"] = [] if name in public else _schemes(method)
        responses = _object(operation, "responses")
        responses.pop("422", None)
        for way in (status for status in responses if status.startswith("3")):
            _object(responses, way).pop("content", None)  # a redirect is no JSON
        responses |= _refusals(cast("list[str]", known["operations"].get(name, [])), known["codes"], answers)
        _add_headers(operation, method, path, twins)
    _add_examples(document, schemas)
    return document


def _operations(document: Part) -> Iterator[tuple[str, str, Part]]:
    for path, methods in _object(document, "paths").items():
        for method, operation in cast("dict[str, Part]", methods).items():
            yield path, method.upper(), operation


def _describe(operation: Part) -> None:
    """The summary is the first sentence of the description; parameters say what they mean."""
    sentence = _SENTENCE.match(str(operation.get("description", "")))
    if sentence:
        operation["summary"] = " ".join(sentence[1].split())
    for parameter in cast("list[Part]", operation.get("parameters", [])):
        named = str(parameter["name"])
        if "description" not in parameter:
            words = PARAMETERS.get(named) or f"The `{named}` of the record." * named.endswith("_id") or named
            parameter["description"] = words


def _schemes(method: str) -> list[Json]:
    return [{"session": []} if method == "GET" else {"session": [], "csrf": []}]


def _refusals(named: list[str], codes: Mapping[str, Json], answers: Part) -> Part:
    """An operation's refusals by status, each kept once for all operations that share it."""
    by_status: dict[str, list[str]] = {}
    for status, code in (each.split(" ", 1) for each in named):
        by_status.setdefault(status, []).append(code)
    found: Part = {}
    for status, its in by_status.items():
        kept = f"Refused{status}_{hashlib.sha256(' '.join(its).encode()).hexdigest()[:8]}"
        answers.setdefault(kept, _refusal(status, its, codes))
        found[status] = {"$ref": f"#/components/responses/{kept}"}
    return found


def _refusal(status: str, its: list[str], codes: Mapping[str, Json]) -> Part:
    meanings = [f"`{code}`: {codes[f'{status} {code}']}" for code in its]
    body: Part = {
        "schema": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "properties": {"code": {"enum": list[Json](its)}, "status": {"const": int(status)}},
        },
        "example": {
            "type": TYPE_PREFIX + its[0],
            "title": its[0].replace("_", " ").title(),
            "status": int(status),
            "code": its[0],
        },
    }
    waits: Part = {"headers": {"Retry-After": _RETRY}} if status in {"429", "503"} else {}
    return {"description": "\n".join(meanings), "content": {PROBLEM_MEDIA_TYPE: body}, **waits}


def _add_headers(operation: Part, method: str, path: str, twins: Twins) -> None:
    """`Idempotency-Key`, `If-Match` and `If-None-Match` where they count, and what comes back with them."""
    responses = cast("dict[str, Part]", _object(operation, "responses"))
    parameters = cast("list[Json]", operation.setdefault("parameters", []))
    twin = twins.of_path(path)
    if takes_key(method, int(_CREATED) if _CREATED in responses else None, path):
        if not any(isinstance(each, dict) and each.get("name") == HEADER for each in parameters):
            parameters.append(_REF[HEADER])
        _object(responses[_CREATED], "headers")["Idempotency-Replayed"] = _REPLAYED
    if method in EDITING and twin is not None:
        parameters.append(_REF["If-Match"])
    tagged = responses.get("200")
    if tagged and "application/json" in _object(tagged, "content") and (method == "GET" or (twin and twin.same)):
        _object(tagged, "headers")["ETag"] = _ETAG
        if method == "GET":
            parameters.append(_REF["If-None-Match"])
            responses["304"] = {
                "description": "It is what `If-None-Match` names.",
                "headers": {"ETag": _ETAG},
            }
    if not parameters:
        del operation["parameters"]


def _header(name: str) -> Part:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": PARAMETERS[name],
        "schema": {"type": "string", "maxLength": 255},
    }


def _add_examples(document: Part, schemas: dict[str, Part]) -> None:
    """Every schema that is a whole body or answer shows one; so it stands there once, however often it is used."""
    for _, _, operation in _operations(document):
        bodies = [operation.get("requestBody"), *_object(operation, "responses").values()]
        for content in (_object(body, "content") for body in bodies if isinstance(body, dict) and "content" in body):
            for shown in content.values():
                schema = shown.get("schema") if isinstance(shown, dict) else None
                if not isinstance(shown, dict) or not isinstance(schema, dict) or "example" in shown:
                    continue
                reference = schema.get("$ref")
                if isinstance(reference, str):
                    whole = schemas[reference.rpartition("/")[2]]
                    whole.setdefault("examples", [example(whole, schemas)])
                else:
                    shown["example"] = example(schema, schemas)


def _object(holder: Part, name: str) -> Part:
    return cast("Part", holder.setdefault(name, {}))
