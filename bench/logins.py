"""What people who log in cost everybody else: the p99 of reads beside four of them, against that without."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from bench.load import Load, loop
from bench.variants import Variant, login
from bench.world import World

READERS: Final = 8
AT_ONCE: Final = 4


@dataclass(frozen=True)
class Interference:
    """`ratio` is the median over the rounds; `logins` how many were served in all, `refused` what was not 2xx."""

    ratio: float
    logins: int
    refused: int


async def measure_logins(world: World, variant: Variant, *, rounds: int, seconds: int) -> Interference:
    """Reads alone, then reads beside logins, `rounds` times."""
    emails = cycle(world.visitors())
    ratios: list[float] = []
    loads: list[Load] = []
    logins = 0
    for _ in range(rounds):
        calm = await _reads(variant, seconds)
        busy, entering = await asyncio.gather(
            _reads(variant, seconds),
            loop(
                variant.server.port, lambda: login(variant.server, next(emails)), connections=AT_ONCE, seconds=seconds
            ),
        )
        ratios.append(busy.percentile(0.99) / calm.percentile(0.99))
        loads += [calm, busy, entering]
        logins += len(entering.latencies)
    return Interference(statistics.median(ratios), logins, sum(load.refused for load in loads))


async def _reads(variant: Variant, seconds: int) -> Load:
    return await loop(variant.server.port, variant.make["get"], connections=READERS, seconds=seconds)
