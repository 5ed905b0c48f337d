"""At most one of a kind per minute, over all processes where Redis answers, else per process."""

from __future__ import annotations

import time
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

SECONDS: Final = 60
MOST_REMEMBERED: Final = 10_000


class Rare:
    """Keeps a flood of refusals from flooding the audit log."""

    def __init__(self, redis: Redis, namespace: str) -> None:
        self._redis = redis
        self._namespace = namespace
        self._until: dict[str, float] = {}

    async def is_first(self, what: str) -> bool:
        """Whether nobody asked the same within the last minute."""
        now = time.monotonic()
        if self._until.get(what, 0.0) > now:
            return False
        if len(self._until) >= MOST_REMEMBERED:
            self._until.clear()
        self._until[what] = now + SECONDS
        try:
            return bool(await self._redis.set(f"{self._namespace}:rare:{what}", b"1", ex=SECONDS, nx=True))
        except (RedisError, OSError, TimeoutError):
            return True
