"""kill -9 at random moments, of processes that the supervisor starts again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Final

LOOK_SECONDS: Final = 0.05


@dataclass
class Killer:
    """Kills one of `targets`, by name, as often as asked. `pids` answers what runs now.

    A process that is not back yet is not killed again: the next target that runs is.
    """

    pids: Callable[[], Mapping[str, int]]
    random: Random
    targets: Sequence[str] = ("api", "whatsapp", "worker")
    kills: Counter[str] = field(default_factory=Counter[str])
    _dead: dict[str, int] = field(default_factory=dict[str, int])

    async def kill_one(self) -> str:
        """Kill one, as soon as one runs; answers its name."""
        while True:
            running = {name: pid for name, pid in self.pids().items() if name in self.targets}
            alive = sorted(name for name, pid in running.items() if self._dead.get(name) != pid)
            if alive:
                name = self.random.choice(alive)
                self._dead[name] = running[name]
                with suppress(ProcessLookupError):
                    os.kill(running[name], signal.SIGKILL)
                    self.kills[name] += 1
                    return name
            await asyncio.sleep(LOOK_SECONDS)


def moments(kills: int, seconds: float, random: Random) -> list[float]:
    """When to kill, in seconds from the start: one in each of as many equal stretches."""
    stretch = seconds / max(kills, 1)
    return [(number + random.random()) * stretch for number in range(kills)]
