"""Bytes to JSON that the rest of the system can store: what PostgreSQL, UTF-8 or JSON would refuse is mended here.

A signed body may still hold a NUL (refused by PostgreSQL), half a surrogate pair (refused by UTF-8), NaN or an infinite
number (refused by jsonb), or be nested deeper than any stack. None of that may make a delivery fail for ever.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject

MAX_DEPTH: Final = 40


class UnreadableBodyError(Exception):
    """The bytes are no JSON object; the message says why, without quoting them."""


def read_object(raw: bytes) -> JsonObject:
    """The JSON object in these bytes, safe to store. Raises UnreadableBodyError, and nothing else."""
    try:
        value: object = json.loads(raw.decode())
    except UnicodeDecodeError:
        raise UnreadableBodyError("not UTF-8") from None
    except RecursionError:
        raise UnreadableBodyError("nested too deeply") from None
    except ValueError:
        raise UnreadableBodyError("not JSON") from None
    cleaned = clean(value)
    if not isinstance(cleaned, dict):
        raise UnreadableBodyError("not a JSON object")
    return cleaned


def clean(value: object, depth: int = 0) -> Json:
    """A copy that UTF-8, JSON and PostgreSQL accept; what is nested deeper than 40 levels becomes null."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict | list):
        return (
            _clean_container(cast("dict[object, object] | list[object]", value), depth) if depth < MAX_DEPTH else None
        )
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, bool | int | float) else None


def object_at(content: JsonObject, key: str) -> JsonObject | None:
    """The object under a key; None where there is none or it is something else."""
    value = content.get(key)
    return value if isinstance(value, dict) else None


def objects_at(content: JsonObject, key: str) -> tuple[JsonObject, ...]:
    """The objects of the list under a key, leaving out whatever else it holds."""
    value = content.get(key)
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _clean_container(value: dict[object, object] | list[object], depth: int) -> Json:
    if isinstance(value, dict):
        return {clean_text(str(key)): clean(item, depth + 1) for key, item in value.items()}
    return [clean(element, depth + 1) for element in value]


def clean_text(text: str) -> str:
    """The text without NUL, and without halves of surrogate pairs."""
    if text.isascii() and "\x00" not in text:
        return text
    without_nul = text.replace("\x00", "")
    return without_nul.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
