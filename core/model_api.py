"""One request to an OpenAI-compatible API at an address that a company named (PRODUCT §6.6, §7.5).

By the egress client, once, no redirect followed: the key goes to the named address alone. Branches on the status; what
the model's server says about an error is neither shown nor logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import httpx2

from core.egress import Caps, Egress, EgressFailed
from core.egress_rules import EgressRefused
from core.secret import Secret
from core.whatsapp import JsonObject
from core.wire import UnreadableBodyError, read_object

MODEL_URL: Final = "https://api.openai.com/v1"
LARGEST_ANSWER: Final = 1024 * 1024
_OK: Final = range(200, 300)
_LATER: Final = frozenset({408, 409, 425, 429})
_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Route:
    """Whom to ask: `base_url` ends before `/audio/transcriptions`. `trusted` is an address of the operator's own."""

    base_url: str
    model: str
    key: Secret = field(repr=False)
    trusted: str | None = None

    @property
    def name(self) -> str:
        """Tells this model from one of the same name elsewhere."""
        return f"{self.base_url.rstrip('/')}#{self.model}"


@dataclass(frozen=True, slots=True)
class Words:
    """What the model made of the file; `language` where it tells, `tokens` read and written likewise."""

    text: str
    language: str | None = None
    tokens: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class WordsFailed:
    """Asking again would give the same answer; `reason` is a stable word."""

    reason: str


@dataclass(frozen=True, slots=True)
class WordsLater:
    """The model was busy, slow or away."""

    reason: str
    retry_after_seconds: int | None


Answer: TypeAlias = JsonObject | WordsFailed | WordsLater


async def ask(
    egress: Egress,
    route: Route,
    path: str,
    *,
    seconds: float,
    json: JsonObject | None = None,
    data: dict[str, str] | None = None,
    files: dict[str, tuple[str, bytes, str]] | None = None,
) -> Answer:
    """POST a form or JSON and read the JSON answer, within `seconds`."""
    url = f"{route.base_url.rstrip('/')}{path}"
    headers = {"Authorization": f"Bearer {route.key.reveal()}"}
    try:
        async with egress.client(Caps(LARGEST_ANSWER, seconds)) as client:
            answer = await client.post(url, headers=headers, json=json, data=data, files=files)
    except EgressRefused:
        return WordsFailed("address_refused")
    except (EgressFailed, httpx2.TransportError, TimeoutError):
        return WordsLater("unreachable", None)
    except (httpx2.InvalidURL, ValueError):
        return WordsFailed("address_refused")
    return _of_answer(answer)


def _of_answer(answer: httpx2.Response) -> Answer:
    if answer.status_code in _LATER or answer.status_code >= _SERVER_ERROR:
        wait = answer.headers.get("retry-after", "")
        seconds = int(wait[:4]) if wait.isascii() and wait.isdigit() else None
        return WordsLater(f"http_{answer.status_code}", seconds)
    if answer.status_code not in _OK:
        return WordsFailed(f"http_{answer.status_code}")
    try:
        return read_object(answer.content)
    except UnreadableBodyError:
        return WordsFailed("unreadable_answer")
