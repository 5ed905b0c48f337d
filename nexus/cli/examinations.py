"""What `nexus doctor` asks the servers: roles, schema, clock."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from core.config import MisconfiguredError, Settings
from core.credentials import Keyring
from core.database import Database, open_database
from core.database_errors import DatabaseUnavailable, ObjectMissing
from core.errors import NexusError
from core.keyring import KeyringError
from core.redis import open_redis
from core.secret import Secret
from core.service_role import refuse_powerful_role
from core.statements import sibling_statements
from nexus.cli.findings import Finding
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.auth.tokens import SessionTokens
from orchestrator_service.db import PATCHES

SQL = sibling_statements(__file__)
MOST_SKEW_SECONDS: Final = 5.0

Examination = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Applied:
    number: int
    checksum: str


@dataclass(frozen=True, slots=True)
class _Owner:
    name: str
    superuser: bool
    bypasses: bool
    owns_all: bool


async def look(what: str, examination: Examination) -> Finding:
    """Run one; what it raises is what is wrong."""
    try:
        await examination()
    except (NexusError, KeyringError, RedisError, OSError, ValueError) as error:
        return Finding(what, str(error) or type(error).__name__)
    return Finding(what)


def vault_keys(keys: Secret) -> Examination:
    """The vault's keyring can be read."""

    async def examine() -> None:
        Keyring.from_text(keys)

    return examine


def session_keys(keys: Secret) -> Examination:
    """The API's session keys can be read."""

    async def examine() -> None:
        if not keys:
            raise MisconfiguredError("NEXUS_JWT_KEYS is not set: the API needs it.")
        SessionTokens(keys)

    return examine


def audit_chain(settings: Settings) -> Examination:
    """The worker can chain the audit log, and note its heads outside the database."""

    async def examine() -> None:
        if not settings.audit_keys:
            raise MisconfiguredError("NEXUS_AUDIT_KEYS is not set: the worker needs it.")
        AuditKeys.from_text(settings.audit_keys)
        if settings.audit_checkpoints is None:
            raise MisconfiguredError("NEXUS_AUDIT_CHECKPOINTS is not set: a cut tail would not be found.")

    return examine


def service_role(url: str) -> Examination:
    """The services' role is bound by row level security."""

    async def examine() -> None:
        async with _opened(url, "DATABASE_URL") as database:
            await refuse_powerful_role(database)

    return examine


def owner_role(url: str) -> Examination:
    """The owner's role can evolve the schema, and is no superuser."""

    async def examine() -> None:
        async with _opened(url, "DATABASE_OWNER_URL") as database, database.system() as tx:
            role = await tx.one(SQL["owner_role"], _Owner)
        if role is None or not role.owns_all or not role.bypasses:
            raise MisconfiguredError("DATABASE_OWNER_URL's role does not own the tables, or is held by their policies.")
        if role.superuser:
            raise MisconfiguredError("DATABASE_OWNER_URL connects as a superuser; an ordinary owner is enough.")

    return examine


def schema(url: str) -> Examination:
    """Every patch of the program was applied, as it is."""

    async def examine() -> None:
        try:
            async with _opened(url, "DATABASE_URL") as database, database.system() as tx:
                applied = {row.number: row.checksum for row in await tx.all(SQL["applied_patches"], _Applied)}
        except ObjectMissing:
            raise MisconfiguredError("the database is empty; run: nexus migrate") from None
        changed = [
            str(patch.number) for patch in PATCHES if applied.get(patch.number, patch.checksum) != patch.checksum
        ]
        if changed:
            raise MisconfiguredError(f"patch {', '.join(changed)} was changed after it had been applied here")
        if waiting := [f"{patch.number} ({patch.name})" for patch in PATCHES if patch.number not in applied]:
            raise MisconfiguredError(f"patch {', '.join(waiting)} waits; run: nexus migrate")
        if newer := sorted(applied.keys() - {patch.number for patch in PATCHES}):
            raise MisconfiguredError(f"the database has patch {newer[-1]}, which this older program does not know")

    return examine


def clock(url: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Examination:
    """This machine and the database agree what time it is: sessions, deadlines and offers depend on both."""

    async def examine() -> None:
        async with _opened(url, "DATABASE_URL") as database, database.system() as tx:
            before = now()
            there = await tx.value(SQL["server_time"], datetime)
            after = now()
        assert there is not None, "a clock always answers"
        skew = max((before - there).total_seconds(), (there - after).total_seconds())
        if skew > MOST_SKEW_SECONDS:
            raise MisconfiguredError(f"this machine and the database differ by {skew:.0f} s; set their clocks by NTP")

    return examine


def redis_server(url: str) -> Examination:
    """Redis answers."""

    async def examine() -> None:
        redis = open_redis(url)
        try:
            await redis.ping()
        except (RedisError, OSError) as error:
            raise MisconfiguredError(f"REDIS_URL: {_place(url)} does not answer ({type(error).__name__})") from None
        finally:
            await redis.aclose()

    return examine


@asynccontextmanager
async def _opened(url: str, variable: str) -> AsyncGenerator[Database]:
    try:
        database = await open_database(url, application="nexus-doctor", most_connections=1)
    except DatabaseUnavailable as error:
        reason = type(error.__cause__).__name__
        raise MisconfiguredError(f"{variable}: {_place(url)} cannot be reached or refuses us ({reason})") from None
    try:
        yield database
    finally:
        await database.close()


def _place(url: str) -> str:
    """Where a URL leads, without its password."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'a socket'}{f':{parts.port}' if parts.port else ''}"
