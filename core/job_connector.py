"""How the job library reaches PostgreSQL: through the project's own pool, in asyncpg's words (ADR 0005)."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, TypeAlias, cast

from procrastinate.connector import BaseAsyncConnector, Notify
from procrastinate.exceptions import ConnectorException, NoResult
from typing_extensions import override

from core.database import Database, DriverConnection, standalone_connection

LOOK_SECONDS: Final = 5.0

Record: TypeAlias = dict[str, object]

_JOBS_ARRAY: Final = "%(jobs)s::procrastinate_job_to_defer_v1[]"
_JOBS_FROM_JSON: Final = "ARRAY(SELECT jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, %(jobs)s::jsonb))"
_PARAMETER: Final = re.compile(r"%\((\w+)\)s(\s*\|\|)?")


class AsyncpgConnector(BaseAsyncConnector):
    """Speaks asyncpg for procrastinate, whose statements are written for psycopg's named parameters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    async def open_async(self, pool: object | None = None) -> None:
        """Nothing to open: the pool is the application's."""

    @override
    async def close_async(self) -> None:
        """Nothing to close: the pool is the application's."""

    @override
    async def execute_query_async(self, query: str, **arguments: object) -> None:
        await self.execute_query_all_async(query, **arguments)

    @override
    async def execute_query_one_async(self, query: str, **arguments: object) -> Record:
        records = await self.execute_query_all_async(query, **arguments)
        if not records:
            raise NoResult
        return records[0]

    @override
    async def execute_query_all_async(self, query: str, **arguments: object) -> list[Record]:
        sql, values = positional(query, arguments)
        try:
            async with self._database.bare_connection() as connection:
                return [dict(record) for record in await connection.fetch(sql, *values)]
        except Exception as error:
            raise ConnectorException(str(error)) from error

    @override
    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Pass notifications on until cancelled; connects again where the connection is lost."""
        names = list(channels)
        heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

        def put(_connection: object, _pid: int, channel: str, payload: object) -> None:
            heard.put_nowait((channel, str(payload)))

        connection: DriverConnection | None = None
        try:
            while True:
                if connection is None or connection.is_closed():
                    connection = await standalone_connection(self._database.url)
                    for name in names:
                        await connection.add_listener(name, put)
                with contextlib.suppress(TimeoutError):
                    channel, payload = await asyncio.wait_for(heard.get(), timeout=LOOK_SECONDS)
                    await on_notification(channel=channel, payload=payload)
        finally:
            if connection is not None:
                connection.terminate()


def positional(query: str, arguments: Mapping[str, object]) -> tuple[str, list[object]]:
    """`%(x)s` becomes `$n`; the array of jobs travels as JSON; a value that SQL concatenates travels as text."""
    names: list[str] = []

    def place(match: re.Match[str]) -> str:
        name, concatenated = match.group(1), match.group(2)
        if name not in names:
            names.append(name)
        cast_to_text = f"::text{concatenated}" if concatenated else ""
        return f"${names.index(name) + 1}{cast_to_text}"

    concatenated_names = {match.group(1) for match in _PARAMETER.finditer(query) if match.group(2)}
    sql = _PARAMETER.sub(place, query.replace(_JOBS_ARRAY, _JOBS_FROM_JSON)).replace("%%", "%")
    values = [_plain(arguments[name]) for name in names]
    return sql, [str(value) if name in concatenated_names else value for name, value in zip(names, values, strict=True)]


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in cast("Sequence[object]", value)]
    return value
