"""What commands that work on an installation share: its database as the service role, its directory and keyring."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.config import Settings, read_settings
from core.credentials import Keyring
from core.database import Database, open_database
from core.directory import Directory
from nexus.instance.access import reach
from nexus.servers.bootstrap import run_blocking

Result = TypeVar("Result")


@dataclass(frozen=True)
class Resources:
    """Open for the length of one command."""

    database: Database
    directory: Directory
    keyring: Keyring
    settings: Settings


def with_resources(state: Path, work: Callable[[Resources], Awaitable[Result]]) -> Result:
    """Run `work` on the installation of `state`. Raises ServersError, NexusError."""
    with reach(state, os.environ) as access:
        return run_blocking(_run(access.environment(), work))


async def _run(environment: dict[str, str], work: Callable[[Resources], Awaitable[Result]]) -> Result:
    async with _opened(environment) as resources:
        return await work(resources)


@asynccontextmanager
async def _opened(environment: dict[str, str]) -> AsyncGenerator[Resources]:
    settings = read_settings(environment)
    database = await open_database(settings.database_url, application="nexus-cli", most_connections=2)
    try:
        yield Resources(database, Directory(settings.directory_key), Keyring.from_text(settings.vault_keys), settings)
    finally:
        await database.close()
