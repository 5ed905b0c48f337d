"""Each module's table is taken away in turn, and every route of the live registry is asked: no 5xx (PRODUCT §2.5)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from core.modules import MODULE_TABLES
from nexus.servers.bootstrap import connected
from tests.isolation.asking import Asked, ask_all
from tests.isolation.companies import Companies, make_companies
from tests.isolation.matrix import MATRIX
from tests.isolation.rows import Row
from tests.support import servers
from tests.support.api import Api
from tests.support.live_routes import live_routes

# One way of asking each row: what is there. The matrix has the others.
PLAIN = [replace(row, states=row.states[:1]) for row in MATRIX if not row.public]
GROUPS = 5  # of tables that are missing together in the short form
# What stays a good answer, with the declared empty value.
LISTS = {str(row) for row in PLAIN if row.method == "GET" and row.states == ("plain",)}


async def as_owner(database: servers.Database, command: str) -> None:
    async with connected(database.owner_url) as owner:
        await owner.execute(command)


async def walk(companies: Companies, rows: Iterable[Row] = PLAIN) -> list[Asked]:
    """Everything that a ceo may ask."""
    return await ask_all(companies, rows, actors=("ceo",))


def broken(asked: Iterable[Asked]) -> list[str]:
    """Answers that an upgrade half done must not give."""
    return [
        str(cell) for cell in asked if cell.status >= 500 or (str(cell.row) in LISTS and cell.status != cell.row.ok)
    ]


def test_every_route_is_walked(api: Api) -> None:
    asked = {row.key for row in PLAIN}
    assert [route.key for route in live_routes(api.app) if route.logged_in and route.key not in asked] == []


TABLES = sorted(MODULE_TABLES)
ALONE = [(table,) for table in TABLES]
SEVERAL = [tuple(TABLES[first::GROUPS]) for first in range(GROUPS)]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "taken",
    [pytest.param(SEVERAL, marks=pytest.mark.proof), pytest.param(ALONE, marks=pytest.mark.slow)],
    ids=["several", "each"],
)
async def test_without_a_modules_table_no_route_breaks(
    api: Api, database: servers.Database, taken: list[tuple[str, ...]]
) -> None:
    """Renamed, it is as missing as dropped, and can be put back for the next ones. The long form takes each alone."""
    companies = await make_companies(api)
    found: dict[tuple[str, ...], list[str]] = {}
    for tables in taken:
        for table in tables:
            await as_owner(database, f"ALTER TABLE {table} RENAME TO {table}_away")
        found[tables] = broken(await walk(companies))
        for table in tables:
            await as_owner(database, f"ALTER TABLE {table}_away RENAME TO {table}")
    assert {tables: wrong for tables, wrong in found.items() if wrong} == {}


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted(MODULE_TABLES))
async def test_dropped_it_is_the_same(api: Api, database: servers.Database, table: str) -> None:
    companies = await make_companies(api)
    await as_owner(database, f"DROP TABLE {table} CASCADE")
    assert broken(await walk(companies, [row for row in MATRIX if not row.public])) == []


async def test_without_a_table_of_the_core_it_is_an_outage(api: Api, database: servers.Database) -> None:
    """The control: the walk sees a 5xx where one is due, and no list pretends to be empty."""
    companies = await make_companies(api)
    await as_owner(database, "ALTER TABLE leads RENAME TO taken_away")
    wrong = broken(await walk(companies, [row for row in PLAIN if row.path in {"/crm/leads", "/chat/conversations"}]))
    assert "GET /crm/leads as ceo with plain ids: 503" in wrong
    assert "GET /chat/conversations as ceo with plain ids: 503" in wrong


async def test_without_the_list_of_events_to_chain_nothing_is_read_unwritten(
    api: Api, database: servers.Database
) -> None:
    """The audit log is core: where no line can be written, no audited read is answered."""
    companies = await make_companies(api)
    await as_owner(database, "ALTER TABLE system_events_waiting RENAME TO taken_away")
    rows = [row for row in PLAIN if row.path in {"/crm/leads", "/admin/core/audit/logs", "/auth/me"}]
    statuses = {cell.row.path: cell.status for cell in await walk(companies, rows)}
    assert statuses == {"/crm/leads": 503, "/admin/core/audit/logs": 503, "/auth/me": 200}


async def test_without_its_links_the_chain_says_that_it_is_gone(api: Api, database: servers.Database) -> None:
    companies = await make_companies(api)
    await as_owner(database, "ALTER TABLE system_event_links RENAME TO taken_away")
    (cell,) = await walk(companies, [row for row in PLAIN if row.path == "/admin/core/audit/chain"])
    assert json.loads(cell.body) == {"links": 0, "chained_until": None, "checkpointed_at": None, "intact": None}


async def test_the_modules_are_tables_of_the_foundation(database: servers.Database) -> None:
    async with connected(database.owner_url) as owner:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY($1::text[])"
        assert await owner.fetchval(query, sorted(MODULE_TABLES)) == len(MODULE_TABLES)
