"""A service account's own word, signed with its key, that Google changes for a token (RFC 7523).

PyJWT signs it, which logins have here already: google-auth would add two packages and, for its own HTTP, requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import jwt

from core.google.access import SCOPES
from core.wire import UnreadableBodyError, read_object

if TYPE_CHECKING:
    from core.google.access import ServiceAccount

GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
VALID_SECONDS: Final = 3600


class InvalidKeyError(Exception):
    """The key file is none; the message quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What of a service account's key file is used."""

    address: str
    key_id: str | None
    private_key: str


def read_key_file(account: ServiceAccount) -> KeyFile:
    """Raises InvalidKeyError. `token_uri` in it is not read: a company must not choose where we send its word."""
    try:
        content = read_object(account.key_file.reveal().encode())
    except (UnreadableBodyError, UnicodeEncodeError):
        raise InvalidKeyError("the key file is not JSON") from None
    address, private_key = content.get("client_email"), content.get("private_key")
    key_id = content.get("private_key_id")
    if content.get("type") != "service_account" or not isinstance(address, str) or not isinstance(private_key, str):
        raise InvalidKeyError("this is not a service account's key file")
    return KeyFile(address, key_id if isinstance(key_id, str) else None, private_key)


def assertion(account: ServiceAccount, *, audience: str, now: float) -> str:
    """The signed word, good for an hour at the token address alone. Raises InvalidKeyError."""
    key = read_key_file(account)
    claims = {
        "iss": key.address,
        "scope": " ".join(SCOPES),
        "aud": audience,
        "iat": int(now),
        "exp": int(now) + VALID_SECONDS,
        **({"sub": account.subject} if account.subject else {}),
    }
    headers = {"kid": key.key_id} if key.key_id else None
    try:
        return jwt.encode(claims, key.private_key, algorithm="RS256", headers=headers)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise InvalidKeyError("the private key cannot be read") from None
