"""The key that this installation signs web push messages with (VAPID, RFC 8292): a P-256 key, made once.

Browsers bind their subscriptions to its public half: with another key every device has to be switched on again.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.secret import Secret

KEY_BYTES: Final = 32
PUBLIC: Final = re.compile(r"B[A-Za-z0-9_-]{86}")
"""An uncompressed point of P-256 in base64url, as browsers take it."""


@dataclass(frozen=True, slots=True)
class PushKey:
    """`public` is what browsers are given."""

    public: str
    public_pem: str
    private_pem: Secret

    @classmethod
    def from_text(cls, text: Secret) -> PushKey:
        """Read `NEXUS_PUSH_KEY`: 32 bytes in base64. Raises ValueError, which never says what was there."""
        try:
            material = base64.b64decode(text.reveal(), validate=True)
        except binascii.Error:
            raise ValueError("NEXUS_PUSH_KEY is not base64.") from None
        if len(material) != KEY_BYTES:
            raise ValueError(f"NEXUS_PUSH_KEY has {len(material)} bytes; {KEY_BYTES} are needed.")
        try:
            private = ec.derive_private_key(int.from_bytes(material, "big"), ec.SECP256R1())
        except ValueError:
            raise ValueError("NEXUS_PUSH_KEY is no key of the curve P-256: make another.") from None
        public = private.public_key()
        point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return cls(
            base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
            Secret(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()),
        )
