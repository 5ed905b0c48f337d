"""Argon2id off the event loop (PRODUCT §5.3).

Hashing runs in a pool of two threads with a bounded queue, so a flood of logins makes logins wait and nothing else; on
Linux, where a thread has its own priority, they step back from whoever else wants the processor. An unknown user costs
the same work as a wrong password.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from core.errors import Unavailable
from orchestrator_service.auth.password_rules import MAXIMUM, canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.secret import Secret

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 2
MAX_WAITING: Final = 64
NICENESS: Final = 10
MEMORY_KIB: Final = 19 * 1024
ROUNDS: Final = 3


class PasswordHasherPool:
    """Argon2id in its own threads. Made in the lifespan (which costs one hash), closed with `close()`.

    `memory_kib` and `rounds` default to OWASP's 19 MiB with one round more; tests pass less. Memory use is
    `threads * memory_kib` at most.
    """

    def __init__(
        self,
        *,
        memory_kib: int = MEMORY_KIB,
        rounds: int = ROUNDS,
        threads: int = THREADS,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        self._hasher = _hasher(memory_kib, rounds)
        self._dummy = _nobodys(memory_kib, rounds)
        self._threads = ThreadPoolExecutor(threads, "argon2", _step_back)
        self._max_waiting = max_waiting
        self._waiting = 0

    async def hash(self, password: Secret) -> str:
        """The encoded Argon2id hash, parameters and salt included. Raises `Unavailable` when the queue is full."""
        return await self._run(self._hasher.hash, canonical(password))

    async def verify_or_burn(self, stored: str | None, password: Secret) -> bool:
        """Whether the password fits; with no stored hash (unknown user, invited, corrupt) the same work, then False.

        A password over the maximum never fits. Raises `Unavailable` when the queue is full.
        """
        return await self._run(self._verify, stored, canonical(password))

    def needs_rehash(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's: hash again after the next right password."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """Let running hashes end, drop the queue."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _verify(self, stored: str | None, password: str) -> bool:
        if stored is None or len(password) > MAXIMUM:
            self._burn(password)
            return False
        try:
            return self._hasher.verify(stored, password)
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError):  # a corrupt hash fails before any work is done
            self._burn(password)
            return False

    def _burn(self, password: str) -> None:
        try:
            self._hasher.verify(self._dummy, password[:MAXIMUM])
        except VerificationError:
            return

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._waiting >= self._max_waiting:
            raise Unavailable("too many people are logging in, try again in a moment", retry_after=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        finally:
            self._waiting -= 1


@cache
def _nobodys(memory_kib: int, rounds: int) -> str:
    """A hash of these parameters that no password is tried against in earnest; once per process."""
    return _hasher(memory_kib, rounds).hash("nobody has this password")


def _hasher(memory_kib: int, rounds: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1, type=Type.ID)


def _step_back() -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
