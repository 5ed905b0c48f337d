"""Who gets the next connection: whoever's work began first, and nobody is turned away while the queue moves.

First come, first served per transaction would let a thousand requests begin and only then the first one end. What is
finished in its turn spares the later work: of a crowd that wants one time, all after the first are refused by a look.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from itertools import count
from typing import Final

# Without a connection given back for so long, the database is gone; with, somebody's turn comes.
PATIENCE_SECONDS: Final = 5.0
LONGEST_SECONDS: Final = 20.0

_began: ContextVar[float | None] = ContextVar("work_began", default=None)


@contextmanager
def one_work() -> Generator[None]:
    """All transactions inside are one piece of work, as old as its outermost beginning."""
    if _began.get() is not None:
        yield
        return
    token = _began.set(time.monotonic())
    try:
        yield
    finally:
        _began.reset(token)


class ConnectionQueue:
    """As many seats as the pool has connections; whoever began first sits next."""

    def __init__(self, seats: int, *, patience: float = PATIENCE_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._free = seats
        self._patience = patience
        self._longest = longest
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []  # a heap; who gave up is still in it
        self._numbers = count()
        self._moved_at = time.monotonic()

    async def enter(self) -> None:
        """Take a seat, which `leave` gives back.

        Raises TimeoutError where none was given back for `patience` seconds, or `longest` seconds have passed.
        """
        if self._free > 0:
            self._free -= 1
            return
        now = time.monotonic()
        called = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (_began.get() or now, next(self._numbers), called))
        try:
            await self._wait(called, now)
        except BaseException:
            if called.done():  # called and given up in the same moment: the seat goes to the next one
                self.leave(moved=False)
            called.cancel()
            raise

    def leave(self, *, moved: bool = True) -> None:
        """Give the seat to whoever is next. Not `moved`: nothing came of it, so it is no sign of life."""
        if moved:
            self._moved_at = time.monotonic()
        while self._waiting:
            _, _, called = heappop(self._waiting)
            if not called.done():
                called.set_result(None)
                return
        self._free += 1

    async def _wait(self, called: asyncio.Future[None], since: float) -> None:
        until = since + self._patience
        while not called.done():
            await asyncio.wait((called,), timeout=max(0.0, until - time.monotonic()))
            if called.done():
                return
            until = min(max(self._moved_at, since) + self._patience, since + self._longest)
            if time.monotonic() >= until:
                raise TimeoutError
