"""An answer of Google's, or the lack of one, before anybody says what it means for a calendar. Pure.

Branches on the status and Google's reasons, never on the message, which may quote what a person wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from core.google.outcomes import AccessLost, CannotConfirm, Doubt, Refused, Unknown
from core.google.patience import FORBIDDEN, RATE_REASONS
from core.http_outcome import SERVER_ERROR, TOO_MANY
from core.wire import UnreadableBodyError, object_at, objects_at, read_object

OK_CLASS: Final = 2
UNAUTHORIZED: Final = 401
NOT_FOUND: Final = 404
CONFLICT: Final = 409
GONE: Final = 410
_SCOPE_REASONS: Final = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_LONGEST_REASON: Final = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `doubtful`: an earlier attempt of the same call may have been carried out already."""

    status: int
    body: bytes
    reason: str
    retry_after_seconds: int | None = None
    doubtful: bool = False

    @property
    def good(self) -> bool:
        """2xx. The body is yet to be read."""
        return self.status // 100 == OK_CLASS


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing came back. `sent`: the request may have arrived all the same."""

    doubt: Doubt
    sent: bool
    detail: str = ""


Reply: TypeAlias = Answer | NoAnswer | AccessLost


def reason_in(body: bytes) -> str:
    """Google's word for why, cut to what is a word; empty where there is none."""
    try:
        content = read_object(body)
    except UnreadableBodyError:
        return ""
    error = object_at(content, "error")
    if error is None:  # the token endpoint's way
        return _word(content.get("error"))
    reasons = [_word(one.get("reason")) for key in ("errors", "details") for one in objects_at(error, key)]
    scopes = [one for one in reasons if one in _SCOPE_REASONS]
    return next((one for one in (*scopes, *reasons) if one), _word(error.get("status")))


def why_unconfirmed(reply: Answer | NoAnswer) -> CannotConfirm | AccessLost:
    """A reading that failed."""
    if isinstance(reply, NoAnswer):
        return CannotConfirm(reply.doubt, reply.detail)
    if (lost := _scope_lost(reply)) is not None:
        return lost
    return CannotConfirm(doubt_of(reply), f"HTTP {reply.status} {reply.reason}".strip())


def why_not_written(reply: Answer | NoAnswer) -> Refused | Unknown | AccessLost:
    """A write that was not answered with 2xx. Once an attempt may have been carried out, a refusal proves nothing."""
    if isinstance(reply, NoAnswer):
        detail = reply.detail or reply.doubt
        return Unknown(detail) if reply.sent else Refused(reply.doubt, permanent=False)
    if reply.doubtful or reply.status >= SERVER_ERROR:
        return Unknown(f"HTTP {reply.status} {reply.reason}".strip())
    if (lost := _scope_lost(reply)) is not None:
        return lost
    passing = reply.status in {TOO_MANY, UNAUTHORIZED} or reply.reason in RATE_REASONS
    reason = reply.reason or f"HTTP_{reply.status}"
    return Refused(reason, permanent=not passing, retry_after_seconds=reply.retry_after_seconds)


def _scope_lost(reply: Answer) -> AccessLost | None:
    if reply.status == FORBIDDEN and reply.reason in _SCOPE_REASONS:
        return AccessLost("insufficientPermissions", reply.reason)
    return None


def doubt_of(reply: Answer) -> Doubt:
    """Why a refusal or a failure leaves things open."""
    if reply.status >= SERVER_ERROR:
        return "server_error"
    if reply.status == TOO_MANY or reply.reason in {*RATE_REASONS, "quotaExceeded"}:
        return "rate_limited"
    return "not_found" if reply.status == NOT_FOUND else "refused"


def _word(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST_REASON and value.isidentifier() else ""
