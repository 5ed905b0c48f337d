"""Creates what only a superuser can: the two ordinary roles, a database and its extensions (PRODUCT §2).

The one file of the launcher that speaks to PostgreSQL, and only with CREATE, ALTER ROLE and GRANT.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

import asyncpg

from nexus.servers.errors import ServersError

OWNER = "nexus_owner"
APP = "nexus_app"
NEEDED_EXTENSIONS = ("btree_gist", "pg_trgm")
WELCOME_EXTENSIONS = ("vector",)
TIMEOUT = 10  # seconds to connect, and to say goodbye

Result = TypeVar("Result")


class Connection(Protocol):
    """What is used of an asyncpg connection, whose own types are incomplete."""

    async def execute(self, query: str) -> str:
        """Run statements without results."""
        ...

    async def fetchval(self, query: str, *args: object) -> object:
        """The first column of the first row, or None."""
        ...

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109  # the driver's signature
        """Say goodbye, waiting at most `timeout` seconds."""
        ...


@dataclass(frozen=True)
class RolePasswords:
    """Passwords of the two roles."""

    owner: str = field(repr=False)
    app: str = field(repr=False)


def run_blocking(work: Coroutine[None, None, Result]) -> Result:
    """The result of `work`, run in a thread of its own so that a running event loop does not matter."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="nexus-bootstrap") as pool:
        return pool.submit(asyncio.run, work).result()


async def create_roles_and_database(superuser_url: str, database: str, passwords: RolePasswords) -> None:
    """Make both roles, `database` (owned by nexus_owner) and the extensions exist; harmless when they do.

    nexus_owner bypasses row level security to migrate and back up; nexus_app is bound by it. Neither is a superuser.
    """
    async with connected(superuser_url) as connection:
        await _create_role(connection, OWNER, "BYPASSRLS", passwords.owner)
        await _create_role(connection, APP, "NOBYPASSRLS", passwords.app)
    await create_database(superuser_url, database)


async def create_database(superuser_url: str, database: str) -> None:
    """Make `database`, owned by nexus_owner (who must exist), and the extensions exist; harmless when they do."""
    async with connected(superuser_url) as connection:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database) is None:
            await connection.execute(f"CREATE DATABASE {_identifier(database)} OWNER {OWNER}")
    await _create_extensions(superuser_url, database)


async def clone_database(superuser_url: str, name: str, template: str) -> None:
    """Copy the database `template`, which nobody may be connected to, as `name`, owned by nexus_owner."""
    await _execute(
        superuser_url,
        f"CREATE DATABASE {_identifier(name)} TEMPLATE {_identifier(template)} OWNER {OWNER} STRATEGY FILE_COPY",
    )


async def seal_template(superuser_url: str, name: str) -> None:
    """Close the database `name` to connections, so that cloning it never waits for one."""
    await _execute(superuser_url, f"ALTER DATABASE {_identifier(name)} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")


async def drop_database(superuser_url: str, name: str) -> None:
    """Drop the database `name` and end its connections."""
    await _execute(superuser_url, f"DROP DATABASE IF EXISTS {_identifier(name)} WITH (FORCE)")


async def data_directory(superuser_url: str) -> str:
    """The folder the server keeps its data in: which server one is talking to."""
    async with connected(superuser_url) as connection:
        return str(await connection.fetchval("SHOW data_directory"))


@asynccontextmanager
async def connected(url: str, database: str | None = None) -> AsyncGenerator[Connection]:
    """A connection to `url`, or to another `database` of the same server."""
    try:
        connection = cast("Connection", await asyncpg.connect(url, database=database, timeout=TIMEOUT))
    except asyncpg.InvalidPasswordError as error:
        raise ServersError("PostgreSQL refused the password in secrets.json: it belongs to other data.") from error
    try:
        yield connection
    finally:
        await connection.close(timeout=TIMEOUT)


async def _execute(superuser_url: str, statement: str) -> None:
    async with connected(superuser_url) as connection:
        await connection.execute(statement)


async def _create_role(connection: Connection, name: str, bypass: str, password: str) -> None:
    """CREATE ROLE takes no parameters, so the server itself quotes the password into the statement."""
    if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name) is not None:
        return
    rights = f"LOGIN {bypass} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    quoted = await connection.fetchval("SELECT quote_literal($1::text)", password)
    await connection.execute(f"CREATE ROLE {name} {rights} PASSWORD {quoted}")


async def _create_extensions(superuser_url: str, database: str) -> None:
    async with connected(superuser_url, database) as connection:
        for extension in NEEDED_EXTENSIONS:
            await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        for extension in WELCOME_EXTENSIONS:
            if await connection.fetchval("SELECT 1 FROM pg_available_extensions WHERE name = $1", extension):
                await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def _identifier(name: str) -> str:
    """`name` as an SQL identifier; only plain ones are accepted."""
    if not (name.isascii() and name.isidentifier() and name == name.lower()):
        raise ValueError(f"not a plain database name: {name!r}")
    return f'"{name}"'
