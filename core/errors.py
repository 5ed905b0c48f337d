"""The one tree of refusals, and the answer each becomes (RFC 9457, PRODUCT §6.5). Pure: no framework, no I/O.

Use cases define their own subclasses next to themselves and give them a stable `code`; clients branch on the code,
people read `title` and `detail`. `detail` and `extra` are sent to the client: no SQL, no secret, nobody else's data.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from core.json_types import Json

if TYPE_CHECKING:
    from collections.abc import Mapping

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:nexus:problem:"
_RESERVED: Final = frozenset({"type", "title", "status", "code", "detail"})


class NexusError(Exception):
    """A refusal with an HTTP status and a stable snake_case `code`. Raise a subclass.

    `codes` are all that an instance may have, where one class stands for several.

    `detail` is one sentence for the person; `extra` are further JSON members of the problem, whose names must not be
    those of RFC 9457 or `code` (ValueError).
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal Server Error"
    codes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, detail: str | None = None, *, extra: Mapping[str, Json] | None = None) -> None:
        members = dict(extra or {})
        if clash := _RESERVED & members.keys():
            raise ValueError(f"extra members {sorted(clash)} are reserved")
        super().__init__(detail or self.title)
        self.detail = detail
        self.extra: Mapping[str, Json] = MappingProxyType(members)

    def headers(self) -> dict[str, str]:
        """Response headers that belong to this refusal."""
        return {}


class BadInput(NexusError):
    """A malformed payload. Only that: a well-formed request that a rule refuses is a `Conflict` or `Forbidden`."""

    status = 422
    code = "malformed"
    title = "Unprocessable Content"


class Unstorable(BadInput):
    """A value that no row can hold: a number or a time out of range, a text with NUL or half a character."""

    def __init__(self) -> None:
        super().__init__("a value is out of range, or holds a character that cannot be stored")


class Unauthorized(NexusError):
    """Nobody is logged in, or the session, key or password is not valid."""

    status = 401
    code = "unauthorized"
    title = "Unauthorized"

    def headers(self) -> dict[str, str]:
        """RFC 9110 §15.5.2 wants a challenge; API keys are bearer tokens."""
        return {"WWW-Authenticate": "Bearer"}


class Forbidden(NexusError):
    """The caller is known and may not do this. Never for a record of another tenant: that is `NotFound`."""

    status = 403
    code = "forbidden"
    title = "Forbidden"


class NotFound(NexusError):
    """Missing, foreign or out of scope: the answer is the same bytes, so `detail` and `extra` are never sent."""

    status = 404
    code = "not_found"
    title = "Not Found"


class Conflict(NexusError):
    """The state of the record, or a rule of the business, refuses a well-formed request."""

    status = 409
    code = "conflict"
    title = "Conflict"


class UnsupportedMediaType(NexusError):
    """The body is not of a type that this route reads."""

    status = 415
    code = "unsupported_media_type"
    title = "Unsupported Media Type"


class _Later(NexusError):
    """A refusal that time heals. `retry_after` is in whole seconds, at least 1."""

    def __init__(
        self, detail: str | None = None, *, retry_after: int = 1, extra: Mapping[str, Json] | None = None
    ) -> None:
        super().__init__(detail, extra=extra)
        self.retry_after = max(1, retry_after)

    def headers(self) -> dict[str, str]:
        """`Retry-After` in seconds."""
        return {"Retry-After": str(self.retry_after)}


class TooManyRequests(_Later):
    """A rate limit; `retry_after` seconds from now one request fits again."""

    status = 429
    code = "rate_limited"
    title = "Too Many Requests"


class Unavailable(_Later):
    """Something we depend on does not answer; `retry_after` seconds from now it may."""

    status = 503
    code = "unavailable"
    title = "Service Unavailable"


def problem(error: NexusError) -> dict[str, Json]:
    """The body of the answer, in a fixed order of members.

    The correlation id is not in it (it travels in a header), so that two 404s are the same bytes.
    """
    body: dict[str, Json] = {
        "type": TYPE_PREFIX + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
    }
    if isinstance(error, NotFound):
        return body
    if error.detail is not None:
        body["detail"] = error.detail
    return body | dict(error.extra)
