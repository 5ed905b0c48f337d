"""Fields of a provider's JSON, read leniently: one odd field must not cost a customer's message.

Unknown fields are ignored and a field of an unexpected shape counts as absent.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, WrapValidator

if TYPE_CHECKING:
    from pydantic import ValidatorFunctionWrapHandler

T = TypeVar("T")
MAX_ID: Final = 512
_MILLISECONDS_FROM: Final = 100_000_000_000


def _or_none(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        return None


def _moment(value: object) -> datetime | None:
    """RFC 3339 text, or unix time as a number or digits, in seconds or milliseconds; always aware, in UTC."""
    try:
        if isinstance(value, str) and not value.isdigit():
            parsed = datetime.fromisoformat(value)
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        if isinstance(value, str | int) and not isinstance(value, bool):
            number = int(value)
            return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


Lenient: TypeAlias = Annotated[T | None, WrapValidator(_or_none)]
Text: TypeAlias = Lenient[str]
Id: TypeAlias = Lenient[Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID)]]
Moment: TypeAlias = Annotated[datetime | None, BeforeValidator(_moment)]


class Body(BaseModel):
    """Common to all: unknown fields ignored, numbers accepted where a text is documented."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, populate_by_name=False)
