"""The only door to PostgreSQL (PRODUCT §3.2, ARCHITECTURE §2).

`async with database.tenant(tenant_id) as tx` opens a transaction in which row level security shows that tenant alone:
`BEGIN` and the transaction-local setting travel in one round trip. `database.system()` has no tenant and therefore
sees no tenant's rows; it serves the directory, the outbox signals and other tables without personal data.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Final, Protocol, TypeVar, cast

import asyncpg
import msgspec

from core.connection_queue import ConnectionQueue
from core.database_errors import DatabaseUnavailable, TransactionAborted, translate
from core.principal import TenantId
from core.statements import Statement

Row = TypeVar("Row")
Scalar = TypeVar("Scalar")

ROLLBACK_SECONDS: Final = 2.0
ACQUIRE_SECONDS: Final = 5.0
WARM: Final = 4  # connections kept at hand; the pool closes the others when they are idle for long
CONNECTION_TROUBLE: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server said goodbye while the connection was idle
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)

DRIVER_TROUBLE: Final = (*CONNECTION_TROUBLE, asyncpg.PostgresError)


class DriverConnection(Protocol):
    """What is used of asyncpg's connections, pooled or not."""

    async def execute(self, query: str, *args: object) -> str:
        """Run statements; answers the command tag of the last one."""
        ...

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        """Run one statement; answers its rows."""
        ...

    async def add_listener(self, channel: str, callback: Callable[..., object]) -> None:
        """LISTEN; the callback gets connection, pid, channel and payload."""
        ...

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the driver's own name
        """Say goodbye and hang up."""
        ...

    def is_closed(self) -> bool:
        """Whether it is gone."""
        ...

    def terminate(self) -> None:
        """Hang up without a word."""
        ...


class Transaction:
    """One open transaction. Statements get `tenant_id` from here, never from the caller."""

    def __init__(self, connection: DriverConnection, tenant_id: int | None) -> None:
        self.connection = connection
        self._tenant_id = tenant_id

    async def one(self, statement: Statement, row: type[Row], /, **params: object) -> Row | None:
        """The first row as `row(**columns)`, or None."""
        records = await self._fetch(statement, params)
        return row(**dict(records[0])) if records else None

    async def all(self, statement: Statement, row: type[Row], /, **params: object) -> list[Row]:
        """Every row as `row(**columns)`, in the statement's order."""
        return [row(**dict(record)) for record in await self._fetch(statement, params)]

    async def rows(self, statement: Statement, made: Callable[..., Row], /, **params: object) -> list[Row]:
        """As `all`, by the columns' places instead of their names: for long lists."""
        return [made(*record) for record in await self._fetch(statement, params)]

    async def value(self, statement: Statement, kind: type[Scalar], /, **params: object) -> Scalar | None:
        """The first column of the first row; None where there is no row or it is NULL. TypeError on another type."""
        records = await self._fetch(statement, params)
        value: object = records[0][0] if records else None
        if value is None:
            return None
        if not isinstance(value, kind):
            raise TypeError(f"{statement.name} gave {type(value).__name__}, not {kind.__name__}")
        return value

    async def run(self, statement: Statement, /, **params: object) -> int:
        """Execute; answers the number of rows that the statement touched."""
        arguments = statement.arguments(self._tenant_id, params)
        try:
            status = await self.connection.execute(statement.sql, *arguments)
        except (*CONNECTION_TROUBLE, asyncpg.PostgresError) as error:
            raise translate(error) from error
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    @contextlib.asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """What fails inside is undone alone; the transaction goes on if the caller catches the error."""
        await _command(self.connection, "SAVEPOINT inner_work")
        try:
            yield
        except BaseException:
            # Released too, since it would stay and hide an outer savepoint of the same name.
            await _command(self.connection, "ROLLBACK TO SAVEPOINT inner_work; RELEASE SAVEPOINT inner_work")
            raise
        await _command(self.connection, "RELEASE SAVEPOINT inner_work")

    async def _fetch(self, statement: Statement, params: dict[str, object]) -> list[asyncpg.Record]:
        arguments = statement.arguments(self._tenant_id, params)
        try:
            return await self.connection.fetch(statement.sql, *arguments)
        except (*CONNECTION_TROUBLE, asyncpg.PostgresError) as error:
            raise translate(error) from error


