"""A long log is read through indexes, whatever it is filtered by; what one looked at oneself is no news."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pytest

from core.database import Database, standalone_connection
from core.paging import LARGEST_ID
from core.principal import TenantId
from core.system_events import record_event
from orchestrator_service.audit.read_log import SQL, AuditFilter, count_newer, read_log
from tests.support import servers as support
from tests.support.api import Api
from tests.support.factories import make_tenant

PAGE = 101
LINES = 20_000
FILL = """
INSERT INTO system_events (tenant_id, occurred_at, action, severity, user_id, subject, detail)
SELECT $1, timestamptz '2026-01-01' + n * interval '1 minute',
    CASE WHEN n % 5000 = 0 THEN 'auth.login_refused' ELSE 'leads.read' END,
    CASE WHEN n % 4000 = 0 THEN 'critical' WHEN n % 1000 = 0 THEN 'warning' ELSE 'info' END,
    CASE WHEN n % 3000 = 0 THEN 9 ELSE 7 END, 'lead:' || n, '{"method": "GET", "status": 200}'
FROM generate_series(1, $2::int) AS n
"""
DAY = datetime.fromisoformat("2026-01-03T00:00:00+00:00")
WANTED = {
    "nothing": AuditFilter(),
    "a rare user": AuditFilter(user_id=9),
    "nobody": AuditFilter(user_id=12345),
    "a rare action": AuditFilter(action="auth.login_refused"),
    "a rare severity": AuditFilter(severity="critical"),
    "an early day": AuditFilter(since=DAY, until=DAY.replace(hour=2)),
    "before the log": AuditFilter(until=DAY.replace(year=2025)),
    "a user and a severity": AuditFilter(user_id=9, severity="critical"),
}


@pytest.fixture
async def long_log(db: Database, database: support.Database) -> tuple[Database, TenantId]:
    """With the statistics that autovacuum gathers after so many rows."""
    tenant = await make_tenant(db)
    async with db.tenant(tenant) as tx:
        await tx.connection.execute(FILL, tenant, LINES)
    owner = await standalone_connection(database.superuser_url)
    await owner.execute("ANALYZE system_events")
    await owner.close(timeout=5)
    return db, tenant


def rows_read(plan: dict[str, Any]) -> float:
    """The most that a step of the plan has looked at."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return max([own, *(rows_read(below) for below in plan.get("Plans", []))])


@pytest.mark.parametrize("name", WANTED)
async def test_no_filter_reads_the_whole_log(long_log: tuple[Database, TenantId], name: str) -> None:
    db, tenant = long_log
    statement = SQL["list_events"]
    values = {"tenant_id": tenant, "before_id": LARGEST_ID, "most": PAGE, **asdict(WANTED[name])}
    async with db.tenant(tenant) as tx:
        rows = await tx.connection.fetch(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement.sql}",
            *[values[parameter] for parameter in statement.parameters],
        )
    assert rows_read(rows[0][0][0]["Plan"]) <= 3 * PAGE


async def test_every_reading_is_planned_for_its_filters(long_log: tuple[Database, TenantId]) -> None:
    db, tenant = long_log
    async with db.tenant(tenant) as tx:
        for _ in range(12):
            await read_log(tx, AuditFilter(user_id=9), before_id=LARGEST_ID, most=PAGE)
        rows = await tx.connection.fetch(
            "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements WHERE statement = $1",
            SQL["list_events"].sql,
        )
    assert tuple(rows[0]) == (0, 12)


async def test_pages_go_on_where_the_last_one_ended(long_log: tuple[Database, TenantId]) -> None:
    db, tenant = long_log
    seen: list[int] = []
    async with db.tenant(tenant) as tx:
        before = LARGEST_ID
        while lines := await read_log(tx, AuditFilter(severity="warning"), before_id=before, most=4):
            seen += [line.id for line in lines]
            before = lines[-1].id
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == LINES // 1000 - LINES // 4000


async def test_what_others_did_is_new_and_what_the_reader_looked_at_is_not(api: Api) -> None:
    tenant = await make_tenant(api.db)
    boss, ana = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    other = await make_tenant(api.db, "Other")
    async with api.browser(await api.session(boss)) as ceo, api.browser(await api.session(ana)) as closer:
        first = (await ceo.get("/admin/core/audit/logs")).json()["items"]
        after = first[0]["id"] if first else 0

        async def news(**filters: object) -> int:
            answer = await ceo.get("/admin/core/audit/news", params={"after": after, **filters})  # type: ignore[arg-type]
            assert answer.status_code == 200
            return answer.json()["count"]

        await ceo.get("/crm/leads")
        await ceo.get("/admin/core/audit/chain")
        assert await news() == 0
        await closer.get("/crm/leads")
        await ceo.post("/crm/leads", json={"full_name": "Ana"})
        async with api.db.tenant(other) as tx:
            await record_event(tx, "test.elsewhere")
        assert await news() == 2
        assert await news(user_id=ana.user_id) == 1
        assert await news(action="leads.create") == 1
        assert await news(severity="critical") == 0


async def test_news_are_counted_up_to_a_limit(long_log: tuple[Database, TenantId]) -> None:
    db, tenant = long_log
    async with db.tenant(tenant) as tx:
        wanted = replace(AuditFilter(), user_id=7)
        assert await count_newer(tx, wanted, after_id=0, reader=1, most=100) == 100
