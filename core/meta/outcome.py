"""What an answer of Meta's means: taken, surely refused, or not known (README §0.3, §2).

Branches on the HTTP status and `error.code`, never on the message. Pure except for reading httpx's values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.http_outcome import REQUEST_TIMEOUT, SERVER_ERROR, TOO_MANY, retry_after
from core.meta.models import ErrorBody, SentBody
from core.whatsapp import Accepted, Refused, SendResult, Unknown
from core.wire import UnreadableBodyError, object_at, objects_at, read_object

if TYPE_CHECKING:
    import httpx

# Rates of the app, the account, the number and the pair: refused before anything was sent, whatever the HTTP status.
RATE_CODES: Final = frozenset({"4", "80007", "130429", "131056"})
PAIR_LIMITED: Final = "131056"
PAIR_SECONDS: Final = 6
_GONE: Final = frozenset({404, 410})
_NO_SUCH_OBJECT: Final = "100"  # Graph's word for an id that does not exist any more


def of_send(response: httpx.Response) -> SendResult:
    """The result of a send that was answered. A message held for review is taken: its status tells the rest."""
    if not response.is_success:
        return of_error(response)
    try:
        sent = objects_at(read_object(response.content), "messages")
    except UnreadableBodyError as error:
        return Unknown(f"accepted, but the answer is {error}")
    wamid = SentBody.model_validate(sent[0]).id if sent else None
    return Accepted(provider_id=wamid, wamid=wamid) if wamid else Unknown("accepted without an id")


def of_error(response: httpx.Response) -> Refused | Unknown:
    """An answer outside 2xx. A 5xx may have reached WhatsApp, so it is Unknown; a rate limit may be tried later."""
    error = error_body(response)
    if error.code not in RATE_CODES and (
        response.status_code >= SERVER_ERROR or response.status_code == REQUEST_TIMEOUT
    ):
        return Unknown(f"HTTP {response.status_code} {error.code or ''}".strip())
    wait = PAIR_SECONDS if error.code == PAIR_LIMITED else None
    return Refused(
        code=error.code or f"HTTP_{response.status_code}",
        message=error.message or "",
        retry_after_seconds=retry_after(response) or wait,
        retryable=response.status_code == TOO_MANY or error.code in RATE_CODES,
    )


def of_media_error(response: httpx.Response) -> Refused | Unknown:
    """Why a file is not described: `gone` where Meta keeps it no more, 7 days after its webhook."""
    told = of_error(response)
    if isinstance(told, Refused) and (response.status_code in _GONE or told.code == _NO_SUCH_OBJECT):
        return Refused("gone", told.message, retry_after_seconds=None, retryable=False)
    return told


def error_body(response: httpx.Response) -> ErrorBody:
    """`error` of the answer, empty where there is none to read."""
    try:
        content = object_at(read_object(response.content), "error")
    except UnreadableBodyError:
        content = None
    return ErrorBody.model_validate(content or {})