class TenantTransaction(Transaction):
    """A transaction of one tenant."""

    def __init__(self, connection: DriverConnection, tenant_id: TenantId) -> None:
        super().__init__(connection, tenant_id)
        self.tenant_id = tenant_id


class SystemTransaction(Transaction):
    """A transaction without a tenant: row level security shows it no tenant's rows."""

    def __init__(self, connection: DriverConnection) -> None:
        super().__init__(connection, None)


class Database:
    """A pool of connections as the service role. Make it with `open_database`, close it in the lifespan."""

    def __init__(self, pool: asyncpg.Pool, url: str) -> None:
        self._pool = pool
        self._queue = ConnectionQueue(pool.get_max_size())
        self._warm: list[DriverConnection] = []
        self._url = url

    @contextlib.asynccontextmanager
    async def tenant(self, tenant_id: int, *, snapshot: bool = False) -> AsyncGenerator[TenantTransaction]:
        """One transaction as `tenant_id`; commits at the end, rolls back on any exception.

        With `snapshot` it sees what was committed when it began, and a change of what has changed since raises
        Collided. Raises DatabaseUnavailable (503) where no connection can be had, TransactionAborted where COMMIT did
        not commit.
        """
        level = " ISOLATION LEVEL REPEATABLE READ" if snapshot else ""
        begin = f"BEGIN{level}; SET LOCAL app.tenant_id = '{int(tenant_id):d}'"
        async with self._transaction(begin) as connection:
            yield TenantTransaction(connection, TenantId(int(tenant_id)))

    @contextlib.asynccontextmanager
    async def entering(self, tenant_id: int) -> AsyncGenerator[TenantTransaction]:
        """For one statement that is a transaction by itself, and enters the tenant by itself (`enter_tenant`).

        One round trip where `tenant` takes three; any other statement sees no tenant's rows.
        """
        connection = await self._acquire()
        well = False
        try:
            yield TenantTransaction(connection, TenantId(int(tenant_id)))
            well = True
        finally:
            await self._give_back(connection, warm=well)  # the pool waits for what was cancelled

    @contextlib.asynccontextmanager
    async def system(self) -> AsyncGenerator[SystemTransaction]:
        """One transaction without a tenant, for statements marked `cross-tenant`."""
        async with self._transaction("BEGIN") as connection:
            yield SystemTransaction(connection)

    @contextlib.asynccontextmanager
    async def bare_connection(self) -> AsyncGenerator[DriverConnection]:
        """A pooled connection in autocommit, for the job library alone."""
        connection = await self._acquire()
        try:
            yield connection
        finally:
            await self._give_back(connection, warm=False)

    async def listen(self, channel: str, callback: Callable[[], None]) -> DriverConnection:
        """Call `callback` at each NOTIFY on the channel, on a connection of its own; the caller closes it."""
        connection = await standalone_connection(self._url)

        def heard(*_: object) -> None:
            callback()

        try:
            await connection.add_listener(channel, heard)
        except BaseException:
            connection.terminate()
            raise
        return connection

    @property
    def url(self) -> str:
        """Where it is connected to, password included: for `standalone_connection` only."""
        return self._url

    async def close(self) -> None:
        """Give back every connection; those still busy after five seconds are cut."""
        warm, self._warm = self._warm, []
        for connection in warm:
            await self._release(connection)
        try:
            await asyncio.wait_for(self._pool.close(), 5)
        except TimeoutError:
            self._pool.terminate()

    @contextlib.asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncGenerator[DriverConnection]:
        connection = await self._acquire()
        try:
            await _command(connection, begin)
            yield connection
            _demand_committed(await _command(connection, "COMMIT"))
        except BaseException:
            await _roll_back(connection)
            raise
        finally:
            await self._give_back(connection)

    async def _acquire(self) -> DriverConnection:
        """The connection that was given back last, else one of the pool's, which makes a task of each return."""
        try:
            await self._queue.enter()
        except TimeoutError as error:
            raise DatabaseUnavailable from error
        try:
            while self._warm:
                connection = self._warm.pop()
                if _is_alive(connection):
                    return connection
                await self._release(connection)
            return cast("DriverConnection", await self._pool.acquire(timeout=ACQUIRE_SECONDS))
        except BaseException as error:
            self._queue.leave(moved=False)
            if isinstance(error, (*CONNECTION_TROUBLE, asyncpg.PostgresError)):
                raise DatabaseUnavailable from error
            raise

    async def _give_back(self, connection: DriverConnection, *, warm: bool = True) -> None:
        """Return a connection in autocommit; one that is not `warm` goes through the pool, which cleans it."""
        try:
            if warm and len(self._warm) < WARM and _is_alive(connection):
                self._warm.append(connection)
            else:
                await self._release(connection)
        finally:
            self._queue.leave()

    async def _release(self, connection: DriverConnection) -> None:
        """To the pool; one that broke has been taken back by it already, which then complains."""
        with contextlib.suppress(asyncpg.InterfaceError, asyncpg.InternalClientError):
            await self._pool.release(_pooled(connection))


