"""How a database evolves (PRODUCT §2): foundation, then the patches it lacks, one at a time, each whole or not at all.

The patches stand in `db.py`. Whichever a database lacks is applied, in the order of their numbers.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import structlog

from core.database import DriverConnection, standalone_connection
from core.errors import NexusError

EVOLUTION_LOCK: Final = 7_302_026
LOCK_TIMEOUT: Final = "10s"
TURN_SECONDS: Final = 0.2

_log = structlog.get_logger(__name__)


class EvolutionFailed(NexusError):
    """A patch failed, or one that was applied has changed since: nothing after it was run."""

    status = 500
    code = "evolution_failed"


@dataclass(frozen=True, slots=True)
class Patch:
    """One step of an existing database towards today's foundation. Numbers ascend and may have gaps.

    `alone`: each of its statements, which end with `;` at the end of a line, is a transaction of its own, as
    CREATE INDEX CONCURRENTLY demands: a large table stays writable meanwhile. A kill between two of them runs all of
    them again, so the patch begins by dropping what a killed run may have left half built.
    """

    number: int
    name: str
    sql: str
    alone: bool = False

    @property
    def checksum(self) -> str:
        """Tells an applied patch from one that was edited afterwards."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Evolution:
    """What `apply_patches` did, or with `check` would do."""

    foundation: bool
    patches: tuple[Patch, ...]


def _folder_of(package: str) -> Path:
    """Where a package lies, without loading it: the API reads its schema and needs nothing else of it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise RuntimeError(f"{package} is not installed")
    return Path(found.origin).parent


def job_library_schema() -> str:
    """The pinned schema of procrastinate, in a PostgreSQL schema of its own, applied where it is missing."""
    library = _folder_of("procrastinate").joinpath("sql", "schema.sql").read_text(encoding="utf-8")
    return f"""
DO $guard$
BEGIN
    IF to_regclass('jobs.procrastinate_jobs') IS NULL THEN
        CREATE SCHEMA IF NOT EXISTS jobs;
        SET LOCAL search_path = jobs, public;
        EXECUTE $library${library}$library$;
        GRANT USAGE ON SCHEMA jobs TO nexus_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO nexus_app;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO nexus_app;
        GRANT MAINTAIN ON ALL TABLES IN SCHEMA jobs TO nexus_app;
    END IF;
END
$guard$"""


async def apply_patches(owner_url: str, patches: Sequence[Patch], *, check: bool = False) -> Evolution:
    """Bring a database to today's schema, as its owner; eight starters at once take turns.

    Each patch is one transaction together with its record in `schema_patches`, so a kill between any two statements
    leaves a database from which the next run goes on. Raises EvolutionFailed at the first failure.
    """
    connection = await standalone_connection(owner_url)
    try:
        await _take_turn(connection)
        await connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        brand_new = not await connection.fetch(
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'tenants'"
        )
        waiting = await _waiting_patches(connection, patches, brand_new=brand_new)
        if not check:
            if brand_new:
                await _apply(connection, "foundation", "\n".join(foundation()), None)
            for patch in waiting:
                apply = _apply_alone if patch.alone else _apply
                await apply(connection, f"patch {patch.number} ({patch.name})", patch.sql, patch)
        return Evolution(brand_new, waiting)
    finally:
        await connection.close(timeout=5)


def foundation() -> list[str]:
    """The foundation's files, in order."""
    folder = resources.files("db") / "init"
    return [
        entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    ]


async def _waiting_patches(
    connection: DriverConnection, patches: Sequence[Patch], *, brand_new: bool
) -> tuple[Patch, ...]:
    applied: dict[int, str] = {}
    if not brand_new:
        records = await connection.fetch("SELECT number, checksum FROM schema_patches")
        applied = {record["number"]: record["checksum"] for record in records}
    for patch in patches:
        if applied.get(patch.number, patch.checksum) != patch.checksum:
            raise EvolutionFailed(f"Patch {patch.number} ({patch.name}) was changed after it had been applied.")
    return tuple(patch for patch in sorted(patches, key=lambda patch: patch.number) if patch.number not in applied)


async def _take_turn(connection: DriverConnection) -> None:
    """Wait until nobody else evolves the database.

    By asking again and again: waiting inside the statement would hold a snapshot, which CREATE INDEX CONCURRENTLY of
    the one at work waits for, each for the other.
    """
    while not (await connection.fetch(f"SELECT pg_try_advisory_lock({EVOLUTION_LOCK})"))[0][0]:  # noqa: ASYNC110 - PostgreSQL tells nobody
        await asyncio.sleep(TURN_SECONDS)


async def _apply_alone(connection: DriverConnection, what: str, sql: str, patch: Patch) -> None:
    """Statement by statement without a transaction around them; they hold up nobody, so they may wait for others."""
    try:
        await connection.execute("SET lock_timeout = 0")
        for statement in sql.split(";\n"):
            if statement.strip():
                await connection.execute(statement)
        await connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    except Exception as error:  # the caller hangs up: nothing of the connection need be put back, which may be dead
        _log.exception("evolution_failed", what=what)
        raise EvolutionFailed(f"{what} failed: {error}") from error
    await _apply(connection, what, "SELECT 1", patch)  # its record


async def _apply(connection: DriverConnection, what: str, sql: str, patch: Patch | None) -> None:
    try:
        await connection.execute("BEGIN")
        await connection.execute(sql)
        if patch is not None:
            await connection.execute(
                "INSERT INTO schema_patches (number, name, checksum) VALUES ($1, $2, $3)",
                patch.number,
                patch.name,
                patch.checksum,
            )
        await connection.execute("COMMIT")
    except Exception as error:
        _log.exception("evolution_failed", what=what)
        raise EvolutionFailed(f"{what} failed: {error}") from error
