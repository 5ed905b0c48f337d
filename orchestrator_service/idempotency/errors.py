"""How a request with an `Idempotency-Key` is refused."""

from __future__ import annotations

from typing import ClassVar

from core.errors import BadInput, Conflict


class BadKey(BadInput):
    """An `Idempotency-Key` is 1 to 255 printable ASCII characters, and there is one."""

    code = "bad_idempotency_key"


class KeyReused(BadInput):
    """The key belongs to another request: another body, another record, other parameters."""

    code = "idempotency_key_reused"
    title = "Idempotency Key Reused"


class StillRunning(Conflict):
    """The first request with that key is not answered yet."""

    code = "idempotency_key_in_use"
    title = "Idempotency Key In Use"
    retry_after: ClassVar[int] = 1

    def headers(self) -> dict[str, str]:
        """`Retry-After` in seconds."""
        return {"Retry-After": str(self.retry_after)}
