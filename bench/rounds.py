"""The rounds: every variant in a new order each time, so that whatever the machine does meets all of them alike."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bench.limit import create_script, get_script, list_script, run_limit
from bench.load import Load, loop
from bench.variants import OPERATIONS, PAGE, Operation, Variant
from bench.world import World
from nexus.servers.bootstrap import run_blocking

CONNECTIONS: Final = 16
LIMIT: Final = "pgbench"
AS_OWNER: Final = "pgbench without row level security"


@dataclass(frozen=True)
class Sample:
    """One variant for a while. Rates per second, times in microseconds; CPU is the worker's, 0 for pgbench."""

    variant: str
    operation: Operation
    round: int
    rate: float
    cpu_us: float
    p50_us: float
    p99_us: float
    refused: int


def run_rounds(
    world: World, variants: Mapping[str, Variant], *, rounds: int, seconds: int, tell: Callable[[str], None]
) -> list[Sample]:
    """Each operation by each variant, `rounds` times. The first, shorter pass only warms up and is not kept."""
    scripts = {"list": list_script(most=PAGE + 1), "get": get_script(), "create": create_script()}
    order = [*variants, LIMIT, AS_OWNER]
    shuffle = random.Random(11).shuffle  # noqa: S311 - an order, no secret
    samples: list[Sample] = []

    def measure(name: str, operation: Operation, number: int, length: int) -> Sample:
        if name in variants:
            return _served(name, variants[name], operation, number, length)
        url = world.servers.app_url if name == LIMIT else world.servers.owner_url
        rate = run_limit(scripts[operation], url, world, seconds=length, clients=CONNECTIONS)
        return Sample(name, operation, number, rate, 0.0, 0.0, 0.0, 0)

    for number in range(rounds + 1):
        for operation in OPERATIONS:
            shuffle(order)
            for name in order:
                tell(
                    f"round {number} of {rounds}: {operation}, {name}" if number else f"warming up: {operation}, {name}"
                )
                sample = measure(name, operation, number, seconds if number else 1)
                if number:
                    samples.append(sample)
    return samples


def median_ratio(samples: list[Sample], operation: Operation, above: str, below: str, *, by: str = "rate") -> float:
    """The median over the rounds of one variant's figure divided by another's in the same round."""

    def figures(variant: str) -> dict[int, float]:
        wanted = (each for each in samples if each.variant == variant and each.operation == operation)
        return {each.round: getattr(each, by) for each in wanted}

    one, other = figures(above), figures(below)
    return statistics.median(one[number] / other[number] for number in one)


def _served(name: str, variant: Variant, operation: Operation, number: int, seconds: int) -> Sample:
    cpu = variant.server.cpu_seconds()
    load = run_blocking(_loop(variant, operation, seconds))
    answers = max(1, len(load.latencies))
    return Sample(
        variant=name,
        operation=operation,
        round=number,
        rate=load.rate,
        cpu_us=(variant.server.cpu_seconds() - cpu) / answers * 1e6,
        p50_us=load.percentile(0.5) * 1e6,
        p99_us=load.percentile(0.99) * 1e6,
        refused=load.refused,
    )


async def _loop(variant: Variant, operation: Operation, seconds: int) -> Load:
    return await loop(variant.server.port, variant.make[operation], connections=CONNECTIONS, seconds=seconds)
