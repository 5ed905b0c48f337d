"""One message to a browser's push service (RFC 8030, 8291, 8292): sealed for that browser, signed by the installation.

The library seals and signs; the request leaves by the egress client, which checks the address when it connects. The
push service learns who asks, when, and how urgent it is; neither what is said nor, by the padding, how much.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import httpx2
from pydantic import AnyHttpUrl
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys

from core.egress import Caps, Egress, EgressFailed
from core.egress_rules import EgressRefused
from core.push_key import PushKey
from orchestrator_service.alerts.models import Endpoint

Urgency: TypeAlias = Literal["normal", "high"]
KEPT_SECONDS: Final = 12 * 3600
SIGNED_SECONDS: Final = 12 * 3600
BLOCK: Final = 256
_CAPS: Final = Caps(most_bytes=64 * 1024, seconds=15)
_GONE: Final = frozenset({404, 410})
_TOO_MANY: Final = 429
_BROKEN: Final = 500
_LONGEST_WAIT: Final = 3600


@dataclass(frozen=True, slots=True)
class Outcome:
    """`gone`: the browser has withdrawn; `again`: surely not taken, maybe later; `unknown`: nobody knows."""

    state: Literal["sent", "gone", "again", "failed", "unknown"]
    reason: str | None = None
    wait_seconds: int | None = None


class PushSender:
    """The way to push services; `subject` is the e-mail address at which they find whoever runs this installation."""

    def __init__(self, egress: Egress, key: PushKey, subject: str) -> None:
        self._egress = egress
        self._pusher = WebPush(
            key.private_pem.reveal().encode(),
            key.public_pem.encode(),
            subscriber=subject,
            ttl=KEPT_SECONDS,
            expiration=SIGNED_SECONDS,
        )

    async def send(self, endpoint: Endpoint, payload: dict[str, str], *, tag: str, urgency: Urgency) -> Outcome:
        """Send once, never retrying. Where several of one `tag` wait at the service, the last one stays."""
        where = WebPushSubscription(
            endpoint=AnyHttpUrl(endpoint.url.reveal()),
            keys=WebPushKeys(auth=endpoint.auth.reveal(), p256dh=endpoint.p256dh),
        )
        message = self._pusher.get(padded(payload), where)
        headers = {name: str(value) for name, value in message.headers.items()}
        headers |= {"urgency": urgency, "topic": topic_of(tag)}
        try:
            async with self._egress.client(_CAPS) as client:
                answer = await client.post(endpoint.url.reveal(), content=message.encrypted, headers=headers)
        except EgressRefused as error:
            return Outcome("gone", error.detail)
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            return Outcome("again", "no_connection")
        except (EgressFailed, httpx2.TransportError) as error:
            return Outcome("unknown", type(error).__name__)
        return outcome_of(answer.status_code, answer.headers.get("retry-after"))


def padded(payload: dict[str, str]) -> bytes:
    """The JSON with spaces behind it, so that its length tells little."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % BLOCK)


def topic_of(tag: str) -> str:
    """32 characters that name the record to the push service without telling which it is."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:32]


def outcome_of(status: int, retry_after: str | None) -> Outcome:
    """What the push service's answer means."""
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's successes
        return Outcome("sent")
    if status in _GONE:
        return Outcome("gone", str(status))
    if status == _TOO_MANY or status >= _BROKEN:
        wait = min(int(retry_after), _LONGEST_WAIT) if retry_after and retry_after.isdecimal() else None
        return Outcome("again", str(status), wait)
    return Outcome("failed", str(status))
