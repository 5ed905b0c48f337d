"""Time-based codes (RFC 6238: SHA-1, 30 seconds, six digits), as every authenticator app makes them. Pure."""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from typing import Final

from pyotp import random_base32
from pyotp.totp import TOTP

from core.secret import Secret

STEP_SECONDS: Final = 30
WINDOW: Final = 1
_CODE: Final = re.compile(r"[0-9]{6}")
_ISSUER: Final = "Nexus"


def new_secret() -> Secret:
    """160 random bits in base32, as the RFC recommends for SHA-1."""
    return Secret(random_base32())


def otpauth_uri(secret: Secret, email: str) -> Secret:
    """What the QR code says; it holds the secret."""
    return Secret(TOTP(secret.reveal()).provisioning_uri(name=email, issuer_name=_ISSUER))


def is_time_code(code: Secret) -> bool:
    """Whether it has the shape of an app's code; what has not may be a recovery code. Spaces count for nothing."""
    return _CODE.fullmatch(_compact(code)) is not None


def step_at(now: datetime) -> int:
    """The number of the 30-second step."""
    return int(now.timestamp()) // STEP_SECONDS


def matching_step(secret: Secret, code: Secret, now: datetime) -> int | None:
    """The latest step, of this one and its neighbours, whose code it is; None where it is no code of the moment.

    All of them are compared, each in constant time. Whether the step was used already is for the caller.
    """
    maker, sent = TOTP(secret.reveal()), _compact(code).encode()
    current = step_at(now)
    steps = range(current - WINDOW, current + WINDOW + 1)
    fitting = [step for step in steps if hmac.compare_digest(maker.generate_otp(step).encode(), sent)]
    return max(fitting, default=None)


def _compact(code: Secret) -> str:
    return "".join(code.reveal().split())
