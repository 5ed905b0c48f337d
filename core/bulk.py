"""COPY as the owner, whom row level security does not bind: how `nexus seed` and the bench write a million rows.

No service has the owner's address. What is written this way is invented, and of companies made for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Sequence
from io import BytesIO
from typing import Final, Protocol, cast

from core.database import DRIVER_TROUBLE, DriverConnection, SystemTransaction, standalone_connection
from core.database_errors import translate

# What a search index has not sorted in yet grows large before it is; a lost tail is filled again.
_SETTINGS: Final = (
    "SET synchronous_commit = off; SET gin_pending_list_limit = '128MB'; SET work_mem = '256MB'; "
    "SET maintenance_work_mem = '512MB'"
)


class _Copying(Protocol):
    """What is used of asyncpg's COPY."""

    async def copy_to_table(self, table_name: str, *, source: BytesIO, columns: Sequence[str]) -> str:
        """Read text format from `source`; answers the command tag."""
        ...


class BulkLoad:
    """A connection of the owner's."""

    def __init__(self, connection: DriverConnection) -> None:
        self._connection = connection

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncGenerator[SystemTransaction]:
        """All of it or nothing."""
        await self.command("BEGIN")
        try:
            yield SystemTransaction(self._connection)
            await self.command("COMMIT")
        except BaseException:
            self._connection.terminate()  # which rolls back; nobody goes on with this connection
            raise

    async def copy(self, table: str, columns: Sequence[str], rows: bytes) -> None:
        """Write rows in COPY's text format. Raises ConstraintViolated and whatever else the database refuses with."""
        try:
            await cast("_Copying", self._connection).copy_to_table(table, source=BytesIO(rows), columns=columns)
        except DRIVER_TROUBLE as error:
            raise translate(error) from error

    async def command(self, command: str) -> None:
        """Run a command of ours."""
        try:
            await self._connection.execute(command)
        except DRIVER_TROUBLE as error:
            raise translate(error) from error


@contextlib.asynccontextmanager
async def bulk_load(owner_url: str) -> AsyncGenerator[BulkLoad]:
    """Connect as the owner. Raises DatabaseUnavailable."""
    connection = await standalone_connection(owner_url)
    try:
        load = BulkLoad(connection)
        await load.command(_SETTINGS)
        yield load
    finally:
        connection.terminate()
