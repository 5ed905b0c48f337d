"""What HTTP itself says of a request that should be made once, the same for every provider (contracts README §0.3)."""

from __future__ import annotations

from typing import Final

import httpx

from core.whatsapp import Refused, Unknown

TOO_MANY: Final = 429
REQUEST_TIMEOUT: Final = 408
SERVER_ERROR: Final = 500
SEND_TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0)
# 16 MB over a slow line; the worker waits, nobody else does.
UPLOAD_TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
COURTESY_TIMEOUT: Final = httpx.Timeout(4.0, connect=2.0)
MAX_RETRY_AFTER_SECONDS: Final = 86_400
# The request left nothing behind: no connection was made, or none was free.
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def of_failure(error: httpx.HTTPError | httpx.InvalidURL) -> Refused | Unknown:
    """No answer. Only a connection that was never made is surely no send; anything later is Unknown."""
    kind = type(error).__name__
    if isinstance(error, _NEVER_SENT):
        return Refused("CONNECTION_FAILED", kind, retry_after_seconds=None, retryable=True)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Refused("INVALID_ADDRESS", kind, retry_after_seconds=None, retryable=False)
    return Unknown(kind)


def retry_after(response: httpx.Response) -> int | None:
    """Seconds after which the provider wants to be asked again, a day at most; None where it does not say."""
    header = response.headers.get("Retry-After")
    if header is None or not (header.isascii() and header.isdigit()):
        return None
    return min(int(header[:6]), MAX_RETRY_AFTER_SECONDS)
