"""Databases to evolve: empty ones, and those that an older foundation made."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from core.database import DriverConnection, standalone_connection
from tests.integration.evolution.catalog import schema_of

FOUNDATIONS = {
    folder.name: [file.read_text() for file in sorted(folder.glob("*.sql"))]
    for folder in sorted((Path(__file__).parents[2] / "fixtures" / "foundations").iterdir())
}

Fresh: TypeAlias = Callable[[], Awaitable[str]]


@asynccontextmanager
async def owner(url: str) -> AsyncGenerator[DriverConnection]:
    connection = await standalone_connection(url)
    try:
        yield connection
    finally:
        await connection.close(timeout=5)


async def schema_at(url: str) -> list[str]:
    async with owner(url) as connection:
        return await schema_of(connection)


async def from_foundation(url: str, name: str) -> None:
    """What an installation of that time has."""
    async with owner(url) as connection:
        for script in FOUNDATIONS[name]:
            await connection.execute(script)
