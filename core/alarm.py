"""Security events that strangers or retries can cause: one a minute of a kind and cause, so none floods the log."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from core.client_address import rate_key
from core.credentials import VaultError
from core.database import Database
from core.errors import NexusError
from core.json_types import JsonObject
from core.rare import Rare
from core.system_events import Severity, log_security_event

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One per process. Ringing never raises: what it tells of is refused either way."""

    database: Database
    rare: Rare

    async def ring(
        self,
        action: str,
        *,
        cause: str,
        tenant_id: int,
        severity: Severity = "warning",
        user_id: int | None = None,
        subject: str | None = None,
        address: str | None = None,
        detail: JsonObject | None = None,
    ) -> None:
        """Write the event unless one of the same action and cause (an account, an address) was within a minute.

        The addresses of one IPv6 customer are one cause: nobody has a line for each of them.
        """
        # Hashed, so that nobody's address lies readable in Redis.
        hashed = hashlib.blake2b(rate_key(cause).encode(), digest_size=16).hexdigest()
        if not await self.rare.is_first(f"{action}:{hashed}"):
            return
        try:
            await log_security_event(
                self.database,
                action,
                tenant_id=tenant_id,
                severity=severity,
                user_id=user_id,
                subject=subject,
                address=address,
                detail=detail,
            )
        except (NexusError, OSError) as error:
            _log.error("alarm_not_written", action=action, tenant_id=tenant_id, error=type(error).__name__)

    @asynccontextmanager
    async def vault(self, tenant_id: int, subject: str) -> AsyncGenerator[None]:
        """Around what opens a stored secret, outside its transaction: one that does not open is a critical event.

        Its key is gone, or somebody moved it. `subject` says what needed it. The VaultError goes on.
        """
        try:
            yield
        except VaultError as error:
            await self.ring(
                "vault.not_opened",
                cause=f"{tenant_id}:{subject}",
                tenant_id=tenant_id,
                severity="critical",
                subject=subject,
                detail={"reason": str(error)},
            )
            raise
