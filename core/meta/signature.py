"""Meta's webhook signature, `X-Hub-Signature-256: sha256=<hex>`, and the handshake that subscribes an address.

HMAC-SHA256 over the raw body, keyed with the app's secret; no timestamp is signed, so the unique event ids are the only
defence against a replay (meta_whatsapp.json, `signature`). Pure.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final

from core.webhook_signature import SignatureCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.secret import Secret

HEADER: Final = "X-Hub-Signature-256"
_FORMAT: Final = re.compile(r"sha256=([0-9a-fA-F]{64})", re.ASCII)


def sign(secret: Secret, body: bytes) -> str:
    """The header that Meta would send for these bytes."""
    return f"sha256={_digest(secret, body)}"


def check(secrets: Sequence[Secret], header: str | None, raw_body: bytes) -> SignatureCheck:
    """Whether any of the secrets signed these bytes; every secret is tried, in constant time, whatever the outcome."""
    if not header:
        return SignatureCheck(valid=False, age_seconds=None, reason="missing")
    found = _FORMAT.fullmatch(header)
    if found is None:
        return SignatureCheck(valid=False, age_seconds=None, reason="malformed")
    candidates = [secret for secret in secrets if secret]
    if not candidates:
        return SignatureCheck(valid=False, age_seconds=None, reason="no_secret")
    matches = [hmac.compare_digest(_digest(secret, raw_body), found.group(1).lower()) for secret in candidates]
    if not any(matches):
        return SignatureCheck(valid=False, age_seconds=None, reason="mismatch")
    return SignatureCheck(valid=True, age_seconds=None, reason=None)


def is_verify_token(expected: Secret | None, offered: str) -> bool:
    """Whether a handshake knows the token that was agreed on; no token agrees with none."""
    if not expected:
        return False
    return hmac.compare_digest(expected.reveal().encode(), offered.encode("utf-8", "surrogatepass"))


def _digest(secret: Secret, body: bytes) -> str:
    return hmac.new(secret.reveal().encode(), body, hashlib.sha256).hexdigest()
