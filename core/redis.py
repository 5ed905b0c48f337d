"""Redis is speed, never truth: short timeouts, and every caller goes on without it."""

from __future__ import annotations

from typing import Final

from redis.asyncio import Redis

TIMEOUT_SECONDS: Final = 0.3


def open_redis(url: str) -> Redis:
    """A client of the server at `url`; it connects at the first use and answers or fails within 0.3 s."""
    return Redis.from_url(url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)
