"""A request whose transactions are one (ADR 0038): what it changes and what it answers are committed together.

Handlers open `database.tenant(…)` as ever. Here each of those is a savepoint of one transaction, which begins with the
first and ends when whoever made this commits it or rolls it back, after the answer is known.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias, cast

from core.database import Database, DriverConnection, SystemTransaction, TenantTransaction
from core.database_errors import Collided

if TYPE_CHECKING:
    from starlette.requests import Request

Began: TypeAlias = Callable[[TenantTransaction], Awaitable[None]]


class JoinedDatabase(Database):
    """The door of one request. `began` runs first in the transaction; what it raises refuses the request.

    `snapshot` as at `Database.tenant`. Another tenant's transactions, and those without one, stay on their own.
    """

    def __init__(self, inner: Database, *, began: Began | None = None, snapshot: bool = False) -> None:
        self._inner = inner
        self._began = began
        self._snapshot = snapshot
        self._open: contextlib.AbstractAsyncContextManager[TenantTransaction] | None = None
        self.tx: TenantTransaction | None = None
        self.collided = False

    @contextlib.asynccontextmanager
    async def tenant(self, tenant_id: int, *, snapshot: bool = False) -> AsyncGenerator[TenantTransaction]:
        """A part of the one transaction; what fails inside is undone alone."""
        tx = await self._begun(tenant_id)
        if tx is None:
            async with self._inner.tenant(tenant_id, snapshot=snapshot) as other:
                yield other
            return
        try:
            async with tx.savepoint():
                yield tx
        except Collided:
            self.collided = True
            raise

    @contextlib.asynccontextmanager
    async def entering(self, tenant_id: int) -> AsyncGenerator[TenantTransaction]:
        """One statement on a connection of its own."""
        async with self._inner.entering(tenant_id) as tx:
            yield tx

    @contextlib.asynccontextmanager
    async def system(self) -> AsyncGenerator[SystemTransaction]:
        """One without a tenant, on a connection of its own."""
        async with self._inner.system() as tx:
            yield tx

    @contextlib.asynccontextmanager
    async def bare_connection(self) -> AsyncGenerator[DriverConnection]:
        """As at the door behind this one."""
        async with self._inner.bare_connection() as connection:
            yield connection

    async def listen(self, channel: str, callback: Callable[[], None]) -> DriverConnection:
        """As at the door behind this one."""
        return await self._inner.listen(channel, callback)

    @property
    def url(self) -> str:
        """As at the door behind this one."""
        return self._inner.url

    async def close(self) -> None:
        """Nothing: the pool is not this one's."""

    async def commit(self) -> None:
        """Store everything. Raises as the end of `Database.tenant` does."""
        opened, self._open, self.tx = self._open, None, None
        if opened is not None:
            await opened.__aexit__(None, None, None)

    async def roll_back(self) -> None:
        """Undo everything; nothing where nothing began, or where it was committed."""
        opened, self._open, self.tx = self._open, None, None
        if opened is not None:
            undone = _Undone()
            with contextlib.suppress(_Undone):
                await opened.__aexit__(_Undone, undone, undone.__traceback__)

    async def _begun(self, tenant_id: int) -> TenantTransaction | None:
        if self.tx is None:
            opened = self._inner.tenant(tenant_id, snapshot=self._snapshot)
            self.tx, self._open = await opened.__aenter__(), opened
            if self._began is not None:
                await self._began(self.tx)
        return self.tx if self.tx.tenant_id == tenant_id else None


class _Undone(Exception):
    pass


Offer: TypeAlias = "Callable[[Request], JoinedDatabase | None]"


def offer(state: dict[str, object], joined: Offer) -> None:
    """Let a request's handler have that door, where `joined` gives one for its route. `state` is `scope["state"]`."""
    state["joined"] = joined


def joined_of(request: Request) -> JoinedDatabase | None:
    """The door that was offered to this request; None for almost every one."""
    joined = cast("Offer | None", getattr(request.state, "joined", None))
    return joined(request) if joined is not None else None
