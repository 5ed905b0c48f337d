"""One believable value for every schema of the API: made from its rules, by what its fields are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from core.json_types import Json, JsonObject

Schemas = Mapping[str, JsonObject]

NAMED: Final[Mapping[str, Json]] = {
    "full_name": "Ana Gómez",
    "name": "Ana Gómez",
    "customer": "Ana Gómez",
    "phone": "+5491123456789",
    "phone_shown": "+54 9 11 2345-6789",
    "business_number": "+5491123456789",
    "email": "ana@example.com",
    "company": "Acme SA",
    "need": "Un implante",
    "stage_key": "contacted",
    "source": "whatsapp",
    "currency": "ARS",
    "text": "Hola, ¿en qué te ayudo?",
    "body": "Hola, ¿en qué te ayudo?",
    "title": "Primera reunión",
    "note": "Feriado",
    "question": "¿Cuánto cuesta un implante?",
    "answer": "Desde 450.000 pesos.",
    "timezone": "America/Argentina/Buenos_Aires",
    "password": "nine purple lanterns drift",
    "code": "123456",
    "shortcut": "saludo",
    "zone": "America/Argentina/Buenos_Aires",
    "start": "09:00",
    "end": "18:00",
    "language": "es",
    "campaign": "Implantes en noviembre",
    "lost_reason": "Precio",
    "username": "ana.gomez",
    "value": "1500.00",
    "key": "contacted",
    "url": "https://example.com/precios",
    "website": "https://example.com/",
    "color": "#3366cc",
    "country": "AR",
    "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
}
FORMATS: Final[Mapping[str, str]] = {
    "date-time": "2026-11-30T15:00:00Z",
    "date": "2026-11-30",
    "time": "15:00:00",
    "uuid": "7a0f4b52-6a6e-4c57-9b8e-3f1f6e0c9a11",
    "uri": "https://example.com/",
    "email": "ana@example.com",
    "binary": "…",
    "password": "nine purple lanterns drift",
}
# Whoever has a pattern gets the first of these that it allows, unless the field's own words do.
LIKELY: Final = (
    "contacted", "ARS", "AR", "09:00", "1500.00", "2026-11-30", "5491123456789", "0123456789abcdef",
    "https://example.com/precios", "ana@example.com", "+5491123456789", "#3366cc", "0", "",
)  # fmt: skip
# Said instead of another field, never beside it.
INSTEAD: Final = frozenset({"lost_reason_other"})
_DEEPEST: Final = 6


def example(schema: JsonObject, schemas: Schemas, name: str = "", depth: int = 0) -> Json:
    """A value that the schema allows. `name` is the field's."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return example(schemas[reference.rpartition("/")[2]], schemas, name, depth + 1)
    for given in ("const", "default"):
        if given in schema and (given == "const" or schema[given] is not None):
            return schema[given]
    for several in ("examples", "enum"):
        listed = schema.get(several)
        if isinstance(listed, list) and listed:
            return listed[0]
    for choice in ("anyOf", "oneOf", "allOf"):
        options = schema.get(choice)
        if isinstance(options, list):
            return _of_choice(options, schemas, name, depth)
    return _of_type(schema, schemas, name, depth)


def _of_choice(options: list[Json], schemas: Schemas, name: str, depth: int) -> Json:
    listed = [option for option in options if isinstance(option, dict)]
    if depth > _DEEPEST and any(option.get("type") == "null" for option in listed):
        return None
    text = next((option for option in listed if option.get("type") == "string" and name in NAMED), None)
    return example(text or listed[0], schemas, name, depth)


def _of_type(schema: JsonObject, schemas: Schemas, name: str, depth: int) -> Json:
    made: Json = None
    match schema.get("type"):
        case "object":
            made = _of_object(schema, schemas, depth)
        case "array":
            made = _of_array(schema, schemas, name, depth)
        case "string":
            made = _text(schema, name)
        case "integer":
            made = int(_number(schema, 12))
        case "number":
            made = _number(schema, 12.5)
        case "boolean":
            made = True
        case _:
            pass
    return made


def _of_object(schema: JsonObject, schemas: Schemas, depth: int) -> JsonObject:
    fields = schema.get("properties")
    if isinstance(fields, dict):
        shown = {name: field for name, field in fields.items() if name not in INSTEAD and isinstance(field, dict)}
        return {name: example(field, schemas, name, depth + 1) for name, field in shown.items()}
    more = schema.get("additionalProperties")
    if not isinstance(more, dict) or not more:
        return {}
    named = schema.get("propertyNames")
    key = example({"type": "string", **named}, schemas, "key") if isinstance(named, dict) else "key"
    return {str(key): example(more, schemas, "", depth + 1)}


def _of_array(schema: JsonObject, schemas: Schemas, name: str, depth: int) -> Json:
    places = schema.get("prefixItems")
    if isinstance(places, list):
        return [example(place, schemas, name, depth + 1) for place in places if isinstance(place, dict)]
    items = schema.get("items")
    if not isinstance(items, dict) or (depth > _DEEPEST and not schema.get("minItems")):
        return []
    least = schema.get("minItems")
    return [example(items, schemas, name.removesuffix("s"), depth + 1)] * max(
        1, int(least if isinstance(least, int) else 1)
    )


def _text(schema: JsonObject, name: str) -> str:
    pattern, form = schema.get("pattern"), schema.get("format")
    if isinstance(form, str) and form in FORMATS:
        return FORMATS[form]
    known = NAMED.get(name)
    text = known if isinstance(known, str) else "texto"
    least, most = schema.get("minLength"), schema.get("maxLength")
    if isinstance(pattern, str) and not re.search(pattern, text):
        text = next((likely for likely in LIKELY if re.search(pattern, likely)), text)
    if isinstance(least, int) and len(text) < least:
        text = text.ljust(least, "x")
    return text[:most] if isinstance(most, int) else text


def _number(schema: JsonObject, wanted: float) -> float:
    low, high = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    if isinstance(high, int | float):
        wanted = min(wanted, high)
    return max(wanted, low + (1 if "exclusiveMinimum" in schema else 0)) if isinstance(low, int | float) else wanted
