"""Our own limit on calls in one account's name, below Google's (contracts google_calendar.json, `quotas`).

Google counts 600 a minute and account, all our processes together, and refuses for a while whoever is above it. A
process spends half of that: one serves people, one works in the background. One bucket is one moment, "full again at".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final

PER_MINUTE: Final = 300
# What may go at once after a rest; the rest of a minute's share comes evenly.
BURST: Final = 120
_MOST_REMEMBERED: Final = 10_000


class Quota:
    """The buckets of a process. `clock` counts seconds and never goes back."""

    def __init__(
        self, per_minute: int = PER_MINUTE, burst: int = BURST, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Raises ValueError where a burst is no part of what a minute allows."""
        if not 0 < burst < per_minute:
            raise ValueError("a burst is less than what a minute allows")
        self._interval = 60 / (per_minute - burst)
        self._burst = burst
        self._clock = clock
        self._full_at: dict[Hashable, float] = {}

    def take(self, account: Hashable) -> float:
        """Take one call of the account: 0 when taken, else the seconds until one is there, and none taken."""
        now = self._clock()
        if len(self._full_at) >= _MOST_REMEMBERED:
            self._full_at = {one: full for one, full in self._full_at.items() if full > now}
        full = max(self._full_at.get(account, 0.0), now) + self._interval
        wait = full - self._burst * self._interval - now
        if wait > 0:
            return wait
        self._full_at[account] = full
        return 0.0
