"""A write needs the confirmation id of its dry run: of the same key, tool and arguments, once, within ten minutes.

What Redis holds is one hash over all of that, so nothing is there to read, and another key's id is simply none. Where
Redis forgets, a dry run more is needed; where it does not answer, nothing is written.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.errors import Conflict, Unavailable
from core.principal import Principal

SECONDS: Final = 600
_BYTES: Final = 18


class NotConfirmed(Conflict):
    """No dry run of exactly this call waits under that id: it ran out, was used, or was about something else."""

    code = "confirmation_unknown"
    title = "Confirmation Unknown"

    def __init__(self) -> None:
        super().__init__("call the tool again without confirmation_id, and use the id that it answers once, soon")


@dataclass(frozen=True, slots=True)
class Confirmations:
    """One per process; the count is shared. `namespace` keeps installations on one Redis apart."""

    redis: Redis
    namespace: str

    async def issue(self, principal: Principal, tool: str, arguments: str) -> str:
        """An id for this call alone. Raises Unavailable."""
        confirmation_id = secrets.token_urlsafe(_BYTES)
        name = self._name(principal, tool, arguments, confirmation_id)
        try:
            await self.redis.set(name, b"1", ex=SECONDS)
        except (RedisError, OSError, TimeoutError) as error:
            raise Unavailable("confirmations cannot be kept just now") from error
        return confirmation_id

    async def use(self, principal: Principal, tool: str, arguments: str, confirmation_id: str) -> None:
        """Take the id; of two at once, one gets it. Raises NotConfirmed, Unavailable."""
        try:
            waiting = await self.redis.getdel(self._name(principal, tool, arguments, confirmation_id))
        except (RedisError, OSError, TimeoutError) as error:
            raise Unavailable("confirmations cannot be read just now") from error
        if waiting is None:
            raise NotConfirmed

    def _name(self, principal: Principal, tool: str, arguments: str, confirmation_id: str) -> str:
        bound = "\0".join((str(principal.tenant_id), str(principal.key_id), tool, confirmation_id, arguments))
        return f"{self.namespace}:mcp:{hashlib.sha256(bound.encode()).hexdigest()}"
