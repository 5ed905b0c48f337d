"""The seed's two-minute cache of webhooks (seed §7): speed only. Losing it changes no outcome (PRODUCT §7.2)."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Sequence
from typing import Final, TypeAlias, cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

SECONDS: Final = 120
PAUSE_SECONDS: Final = 1.0
_KEEP: Final = (
    "for n, key in ipairs(KEYS) do redis.call('SET', key, ARGV[n + 1], 'EX', ARGV[1]) end"  # one command, one answer
)

Seen: TypeAlias = tuple[str, bytes]
"""An event's id and the digest of its body."""

_log = structlog.get_logger(__name__)


class FastPath:
    """Remembers the body's hash of events that are committed; only an equal hash short-circuits.

    `namespace` keeps installations on one Redis apart: both count their tenants from 1. Where Redis does not answer it
    is left alone for a second, so that a delivery of many events waits for it once.
    """

    def __init__(self, redis: Redis, namespace: str) -> None:
        self._redis = redis
        self._namespace = namespace
        self._paused_until = 0.0

    async def has(self, tenant_id: int, provider: str, event_id: str, body_hash: bytes) -> bool:
        """Whether this very body was accepted within the last two minutes. Redis being away means: not known."""
        return bool(await self.known(tenant_id, provider, [(event_id, body_hash)]))

    async def known(self, tenant_id: int, provider: str, events: Sequence[Seen]) -> set[Seen]:
        """Those of them whose very body was accepted within the last two minutes, asked at once."""
        if not events or time.monotonic() < self._paused_until:
            return set()
        try:
            kept = await self._redis.mget([self._key(tenant_id, provider, event_id) for event_id, _ in events])
        except (RedisError, OSError, TimeoutError):
            self._pause()
            return set()
        return {event for event, body_hash in zip(events, kept, strict=True) if body_hash == event[1]}

    async def remember(self, tenant_id: int, provider: str, event_id: str, body_hash: bytes) -> None:
        """Note an accepted event; call it after the commit only."""
        await self.remember_all(tenant_id, provider, [(event_id, body_hash)])

    async def remember_all(self, tenant_id: int, provider: str, events: Sequence[Seen]) -> None:
        """Note accepted events, at once; call it after the commit only."""
        if not events or time.monotonic() < self._paused_until:
            return
        try:
            keys = [self._key(tenant_id, provider, event_id) for event_id, _ in events]
            hashes = [body_hash for _, body_hash in events]
            await cast("Awaitable[None]", self._redis.eval(_KEEP, len(keys), *keys, SECONDS, *hashes))
        except (RedisError, OSError, TimeoutError):
            self._pause()

    def _pause(self) -> None:
        self._paused_until = time.monotonic() + PAUSE_SECONDS
        _log.warning("fast_path_unavailable", seconds=PAUSE_SECONDS)

    def _key(self, tenant_id: int, provider: str, event_id: str) -> str:
        return f"{self._namespace}:webhook:{tenant_id}:{provider}:{event_id}"
