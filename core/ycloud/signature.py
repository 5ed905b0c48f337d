"""YCloud's webhook signature: `YCloud-Signature: t=<unix seconds>,s=<64 lowercase hex>` (contracts README §1.1).

HMAC-SHA256 over `ascii(t) + "." + raw body`, keyed with the UTF-8 bytes of the whole secret, `whsec_` included. Pure:
the caller gives the time. `check` tells whether the signature is right and how old it is, so that the endpoint can hold
its own policy (PRODUCT §7.1: stale up to 7 days accepted and counted, more than 300 s ahead refused); `verify` holds
YCloud's recommended one, 300 s both ways.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from core.webhook_signature import SignatureCheck, SignatureReason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.secret import Secret

HEADER: Final = "YCloud-Signature"
ENDPOINT_HEADER: Final = "X-Webhook-Endpoint-ID"
TOLERANCE_SECONDS: Final = 300
_FORMAT: Final = re.compile(r"t=([1-9][0-9]{0,11}),s=([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Verified:
    """Made by one of the secrets, inside the tolerance."""

    age_seconds: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Not to be believed."""

    reason: SignatureReason | Literal["stale", "future"]


def sign(secret: Secret, timestamp: int, body: bytes) -> str:
    """The header that YCloud would send for these bytes at this unix time (seconds)."""
    return f"t={timestamp},s={_digest(secret, timestamp, body)}"


def check(secrets: Sequence[Secret], header: str | None, raw_body: bytes, now: datetime) -> SignatureCheck:
    """Whether any of the secrets signed these bytes; every secret is tried, in constant time, whatever the outcome."""
    if not header:
        return SignatureCheck(valid=False, age_seconds=None, reason="missing")
    found = _FORMAT.fullmatch(header)
    if found is None:
        return SignatureCheck(valid=False, age_seconds=None, reason="malformed")
    candidates = [secret for secret in secrets if secret]
    if not candidates:
        return SignatureCheck(valid=False, age_seconds=None, reason="no_secret")
    timestamp = int(found.group(1))
    matches = [hmac.compare_digest(_digest(secret, timestamp, raw_body), found.group(2)) for secret in candidates]
    age = int(now.timestamp()) - timestamp
    if not any(matches):
        return SignatureCheck(valid=False, age_seconds=age, reason="mismatch")
    return SignatureCheck(valid=True, age_seconds=age, reason=None)


def verify(
    secrets: Sequence[Secret], header: str | None, raw_body: bytes, now: datetime, tolerance: int = TOLERANCE_SECONDS
) -> Verified | Rejected:
    """`check`, and refuse what is more than `tolerance` seconds old or ahead."""
    result = check(secrets, header, raw_body, now)
    if not result.valid or result.age_seconds is None:
        return Rejected(result.reason or "mismatch")
    if result.age_seconds > tolerance:
        return Rejected("stale")
    if result.age_seconds < -tolerance:
        return Rejected("future")
    return Verified(result.age_seconds)


def _digest(secret: Secret, timestamp: int, body: bytes) -> str:
    message = f"{timestamp}.".encode("ascii") + body
    return hmac.new(secret.reveal().encode(), message, hashlib.sha256).hexdigest()
