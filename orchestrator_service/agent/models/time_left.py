"""How long a turn may still think (PRODUCT §8.3): one deadline for all its calls, shared out as it goes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

# All attempts together; with the reply they fit the failure budget of 30 seconds.
THINKING_SECONDS: Final = 25.0
# What one call may take of the time left while there is somebody else to ask: 15 of 25 seconds, then 6, then 4.
SHARE: Final = 0.6
LEAST_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Until `ends`, on the clock of the loop."""

    ends: float

    @classmethod
    def start(cls, seconds: float = THINKING_SECONDS) -> TimeLeft:
        """From now on."""
        return cls(asyncio.get_running_loop().time() + seconds)

    @property
    def seconds(self) -> float:
        """What is left, never less than nothing."""
        return max(0.0, self.ends - asyncio.get_running_loop().time())

    def for_a_call(self, *, is_last: bool) -> float:
        """What the next call may take. Without enough for one it is nothing."""
        left = self.seconds
        if left < LEAST_SECONDS:
            return 0.0
        return left if is_last else left * SHARE
