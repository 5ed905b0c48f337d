"""Browsers that have logged in to an account before: others' wrong guesses do not slow them down (PRODUCT §6.2).

The cookie opens nothing. It is signed, bound to one account's e-mail by a keyed hash, and outlives the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from core.directory import Directory
from core.secret import Secret
from orchestrator_service.auth.signed import NotSigned, Signer

AUDIENCE: Final = "nexus-device"
LIFETIME: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DeviceCookie:
    """Made in the lifespan. `secure` behind https, as the session's cookie."""

    signer: Signer
    directory: Directory
    secure: bool

    @property
    def name(self) -> str:
        """Bound to this host where the browser can be told so."""
        return "__Host-nexus_device" if self.secure else "nexus_device"

    def set(self, email: str, *, now: datetime) -> str:
        """The value of the `Set-Cookie` header of a login to that account."""
        claims = {"typ": "device", "jti": uuid4().hex, "sub": self._whose(email)}
        token = self.signer.issue(claims, AUDIENCE, now=now, lifetime=LIFETIME).reveal()
        age = int(LIFETIME.total_seconds())
        header = f"{self.name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax"
        return f"{header}; Secure" if self.secure else header

    def known(self, value: str | None, email: str, *, now: datetime) -> str | None:
        """The browser's name where it has logged in to that account; None for every other."""
        if not value:
            return None
        try:
            claims = self.signer.read(Secret(value), AUDIENCE, now=now)
        except NotSigned:
            return None
        return str(claims["jti"]) if claims.get("sub") == self._whose(email) else None

    def _whose(self, email: str) -> str:
        return self.directory.digest("email", email).hex()
