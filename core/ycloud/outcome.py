"""What an answer, or the lack of one, of YCloud's means: taken, surely refused, or not known (README §0.3, §1.5).

Branches on the HTTP status and `error.code`, never on the message. Pure except for reading httpx's values.
"""

from __future__ import annotations

from typing import Final

import httpx

from core.whatsapp import Accepted, JsonObject, Refused, SendResult, Unknown
from core.ycloud.models import ErrorBody, ErrorEnvelope, MessageBody
from core.ycloud.wire import UnreadableBodyError, read_object

MAX_RETRY_AFTER_SECONDS: Final = 86_400
_TOO_MANY: Final = 429
_REQUEST_TIMEOUT: Final = 408
_SERVER_ERROR: Final = 500
# The request left nothing behind: no connection was made, or none was free.
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def of_send(response: httpx.Response) -> SendResult:
    """The result of a send that was answered."""
    if not response.is_success:
        return of_error(response)
    try:
        body = MessageBody.model_validate(read_object(response.content))
    except UnreadableBodyError as error:
        return Unknown(f"accepted, but the answer is {error}")
    if body.status == "failed":
        code = (body.api_error.code if body.api_error else None) or body.error_code or "failed"
        return Refused(code, body.error_message or "", retry_after_seconds=None, retryable=False)
    if body.id is None:
        return Unknown("accepted without an id")
    return Accepted(provider_id=body.id, wamid=body.wamid)


def of_error(response: httpx.Response) -> Refused | Unknown:
    """An answer outside 2xx. A 5xx may have reached WhatsApp, so it is Unknown; a 429 is safe to schedule again."""
    if response.status_code >= _SERVER_ERROR or response.status_code == _REQUEST_TIMEOUT:
        return Unknown(f"HTTP {response.status_code} {error_body(response).code or ''}".strip())
    error = error_body(response)
    api_code = error.api_error.code if error.api_error else None
    return Refused(
        code=api_code or error.code or f"HTTP_{response.status_code}",
        message=(error.api_error.message if error.api_error else None) or error.message or "",
        retry_after_seconds=_retry_after(response.headers.get("Retry-After")),
        retryable=response.status_code == _TOO_MANY,
    )


def of_failure(error: httpx.HTTPError | httpx.InvalidURL) -> Refused | Unknown:
    """No answer. Only a connection that was never made is surely no send; anything later is Unknown."""
    kind = type(error).__name__
    if isinstance(error, _NEVER_SENT):
        return Refused("CONNECTION_FAILED", kind, retry_after_seconds=None, retryable=True)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Refused("INVALID_ADDRESS", kind, retry_after_seconds=None, retryable=False)
    return Unknown(kind)


def error_body(response: httpx.Response) -> ErrorBody:
    """`error` of the answer, empty where there is none to read."""
    content: JsonObject
    try:
        content = read_object(response.content)
    except UnreadableBodyError:
        content = {}
    return ErrorEnvelope.model_validate(content).error or ErrorBody.model_validate({})


def _retry_after(header: str | None) -> int | None:
    if header is None or not (header.isascii() and header.isdigit()):
        return None
    return min(int(header[:6]), MAX_RETRY_AFTER_SECONDS)
