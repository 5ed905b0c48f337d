"""JWT HS256 under the session keys for what is no session: links that work once, and browsers that are known.

Every kind has an audience of its own, so that none stands in for another or for a session. Algorithm and keyring are
pinned as in `tokens.py`; `now` is the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import jwt

from core.keyring import NamedKey, parse_keys
from core.secret import Secret
from orchestrator_service.auth.tokens import ALGORITHM, ISSUER, KEY_BYTES, verified_claims

LONGEST: Final = 1000
_REQUIRED: Final = ("exp", "iat", "jti", "aud", "iss", "typ")


class NotSigned(Exception):
    """Not made by us for this audience, altered, or not valid any more. Its message is for engineers."""


class Signer:
    """Issues with the first key of `NEXUS_JWT_KEYS`, reads with any of them."""

    def __init__(self, keys: Secret) -> None:
        """Raises `core.keyring.KeyringError` for no key, a short key or a malformed entry."""
        self._keys: tuple[NamedKey, ...] = parse_keys(keys, minimum=KEY_BYTES)

    def issue(self, claims: Mapping[str, str | int], audience: str, *, now: datetime, lifetime: timedelta) -> Secret:
        """A token of that audience, valid from `now` (aware) for `lifetime`. `claims` bring `typ` and `jti`."""
        payload: dict[str, str | int] = {
            **claims,
            "iss": ISSUER,
            "aud": audience,
            "iat": math.floor(now.timestamp()),
            "exp": math.floor((now + lifetime).timestamp()),
        }
        key = self._keys[0]
        return Secret(jwt.encode(payload, key.material, algorithm=ALGORITHM, headers={"kid": key.kid}))

    def read(self, token: Secret, audience: str, *, now: datetime) -> Mapping[str, object]:
        """The claims of a token of that audience that is valid at `now`. Raises NotSigned."""
        text = token.reveal()
        if len(text) > LONGEST:
            raise NotSigned("too long")
        try:
            claims = verified_claims(self._keys, text, audience=audience, required=_REQUIRED)
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotSigned(type(error).__name__) from None
        ends = claims["exp"]
        if not isinstance(ends, int) or isinstance(ends, bool) or ends <= now.timestamp():
            raise NotSigned("not valid now")
        return claims
