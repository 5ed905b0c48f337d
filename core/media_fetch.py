"""One download of a file that a provider keeps for us (PRODUCT §7.5, §6.6): the same rules for every adapter.

The key goes to the provider's own origins and nowhere else: a link to another one is not fetched, and a redirect there
is followed without the key and only to public addresses. To ask for a file again is safe, so nothing is lost by an
answer that did not come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from core.egress import Caps, Egress, EgressFailed, EgressTooLarge, Fetched, fetch
from core.egress_rules import EgressRefused
from core.whatsapp import MediaContent, MediaResult, Refused, Unknown

MEDIA_SECONDS: Final = 30.0
MOST_RETRY_AFTER_SECONDS: Final = 3600
_GONE: Final = frozenset({404, 410})
_TOO_MANY: Final = 429
_REQUEST_TIMEOUT: Final = 408
_SERVER_ERROR: Final = 500
_OK: Final = range(200, 300)
_PORTS: Final = {"http": 80, "https": 443}


async def download(
    egress: Egress,
    link: str,
    *,
    homes: tuple[str, ...],
    headers: Mapping[str, str],
    most_bytes: int,
    seconds: float = MEDIA_SECONDS,
) -> MediaResult:
    """GET `link` with `headers` (the key) from one of `homes`, the addresses that the operator set for the provider.

    Refused: `foreign_host`, `address_refused`, `too_large`, `gone` (404 and 410), `HTTP_<status>`; retryable only after
    a 429. Unknown: no answer, or a server's error.
    """
    home = next((home for home in homes if _origin(home) == _origin(link)), None)
    if home is None:
        return _refused("foreign_host", "the link leads to another host than the provider's")
    try:
        async with egress.trusting(home).client(Caps(most_bytes, seconds)) as client:
            return _of_answer(await fetch(client, link, headers=headers, seconds=seconds))
    except EgressRefused as error:
        return _refused("address_refused", str(error))
    except EgressTooLarge:
        return _refused("too_large", f"more than {most_bytes} bytes")
    except EgressFailed as error:
        return Unknown(str(error))


def _of_answer(answer: Fetched) -> MediaResult:
    if answer.status in _OK:
        return MediaContent(answer.body, answer.headers.get("content-type"))
    if answer.status in _GONE:
        return _refused("gone", f"HTTP {answer.status}")
    if answer.status == _TOO_MANY:
        wait = answer.headers.get("retry-after", "")
        seconds = min(int(wait[:6]), MOST_RETRY_AFTER_SECONDS) if wait.isascii() and wait.isdigit() else None
        return Refused("HTTP_429", "", retry_after_seconds=seconds, retryable=True)
    if answer.status >= _SERVER_ERROR or answer.status == _REQUEST_TIMEOUT:
        return Unknown(f"HTTP {answer.status}")
    return _refused(f"HTTP_{answer.status}", "")


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, retry_after_seconds=None, retryable=False)


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port; None for what is no address, which equals no home's."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme]
