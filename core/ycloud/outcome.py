"""What an answer, or the lack of one, of YCloud's means: taken, surely refused, or not known (README §0.3, §1.5).

Branches on the HTTP status and `error.code`, never on the message. Pure except for reading httpx's values.
"""

from __future__ import annotations

import httpx

from core.http_outcome import REQUEST_TIMEOUT, SERVER_ERROR, TOO_MANY, retry_after
from core.whatsapp import Accepted, JsonObject, Refused, SendResult, Unknown
from core.wire import UnreadableBodyError, read_object
from core.ycloud.models import ErrorBody, ErrorEnvelope, MessageBody


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
    if response.status_code >= SERVER_ERROR or response.status_code == REQUEST_TIMEOUT:
        return Unknown(f"HTTP {response.status_code} {error_body(response).code or ''}".strip())
    error = error_body(response)
    api_code = error.api_error.code if error.api_error else None
    return Refused(
        code=api_code or error.code or f"HTTP_{response.status_code}",
        message=(error.api_error.message if error.api_error else None) or error.message or "",
        retry_after_seconds=retry_after(response),
        retryable=response.status_code == TOO_MANY,
    )


def error_body(response: httpx.Response) -> ErrorBody:
    """`error` of the answer, empty where there is none to read."""
    content: JsonObject
    try:
        content = read_object(response.content)
    except UnreadableBodyError:
        content = {}
    return ErrorEnvelope.model_validate(content).error or ErrorBody.model_validate({})
