"""Whether a request is one that Google's discovery document knows: its path, its parameters and its body."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import unquote

from jsonschema import Draft202012Validator, FormatChecker

from core.google.access import SCOPES

if TYPE_CHECKING:
    import httpx2

    from core.whatsapp import Json, JsonObject

DISCOVERY: Final = Path(__file__).parents[1] / "fixtures" / "contracts" / "google_discovery.json"
API: Final = "/calendar/v3/"
OUTSIDE: Final = frozenset({"/token", "/revoke", "/oauth2/token", "/oauth2/revoke"})


class UnknownToGoogleError(AssertionError):
    """The request is none that the discovery document describes."""


def check_request(request: httpx2.Request) -> str:
    """The method's name. Raises UnknownToGoogleError for a path, parameter or field that Google does not know."""
    path = request.url.path
    if path in OUTSIDE:
        return path
    name, method, values = _method(request.method, request.url.raw_path.decode().partition("?")[0])
    given = {key: request.url.params.get_list(key) for key in request.url.params}
    parameters = cast("dict[str, JsonObject]", method["parameters"])
    for key, texts in given.items():
        known = parameters.get(key)
        if known is None or known["location"] != "query" or (len(texts) > 1 and not known.get("repeated")):
            raise UnknownToGoogleError(f"{name}: parameter {key}")
        for text in texts:
            _check(_as_value(known, text), _rule(known), f"{name}: {key}={text}")
    missing = [key for key, rule in parameters.items() if rule.get("required") and key not in {*values, *given}]
    if missing:
        raise UnknownToGoogleError(f"{name}: {missing} missing")
    if not set(cast("list[str]", method["scopes"])) & set(SCOPES):
        raise UnknownToGoogleError(f"{name}: not within the scopes that we ask for")
    _check_body(request, name, method)
    return name


def _check_body(request: httpx2.Request, name: str, method: JsonObject) -> None:
    raw = request.content
    if ("request" in method) != bool(raw):
        raise UnknownToGoogleError(f"{name}: a body where there is none, or none where there is one")
    if not raw:
        return
    if request.headers.get("content-type") != "application/json":
        raise UnknownToGoogleError(f"{name}: the body is not said to be JSON")
    body: Json = json.loads(raw)
    # A change names with null what it takes away.
    if request.method == "PATCH":
        body = _without_nulls(body)
    _check(body, {"$ref": f"#/$defs/{method['request']}", "$defs": _schemas()}, name)


def _method(verb: str, raw_path: str) -> tuple[str, JsonObject, dict[str, str]]:
    for name, method in cast("dict[str, JsonObject]", _document()["methods"]).items():
        pattern = API + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", str(method["path"]))
        matched = re.fullmatch(pattern, raw_path)
        if matched is not None and method["httpMethod"] == verb:
            return name, method, {key: unquote(value) for key, value in matched.groupdict().items()}
    raise UnknownToGoogleError(f"{verb} {raw_path}")


def _as_value(rule: JsonObject, text: str) -> Json:
    if rule["type"] == "integer" and text.isdigit():
        return int(text)
    return {"true": True, "false": False}.get(text, text) if rule["type"] == "boolean" else text


def _rule(known: JsonObject) -> JsonObject:
    bounds = {name: int(str(known[name])) for name in ("minimum", "maximum") if name in known}
    return {name: known[name] for name in ("type", "format", "enum") if name in known} | bounds


def _check(value: Json, rule: JsonObject, where: str) -> None:
    # What the fixture says of formats is checked where the library can: dates and times of day.
    errors = list(Draft202012Validator(rule, format_checker=FormatChecker()).iter_errors(value))
    if errors:
        raise UnknownToGoogleError(f"{where}: {errors[0].message}")


@cache
def _document() -> JsonObject:
    return json.loads(DISCOVERY.read_text(encoding="utf-8"))


@cache
def _schemas() -> JsonObject:
    return {name: _strict(schema) for name, schema in cast("JsonObject", _document()["schemas"]).items()}


def _strict(schema: Json) -> Json:
    """As JSON Schema, and no field beside those that are named."""
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(value) for name, value in schema.items()}
    if "$ref" in schema:
        strict["$ref"] = f"#/$defs/{schema['$ref']}"
    fields = schema.get("properties")
    if isinstance(fields, dict):
        strict["properties"] = {name: _strict(value) for name, value in fields.items()}
        strict.setdefault("additionalProperties", False)
    return strict


def _without_nulls(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return value
