"""Wrong passwords slow an account's logins down and never shut it (PRODUCT §6.2): nobody can lock the owner out.

After ten failures within fifteen minutes an answer for that account comes later and later, eight seconds at most, for
right and wrong passwords alike. A browser that has logged in before counts by itself. Whoever waits holds no thread and
no connection to the database; how many wait at once is bounded.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from core.client_address import rate_key
from core.errors import TooManyRequests
from core.rate_limit import RateLimiter, parse_rule

FREE_FAILURES: Final = 10
LONGEST_DELAY: Final = 8
MOST_WAITING: Final = 200
MOST_PER_ACCOUNT: Final = 20
# Counted a little beyond the free ones: as far as the delay grows.
FAILURES: Final = parse_rule("14 per 15 minutes", "auth.login.failures")


def delay_after(failures: int) -> int:
    """Seconds: none up to the tenth failure, then 1, 2, 4, 8. Pure."""
    over = failures - FREE_FAILURES
    return 0 if over < 0 else min(LONGEST_DELAY, 2**over)


@dataclass(slots=True)
class WaitingRoom:
    """Who waits in this process: so many in all, so many for one account, and one of an address for one account."""

    waiting: int = 0
    per_account: Counter[str] = field(default_factory=Counter[str])
    places: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    @contextmanager
    def seat(self, account: str, address: str, seconds: int) -> Generator[None]:
        """Take a place while the block lasts. Raises TooManyRequests where none is free."""
        place = (account, rate_key(address))
        full = self.waiting >= MOST_WAITING or self.per_account[account] >= MOST_PER_ACCOUNT
        if full or place in self.places:
            raise TooManyRequests(retry_after=seconds)
        self.waiting += 1
        self.per_account[account] += 1
        self.places.add(place)
        try:
            yield
        finally:
            self.places.discard(place)
            self.per_account[account] -= 1
            if not self.per_account[account]:
                del self.per_account[account]
            self.waiting -= 1


@dataclass(frozen=True, slots=True)
class LoginThrottle:
    """One per process. `sleep` is the loop's own but in tests."""

    limiter: RateLimiter
    room: WaitingRoom = field(default_factory=WaitingRoom)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def delay(self, email: str, device: str | None) -> int:
        """How many seconds an answer for that account, whether it exists or not, is to be held back now."""
        return delay_after(await self.limiter.used(FAILURES, _key(email, device)))

    async def hold(self, email: str, address: str, seconds: int) -> None:
        """Let that time pass. Raises TooManyRequests where too many wait, or that address waits already."""
        with self.room.seat(email, address, seconds):
            await self.sleep(seconds)

    async def failed(self, email: str, device: str | None) -> None:
        """Count a wrong password."""
        await self.limiter.count(FAILURES, _key(email, device))


def _key(email: str, device: str | None) -> str:
    return email if device is None else f"{email}\0{device}"
