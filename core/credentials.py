"""The vault's cipher (PRODUCT §4.2): what the `credentials` table holds is made and opened here, and nowhere else.

AES-256-GCM, a fresh 96-bit random nonce for each value, envelope `v2.<kid>.<base64url(nonce + ciphertext + tag)>`. The
associated data binds version, key id, tenant and name, so a value copied to another tenant or name does not open. Old
`gAAAAA…` Fernet tokens (AES-128, bound to nothing) are read and should be rewritten. Nothing falls back to plain text.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import NexusError
from core.keyring import KeyringError, parse_keys
from core.secret import Secret

if TYPE_CHECKING:
    from core.keyring import NamedKey
    from core.principal import TenantId

VERSION: Final = "v2"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
LEGACY_PREFIX: Final = "gAAAAA"
LEGACY_ENTRY: Final = "fernet:"
MASK: Final = "••••"
_SHOWN: Final = 4
_LONG_ENOUGH_TO_SHOW: Final = 12


class VaultError(NexusError):
    """A value that cannot be sealed or opened: wrong key, tenant or name, or tampered with. Says which, never what."""

    status = 503
    code = "vault_unavailable"
    title = "Vault Unavailable"


class UnknownKey(VaultError):
    """The envelope names a key id that the keyring does not hold."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The vault's keys: `keys[0]` seals, all of them open; `legacy` only opens Fernet tokens."""

    keys: tuple[NamedKey, ...]
    legacy: MultiFernet | None = field(default=None, repr=False)

    @classmethod
    def from_text(cls, text: Secret) -> Keyring:
        """Read `NEXUS_VAULT_KEYS`: `kid:base64key[,kid2:base64key][,fernet:kid:fernetkey]`.

        Keys are exactly 32 bytes. Raises `VaultError` when no sealing key is there or an entry is wrong.
        """
        entries = [entry.strip() for entry in text.reveal().split(",")]
        legacy = [entry.removeprefix(LEGACY_ENTRY) for entry in entries if entry.startswith(LEGACY_ENTRY)]
        sealing = [entry for entry in entries if not entry.startswith(LEGACY_ENTRY)]
        try:
            keys = parse_keys(Secret(",".join(sealing)), minimum=KEY_BYTES, maximum=KEY_BYTES)
            old = parse_keys(Secret(",".join(legacy)), minimum=KEY_BYTES, maximum=KEY_BYTES) if legacy else ()
        except KeyringError as error:
            raise VaultError(f"NEXUS_VAULT_KEYS: {error}") from None
        fernets = [Fernet(base64.urlsafe_b64encode(key.material)) for key in old]
        return cls(keys, MultiFernet(fernets) if fernets else None)

    @property
    def active(self) -> NamedKey:
        """The key that seals new values."""
        return self.keys[0]

    def find(self, kid: str) -> NamedKey:
        """The key of that id; raises `UnknownKey`."""
        for key in self.keys:
            if key.kid == kid:
                return key
        raise UnknownKey("the value was sealed with a key that this keyring does not hold")


def seal(keyring: Keyring, plaintext: Secret, *, tenant_id: TenantId, name: str) -> str:
    """Encrypt with the active key for this tenant and credential name. Returns the envelope, ASCII."""
    key = keyring.active
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key.material).encrypt(nonce, plaintext.reveal().encode(), _bound_to(key.kid, tenant_id, name))
    return f"{VERSION}.{key.kid}.{base64.urlsafe_b64encode(nonce + sealed).rstrip(b'=').decode()}"


def open_sealed(keyring: Keyring, envelope: str, *, tenant_id: TenantId, name: str) -> Secret:
    """Decrypt an envelope, or a legacy Fernet token (which is bound to no tenant or name: rewrite it).

    Raises `UnknownKey` for a missing key, else `VaultError`; never returns the envelope or anything unauthenticated.
    """
    if envelope.startswith(LEGACY_PREFIX):
        return _open_legacy(keyring, envelope)
    kid, body = _split(envelope)
    key = keyring.find(kid)
    try:
        plain = AESGCM(key.material).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _bound_to(kid, tenant_id, name))
    except InvalidTag:
        raise VaultError("the value was altered, or belongs to another tenant or name") from None
    return Secret(plain.decode())


def needs_rewrite(envelope: str, keyring: Keyring) -> bool:
    """Whether rotation should seal this value again: a legacy token, or sealed with another key than the active one.

    Raises `VaultError` for what is not an envelope at all.
    """
    return envelope.startswith(LEGACY_PREFIX) or _split(envelope)[0] != keyring.active.kid


def mask(secret: Secret) -> str:
    """What people may see of a stored secret: its last four characters, or none when it is short enough to guess."""
    value = secret.reveal()
    return MASK + value[-_SHOWN:] if len(value) >= _LONG_ENOUGH_TO_SHOW else MASK


def _bound_to(kid: str, tenant_id: TenantId, name: str) -> bytes:
    # Length-prefixed, so that no two different tuples give the same bytes.
    parts = (VERSION.encode(), kid.encode(), str(int(tenant_id)).encode(), name.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _split(envelope: str) -> tuple[str, bytes]:
    parts = envelope.split(".")
    if len(parts) != len(("version", "kid", "body")) or parts[0] != VERSION:
        raise VaultError("the stored value is not a vault envelope")
    encoded = parts[2]
    try:
        body = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise VaultError("the stored value is not a vault envelope") from None
    # Loose trailing bits would be a second spelling of the same value.
    if base64.urlsafe_b64encode(body).rstrip(b"=").decode() != encoded or len(body) < NONCE_BYTES:
        raise VaultError("the stored value is not a vault envelope")
    return parts[1], body


def _open_legacy(keyring: Keyring, token: str) -> Secret:
    if keyring.legacy is None:
        raise UnknownKey("a legacy Fernet value, and the keyring holds no Fernet key")
    try:
        return Secret(keyring.legacy.decrypt(token.encode()).decode())
    except InvalidToken:
        raise VaultError("the legacy value was altered, or its key is not in the keyring") from None
