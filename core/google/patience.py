"""When a refused call is made again: truncated exponential backoff with full jitter (contracts google_calendar.json).

Only what Google says to repeat is repeated: 429, 403 for too many requests, and 5xx. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import SystemRandom
from typing import TYPE_CHECKING, Final

from core.http_outcome import SERVER_ERROR, TOO_MANY

if TYPE_CHECKING:
    from collections.abc import Callable

FORBIDDEN: Final = 403
RATE_REASONS: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
FIRST_SECONDS: Final = 0.25
LONGEST_SECONDS: Final = 16.0
MOST_ATTEMPTS: Final = 8


def may_repeat(status: int, reason: str) -> bool:
    """Whether the same call may be made again after such an answer."""
    return status == TOO_MANY or status >= SERVER_ERROR or (status == FORBIDDEN and reason in RATE_REASONS)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before the next attempt. `chance` draws from [0, 1)."""

    chance: Callable[[], float] = field(default=SystemRandom().random)

    def pause(self, attempt: int, retry_after_seconds: int | None) -> float:
        """Seconds to wait after attempt 0, 1, …: anything up to the doubling limit, but never less than asked for."""
        jittered = self.chance() * min(LONGEST_SECONDS, FIRST_SECONDS * 2**attempt)
        return max(jittered, float(retry_after_seconds or 0))
