"""A million lines of one company: a month is summed and a page is read from an index, not from all of them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from core.paging import LARGEST_ID, NEWEST
from core.principal import Principal
from core.statements import sibling_statements
from orchestrator_service.accounting.models import Wanted
from orchestrator_service.accounting.reading import SQL as READING
from orchestrator_service.accounting.reading import list_transactions, total_transactions
from tests.support.api import Api
from tests.support.factories import make_seller, make_tenant, make_user

SQL = sibling_statements(__file__)
LINES = 1_000_000


@pytest.mark.slow
async def test_a_month_out_of_a_million_lines_is_summed_at_once(api: Api) -> None:
    tenant = await make_tenant(api.db)
    principal = Principal(tenant, await make_user(api.db, tenant, role="ceo"), "ceo")
    sellers = [await make_seller(api.db, tenant, name) for name in ("Ana", "Beto")]
    async with api.db.tenant(tenant) as tx:
        await tx.connection.execute("SET LOCAL statement_timeout = 0")
        for part in range(20):  # a statement has a minute
            await tx.run(SQL["many_lines"], many=LINES // 20, start=part * (LINES // 20), sellers=sellers)
        await tx.run(SQL["many_waiting"])
    month = Wanted(since=datetime(2026, 3, 1, 3, tzinfo=UTC), until=datetime(2026, 4, 1, 3, tzinfo=UTC))
    async with api.db.tenant(tenant) as tx:
        took: dict[str, float] = {}
        for by in ("currency", "day", "seller"):
            begun = time.perf_counter()
            await total_transactions(tx, principal, month, by)
            took[f"month by {by}"] = time.perf_counter() - begun
        begun = time.perf_counter()
        assert len(await list_transactions(tx, principal, month, before=(NEWEST, LARGEST_ID), most=51)) == 51
        took["page"] = time.perf_counter() - begun
        begun = time.perf_counter()
        whole = await total_transactions(tx, principal, Wanted(), "month")
        took["everything by month"] = time.perf_counter() - begun
        assert sum(total.count for total in whole) == LINES
        statement = READING["totals"]
        values = {**{name: getattr(month, name) for name in Wanted.__dataclass_fields__}, "by": "currency"}
        values |= {"zone": "America/Argentina/Buenos_Aires", "most": 100}
        del values["state"]
        arguments = statement.arguments(int(tenant), values)
        plan = await tx.connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {statement.sql}", *arguments)
    text = "\n".join(row[0] for row in plan)
    print({name: round(seconds, 3) for name, seconds in took.items()}, text, sep="\n")  # noqa: T201 - the figures
    assert "accounting_transactions_by_time" in text
    assert all(took[name] < 1 for name in took if name.startswith(("month", "page"))), took
