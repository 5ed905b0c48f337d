"""The live sockets of this process, and the check that none outlives its session by more than 5 s (PRODUCT §5.1)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from uuid import UUID

import structlog

from core.principal import Principal

Authenticate: TypeAlias = Callable[[str], Awaitable[Principal | None]]
Disconnect: TypeAlias = Callable[[str], Awaitable[None]]

CHECK_SECONDS: Final = 2.0
ANSWER_SECONDS: Final = 2.0
UNCONFIRMED_SECONDS: Final = 30.0
AT_ONCE: Final = 8

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class LiveSocket:
    """Who is behind a socket, and when that was last confirmed (seconds of the monotonic clock)."""

    principal: Principal
    cookie: str = field(repr=False)
    confirmed_at: float


class LiveSockets:
    """The register of one process. `disconnect` ends the socket with that sid."""

    def __init__(self, authenticate: Authenticate, disconnect: Disconnect) -> None:
        self._authenticate = authenticate
        self._disconnect = disconnect
        self._by_sid: dict[str, LiveSocket] = {}

    def add(self, sid: str, principal: Principal, cookie: str) -> None:
        """File a socket that has just been authenticated."""
        self._by_sid[sid] = LiveSocket(principal, cookie, time.monotonic())

    def remove(self, sid: str) -> None:
        """Forget a socket that is gone."""
        self._by_sid.pop(sid, None)

    def principal_of(self, sid: str) -> Principal | None:
        """Who is behind the socket; None for one that was not let in."""
        live = self._by_sid.get(sid)
        return live.principal if live else None

    async def disconnect_session(self, session_id: UUID) -> None:
        """End a session's sockets in this process now; those in other processes end at their next check."""
        for sid in [sid for sid, live in self._by_sid.items() if live.principal.session_id == session_id]:
            await self._end(sid)

    async def check(self) -> None:
        """Ask again who every socket is, once per cookie, and end those that are no longer who they were.

        A role, a user or a session that changed ends the socket: its rooms were chosen for another. Where the question
        finds no answer the socket stays for 30 s from its last confirmation.
        """
        by_cookie: dict[str, list[str]] = {}
        for sid, live in self._by_sid.items():
            by_cookie.setdefault(live.cookie, []).append(sid)
        slots = asyncio.Semaphore(AT_ONCE)

        async def check_cookie(cookie: str, sids: list[str]) -> None:
            async with slots:
                await self._check_cookie(cookie, sids)

        async with asyncio.TaskGroup() as group:
            for cookie, sids in by_cookie.items():
                group.create_task(check_cookie(cookie, sids))

    async def _check_cookie(self, cookie: str, sids: list[str]) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                principal, answered = await self._authenticate(cookie), True
        except Exception as error:  # noqa: BLE001 - whatever it is, the other sockets are still to be checked
            _log.warning("socket_check_failed", error=type(error).__name__)
            principal, answered = None, False
        now = time.monotonic()
        for sid in sids:
            live = self._by_sid.get(sid)
            if live is None:
                continue
            if answered and principal == live.principal:
                live.confirmed_at = now
            elif answered or now - live.confirmed_at > UNCONFIRMED_SECONDS:
                await self._end(sid)

    async def _end(self, sid: str) -> None:
        self.remove(sid)
        try:
            await self._disconnect(sid)
        except Exception as error:  # noqa: BLE001 - a socket that is already gone must not keep the others alive
            _log.warning("socket_disconnect_failed", error=type(error).__name__)