def _is_alive(connection: DriverConnection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # the pool has taken it away
        return False


async def _command(connection: DriverConnection, command: str) -> str:
    """Run a command of ours; what goes wrong is the database's, never the caller's own error in disguise."""
    try:
        return await connection.execute(command)
    except (*CONNECTION_TROUBLE, asyncpg.PostgresError) as error:
        raise translate(error) from error


def _demand_committed(status: str) -> None:
    """An aborted transaction answers COMMIT with ROLLBACK."""
    if status != "COMMIT":
        raise TransactionAborted


async def _roll_back(connection: DriverConnection) -> None:
    """End the transaction, or the connection with it: none goes back to the pool with a tenant set."""
    try:
        await asyncio.wait_for(connection.execute("ROLLBACK"), ROLLBACK_SECONDS)
    except BaseException:  # noqa: BLE001 - cancelled again or broken: either way the connection must go
        with contextlib.suppress(asyncpg.InterfaceError):  # the pool has noticed by itself that it is broken
            connection.terminate()


def _pooled(connection: DriverConnection) -> asyncpg.pool.PoolConnectionProxy:
    return cast("asyncpg.pool.PoolConnectionProxy", connection)


async def _prepare(connection: asyncpg.Connection) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, encoder=_encode_json, decoder=msgspec.json.decode, schema="pg_catalog", format="text"
        )


def _encode_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def _nothing_to_reset(_: object) -> None:
    """Every setting of ours is local to its transaction, and every transaction is ended before release."""


async def open_database(
    url: str, *, application: str, most_connections: int = 10, synchronous: bool = True
) -> Database:
    """Connect as the service role. Raises DatabaseUnavailable where the server cannot be reached.

    `synchronous=False` commits without waiting for the disk: only for what may be forgotten when the server crashes.
    """
    waiting = {} if synchronous else {"synchronous_commit": "off"}
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=most_connections,
            init=_prepare,
            reset=_nothing_to_reset,
            command_timeout=60,
            timeout=ACQUIRE_SECONDS,
            server_settings={"application_name": application, "search_path": "public,jobs", **waiting},
        )
    except (*CONNECTION_TROUBLE, asyncpg.PostgresError) as error:
        raise DatabaseUnavailable from error
    return Database(pool, url)


async def standalone_connection(url: str) -> DriverConnection:
    """A connection outside any pool: for LISTEN, and for the owner who evolves the schema."""
    try:
        opened = cast(
            "asyncpg.Connection",
            await asyncpg.connect(url, timeout=int(ACQUIRE_SECONDS), server_settings={"search_path": "public,jobs"}),
        )
    except (*CONNECTION_TROUBLE, asyncpg.PostgresError) as error:
        raise DatabaseUnavailable from error
    connection = cast("DriverConnection", opened)
    try:
        await _prepare(opened)
    except BaseException:  # cancelled: nobody else knows of the connection
        connection.terminate()
        raise
    return connection
