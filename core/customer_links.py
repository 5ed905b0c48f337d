"""Short signed links for people without an account (ADR 0020): they name a row, and the signature says that we did.

The key comes from the installation's directory key, which every process has and no database: neither a reader of the
database nor somebody with another link can make one. What a link may do, and how often, its row says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from core.principal import TenantId

_ROW: Final = struct.Struct(">I16s")
_MAC_BYTES: Final = 16
_BYTES: Final = _ROW.size + _MAC_BYTES
TOKEN_LENGTH: Final = _BYTES * 4 // 3  # 48, without padding


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """What a verified link names."""

    tenant_id: TenantId
    row_id: UUID


@dataclass(frozen=True, slots=True)
class CustomerLinks:
    """Makes and reads them. `purpose` keeps the links of one use from standing in for those of another.

    `host` is what links begin with; None where customers cannot reach this installation: then none is sent.
    """

    directory_key: bytes = field(repr=False)
    purpose: str
    path: str
    host: str | None

    def token(self, row: LinkedRow) -> str:
        """48 characters of URL-safe base64."""
        named = _ROW.pack(row.tenant_id, row.row_id.bytes)
        return base64.urlsafe_b64encode(named + self._mac(named)).decode()

    def read(self, token: str) -> LinkedRow | None:
        """The row that a token names; None for whatever we did not make for this purpose."""
        if len(token) != TOKEN_LENGTH or not token.isascii():
            return None
        try:
            raw = base64.b64decode(token, altchars=b"-_", validate=True)
        except binascii.Error:
            return None
        named, mac = raw[: _ROW.size], raw[_ROW.size :]
        if not hmac.compare_digest(mac, self._mac(named)):
            return None
        tenant_id, row_id = _ROW.unpack(named)
        return LinkedRow(TenantId(tenant_id), UUID(bytes=row_id))

    def address(self, row: LinkedRow) -> str | None:
        """What is sent to the person; None where there is no host."""
        return f"{self.host}{self.path}{self.token(row)}" if self.host is not None else None

    def _mac(self, named: bytes) -> bytes:
        key = hmac.digest(self.directory_key, b"customer link\0" + self.purpose.encode(), hashlib.sha256)
        return hmac.digest(key, named, hashlib.sha256)[:_MAC_BYTES]
