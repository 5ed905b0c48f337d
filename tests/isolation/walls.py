"""Taking a wall down, to see that the other one holds, and that the checker sees when none does."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from core.database import DriverConnection, Transaction, standalone_connection
from core.statements import Statement

_OWN = re.compile(r"(?:\b\w+\.)?\b(?:tenant_id|id) = \$1\b(?!\d)")
_JOINED = re.compile(r"\b\w+\.tenant_id = \w+\.(?:tenant_id|id)\b|\b\w+\.id = \w+\.tenant_id\b")


@cache
def without_filter(statement: Statement) -> Statement:
    """The statement as somebody who forgot the tenant would have written it; what it inserts stays."""
    if not statement.wants_tenant:
        return statement
    return replace(statement, sql=_JOINED.sub("true", _OWN.sub("$1::int = $1::int", statement.sql)))


def take_filters_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on no statement of the service filters by tenant."""
    fetch, run = Transaction._fetch, Transaction.run  # pyright: ignore[reportPrivateUsage] - the wall itself

    async def unfiltered_fetch(self: Transaction, statement: Statement, params: dict[str, object]) -> object:
        return await fetch(self, without_filter(statement), params)

    async def unfiltered_run(self: Transaction, statement: Statement, /, **params: object) -> int:
        return await run(self, without_filter(statement), **params)

    monkeypatch.setattr(Transaction, "_fetch", unfiltered_fetch)
    monkeypatch.setattr(Transaction, "run", unfiltered_run)


async def take_row_security_down(owner_url: str) -> int:
    """Switch row level security off on every table, as its owner; answers on how many."""
    owner: DriverConnection = await standalone_connection(owner_url)
    try:
        tables = await owner.fetch(
            "SELECT oid::regclass::text AS name FROM pg_class"
            " WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        )
        for table in tables:
            await owner.execute(f"ALTER TABLE {table['name']} DISABLE ROW LEVEL SECURITY")
        return len(tables)
    finally:
        await owner.close(timeout=5)
