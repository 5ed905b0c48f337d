"""How fast a business number may send: a token bucket per number, and per pair at Meta (PRODUCT §7.7; README §1.5).

Shared by all workers in Redis, by its own clock, in one step for both buckets. Where Redis is away each process counts
by itself: a limit never costs a message, the provider's own refusal is the second net. A bucket is one moment, "full
again at": it needs no refill and expires by itself (GCRA).
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import structlog
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from redis.asyncio import Redis

    from core.channels import Channel

SECONDS_TO_WAIT_FOR_REDIS: Final = 0.25
PAUSE_SECONDS: Final = 3.0
MOST_REMEMBERED: Final = 10_000
_TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local wait = 0
local full = {}
for i = 1, #KEYS do
    local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    full[i] = math.max(tonumber(redis.call('GET', KEYS[i]) or '0'), now) + interval
    wait = math.max(wait, full[i] - burst * interval - now)
end
if wait > 0 then
    return tostring(wait)
end
for i = 1, #KEYS do
    redis.call('SET', KEYS[i], string.format('%.6f', full[i]), 'PX', math.ceil((full[i] - now) * 1000) + 1000)
end
return '0'
"""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rate:
    """One message each `interval` seconds, `burst` of them at once after a rest."""

    interval: float
    burst: float


@dataclass(frozen=True, slots=True)
class SendingRates:
    """Per provider: what a number may send, and what it may send to one person where the provider limits that."""

    numbers: Mapping[str, Rate]
    pairs: Mapping[str, Rate]


# YCloud sends 80 a second directly; Meta 80 a second, and one each 6 s to one person after a burst (README §1.5, §2).
USUAL: Final = SendingRates(
    numbers={"ycloud": Rate(1 / 80, 80), "meta": Rate(1 / 80, 80)}, pairs={"meta": Rate(6.0, 10)}
)


def read_rates(environment: Mapping[str, str]) -> SendingRates:
    """The operator's rates, the usual ones where nothing is set. Raises ValueError naming the variable."""
    pair = USUAL.pairs["meta"]
    return SendingRates(
        numbers={
            provider: Rate(1 / rate, max(rate, 1.0))
            for provider in USUAL.numbers
            for rate in (_positive(environment, f"NEXUS_{provider.upper()}_PER_SECOND", 80.0),)
        },
        pairs={"meta": Rate(_positive(environment, "NEXUS_META_PAIR_SECONDS", pair.interval), pair.burst)},
    )


def _positive(environment: Mapping[str, str], name: str, usual: float) -> float:
    try:
        number = float(environment.get(name) or usual)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise ValueError(f"{name} is not a number above 0.")
    return number


class SendingLimits:
    """One per worker process."""

    def __init__(self, redis: Redis, namespace: str, rates: SendingRates = USUAL) -> None:
        self._redis = redis
        self._namespace = namespace
        self._rates = rates
        self._memory: dict[str, float] = {}
        self._paused_until = 0.0

    async def take(self, tenant_id: int, channel: Channel, person: str) -> float:
        """Take one token of the number, and of the pair; 0 when taken, else seconds until one is there, none taken."""
        buckets = self._buckets(tenant_id, channel, person)
        if time.monotonic() >= self._paused_until:
            try:
                async with asyncio.timeout(SECONDS_TO_WAIT_FOR_REDIS):
                    return await self._take_shared(buckets)
            except (RedisError, OSError):  # TimeoutError is an OSError
                self._paused_until = time.monotonic() + PAUSE_SECONDS
                _log.warning("sending_limits_in_memory", seconds=PAUSE_SECONDS)
        return self._take_here(buckets)

    def _buckets(self, tenant_id: int, channel: Channel, person: str) -> dict[str, Rate]:
        # The braces keep both keys on one node of a cluster.
        number = f"{self._namespace}:send:{{{tenant_id}:{channel.id}}}"
        buckets: dict[str, Rate] = {}
        if (rate := self._rates.numbers.get(channel.provider)) is not None:
            buckets[number] = rate
        if (pair := self._rates.pairs.get(channel.provider)) is not None:
            buckets[f"{number}:{person}"] = pair
        return buckets

    async def _take_shared(self, buckets: Mapping[str, Rate]) -> float:
        told = [part for rate in buckets.values() for part in (rate.interval, rate.burst)]
        answer = await cast("Awaitable[bytes]", self._redis.eval(_TAKE, len(buckets), *buckets, *map(repr, told)))
        return float(answer)

    def _take_here(self, buckets: Mapping[str, Rate]) -> float:
        now = time.monotonic()
        if len(self._memory) >= MOST_REMEMBERED:
            self._memory = {key: full for key, full in self._memory.items() if full > now}
        full = {key: max(self._memory.get(key, 0.0), now) + rate.interval for key, rate in buckets.items()}
        wait = max((full[key] - rate.burst * rate.interval - now for key, rate in buckets.items()), default=0.0)
        if wait > 0:
            return wait
        self._memory |= full
        return 0.0
