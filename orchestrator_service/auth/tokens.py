"""Session tokens: JWT HS256 in an HttpOnly cookie (seed §5, PRODUCT §5.1).

The token only says which session row to look up; role and status are read from the database on each request, so that
suspension works at once. The algorithm is pinned, the key is chosen by `kid` from our own keyring only, and all seven
claims are required. `now` is a parameter: the library's own clock checks are switched off and done here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

import jwt

from core.errors import Unauthorized
from core.keyring import parse_keys
from core.principal import TenantId, UserId

if TYPE_CHECKING:
    from core.keyring import NamedKey
    from core.secret import Secret

ALGORITHM: Final = "HS256"
KEY_BYTES: Final = 32
ISSUER: Final = "nexus"
AUDIENCE: Final = "nexus-web"
SESSION: Final = "session"
REQUIRED: Final = ("exp", "iat", "nbf", "jti", "aud", "iss", "typ")
LEEWAY: Final = timedelta(seconds=5)
SECURE_COOKIE: Final = "__Host-nexus_session"
LOOPBACK_COOKIE: Final = "nexus_session"
COOKIE_NAMES: Final = (SECURE_COOKIE, LOOPBACK_COOKIE)
KEPT: Final = 2048  # tokens of ours whose signature has been checked; one that is not ours is never kept
_LONGEST: Final = 4096

Times: TypeAlias = tuple[object, object, object]
"""Issued, valid from, until: as the token says."""


class InvalidSession(Unauthorized):
    """No valid session: missing, expired, altered or of another kind. Which of them is not told."""

    code = "session_invalid"
    title = "Session Invalid"


class ForgedSession(InvalidSession):
    """The same to whoever asks; within, it tells an attack from a session that has merely run out."""


class _RunOut(ValueError):
    """Everything about it was right, once."""


@dataclass(frozen=True, slots=True)
class SessionClaims:
    """What a verified token says. The session row decides whether it still counts."""

    tenant_id: TenantId
    user_id: UserId
    session_id: UUID


class SessionTokens:
    """Issues with the first key of `NEXUS_JWT_KEYS` (`kid:base64[,…]`, ≥ 32 bytes each), reads with any of them."""

    def __init__(self, keys: Secret, *, kind: str = SESSION, audience: str = AUDIENCE) -> None:
        """Raises `core.keyring.KeyringError` for no key, a short key or a malformed entry.

        Tokens of another purpose have a `kind` (`typ`) and an `audience` of their own: none is read as another.
        """
        self._keys: tuple[NamedKey, ...] = parse_keys(keys, minimum=KEY_BYTES)
        self._kind = kind
        self._audience = audience
        # A browser sends the same token again and again: its signature holds once for all, its times are judged afresh.
        self._verified = lru_cache(maxsize=KEPT)(self._verify)

    def issue(self, claims: SessionClaims, *, now: datetime, lifetime: timedelta) -> str:
        """A token valid from `now` (aware) for `lifetime`; the session id is its `jti`."""
        payload: dict[str, str | int] = {
            "typ": self._kind,
            "iss": ISSUER,
            "aud": self._audience,
            "iat": math.floor(now.timestamp()),
            "nbf": math.floor(now.timestamp()),
            "exp": math.floor((now + lifetime).timestamp()),
            "jti": str(claims.session_id),
            "sub": str(claims.user_id),
            "tenant": claims.tenant_id,
        }
        key = self._keys[0]
        return jwt.encode(payload, key.material, algorithm=ALGORITHM, headers={"kid": key.kid})

    def read(self, token: str, *, now: datetime) -> SessionClaims:
        """Verify and parse. Raises `InvalidSession` for everything that is not a token of ours, valid at `now`."""
        try:
            return self._read(token, now)
        except _RunOut:
            raise InvalidSession from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, OSError):
            raise ForgedSession from None

    def _read(self, token: str, now: datetime) -> SessionClaims:
        if len(token) > _LONGEST:
            raise ValueError("too long")
        whose, times = self._verified(token)
        _check_times(times, now)
        return whose

    def _verify(self, token: str) -> tuple[SessionClaims, Times]:
        required = (*REQUIRED, "sub", "tenant")
        claims = verified_claims(self._keys, token, audience=self._audience, required=required)
        if claims["typ"] != self._kind:
            raise ValueError("another kind of token")
        tenant, user = claims["tenant"], claims["sub"]
        if not isinstance(tenant, int) or isinstance(tenant, bool) or not isinstance(user, str):
            raise TypeError("ids of the wrong type")
        whose = SessionClaims(TenantId(tenant), UserId(int(user)), UUID(str(claims["jti"])))
        return whose, (claims["iat"], claims["nbf"], claims["exp"])


def verified_claims(
    keys: Sequence[NamedKey], token: str, *, audience: str, required: Sequence[str]
) -> dict[str, object]:
    """What a token of ours says; its times are the caller's to judge. Raises PyJWTError, ValueError or TypeError."""
    kid = jwt.get_unverified_header(token).get("kid")
    material = next((key.material for key in keys if key.kid == kid), None)
    if material is None:
        raise ValueError("a key that is not ours")
    claims: dict[str, object] = jwt.decode(
        token,
        material,
        algorithms=[ALGORITHM],
        audience=audience,
        issuer=ISSUER,
        options={
            "require": [*required],
            "strict_aud": True,
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
        },
    )
    return claims


def _check_times(times: Times, now: datetime) -> None:
    issued, starts, ends = (_moment(value) for value in times)
    if issued > now + LEEWAY or starts > now + LEEWAY:
        raise ValueError("not valid yet")
    if ends <= now:
        raise _RunOut


def _moment(value: object) -> datetime:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a time is whole seconds")
    return datetime.fromtimestamp(value, UTC)


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """The session cookie's attributes. `secure` behind https; without it only for a plain loopback installation."""

    secure: bool

    @property
    def name(self) -> str:
        """`__Host-` binds the cookie to this host and to https; a browser refuses that name without Secure."""
        return SECURE_COOKIE if self.secure else LOOPBACK_COOKIE

    def set(self, token: str, lifetime: timedelta) -> str:
        """The value of the `Set-Cookie` header of a login."""
        return self._header(token, int(lifetime.total_seconds()))

    def clear(self) -> str:
        """The value of the `Set-Cookie` header of a logout."""
        return self._header("", 0)

    def _header(self, value: str, max_age: int) -> str:
        header = f"{self.name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax"
        return f"{header}; Secure" if self.secure else header
