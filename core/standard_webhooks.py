"""Signatures of Standard Webhooks, for what we send and for leads that others send (ADR 0039, 0040).

The library of the specification's authors signs and verifies; here it is kept from raising anything else than a
refusal, whatever a stranger puts into the headers.
"""

from __future__ import annotations

import base64
import secrets as random_bytes
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from standardwebhooks import Webhook, WebhookVerificationError

from core.secret import Secret

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
LONGEST_ID: Final = 256
_KEY_BYTES: Final = 32


def new_secret() -> Secret:
    """`whsec_` and 32 random bytes in base64."""
    return Secret(f"whsec_{base64.b64encode(random_bytes.token_bytes(_KEY_BYTES)).decode()}")


def signed(secrets: Sequence[Secret], message_id: str, now: datetime, body: str) -> dict[str, str]:
    """The three headers of one attempt at an aware time; signed by each secret, so that either one verifies."""
    signatures = [Webhook(secret.reveal()).sign(message_id, now, body) for secret in secrets]
    return {ID: message_id, TIMESTAMP: str(int(now.timestamp())), SIGNATURE: " ".join(signatures)}


def verified_id(secrets: Sequence[Secret], headers: Mapping[str, str], body: bytes) -> str | None:
    """The message's id, where one of the secrets signed these bytes within the last five minutes; else None."""
    told = {name: headers.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE)}
    known = [_verifies(secret, told, body) for secret in secrets]
    return told[ID] if any(known) and len(told[ID]) <= LONGEST_ID else None


def _verifies(secret: Secret, headers: dict[str, str], body: bytes) -> bool:
    try:
        Webhook(secret.reveal()).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError):  # what is no base64, no UTF-8 or has no comma is a ValueError
        return False
    return True
