"""Ten thousand leads of two years among two hundred thousand: no statement of a report, and no search, is slow.

Run by hand (`bin/test -m slow`); it prints the figures that `docs/statements.md` shows.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bench.world import program, reach
from core.database import TenantTransaction
from core.paging import LARGEST_ID
from core.statements import Statement, load_statements
from orchestrator_service.leads.repository import SQL as LEADS
from orchestrator_service.leads.wanted import WantedLeads, conditions
from orchestrator_service.reports.repository import ROWS
from orchestrator_service.reports.repository import SQL as REPORT
from tests.support.api import Api
from tests.support.factories import make_channel, make_seller, make_tenant
from tests.support.servers import Database

DEFINED: Final = load_statements(Path(__file__).with_name("definitions.sql"))
COMPANIES: Final = 20
LEADS_EACH: Final = 10_000
MOST_MS: Final = 150
FIGURES: Final = ("cohort_facets", "replies", "seller_meetings", "revenue", "model_cost", "stays", "forecast")
PAGES: Final = tuple(ROWS)
SLIPS: Final = (
    "hererra correa", "mría lópez paz", "gonzáelz blanco", "mariano carrizo ibrara", "esteboan molina paz", "palo",
    "gdooy", "romera", "álvraez", "juliet marteínez", "sofia maidna",
)  # fmt: skip


async def _took(tx: TenantTransaction, statement: Statement, asked: Mapping[str, object]) -> tuple[float, int]:
    """Milliseconds of a processor in the middle of five runs, to which nobody else on the machine adds; and rows."""
    arguments = statement.arguments(int(tx.tenant_id), {k: v for k, v in asked.items() if k in statement.parameters})
    process = await tx.value(DEFINED["server_process"], int)
    spent = Path(f"/proc/{process}/schedstat")
    times: list[float] = []
    rows = 0
    for _ in range(5):
        begun = _nanoseconds(spent)
        rows = len(await tx.connection.fetch(statement.sql, *arguments))
        times.append((_nanoseconds(spent) - begun) / 1_000_000)
    return sorted(times)[2], rows


def _nanoseconds(spent: Path) -> int:
    """What the server's process has had of a processor."""
    return int(spent.read_text().split()[0])


def _period(now: datetime, days: int) -> dict[str, object]:
    parts = dict.fromkeys(("seller_id", "source", "kind", "reason", "stage", "status", "currency"))
    return {
        **parts,
        "since": now - timedelta(days=days),
        "until": now + timedelta(days=1),
        "author": "agent",
        "before_id": LARGEST_ID,
        "most": 51,
    }


def fill(url: str) -> None:
    """Run the file that makes them; raises CalledProcessError with what psql said."""
    script = str(Path(__file__).with_name("large.sql"))
    command = [str(program("psql")), "--no-psqlrc", "--quiet", f"--set=leads={LEADS_EACH}", "--file", script]
    subprocess.run(command, check=True, env=reach(url), stdout=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_year_of_a_company_among_twenty_is_counted_at_once(api: Api, database: Database) -> None:
    tenants = [await make_tenant(api.db) for _ in range(COMPANIES)]
    for tenant in tenants:
        await make_channel(api.db, tenant)
        for name in ("Ana", "Beto", "Luz"):
            await make_seller(api.db, tenant, name)
    await asyncio.to_thread(fill, database.owner_url)
    took: dict[str, float] = {}
    tenant = tenants[-1]
    async with api.db.tenant(tenant) as tx:
        await tx.connection.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # all of it in one process
        for days in (30, 366):
            asked = _period(api.clock(), days)
            for name in FIGURES:
                took[f"{name}, {days} days"], rows = await _took(tx, REPORT[name], asked)
                assert rows > 0, name
            for name in PAGES:
                took[f"{name}, {days} days"], _ = await _took(tx, ROWS[name], asked)
            replies = DEFINED["replies"]
            arguments = replies.arguments(int(tenant), {name: asked[name] for name in ("since", "until")})
            slow = await tx.connection.fetch(replies.sql, *arguments)
            assert slow == await tx.connection.fetch(REPORT["replies"].sql, *arguments)
        for text in SLIPS:
            page = {
                "before_id": LARGEST_ID,
                "most": 51,
                "owner": None,
                "unassigned": False,
                "among": None,
                "enough": None,
            }
            took[f"search: {text}"], rows = await _took(
                tx, LEADS["list_leads"], conditions(WantedLeads(text=text)) | page
            )
            assert rows > 0, text
    print(*(f"{ms:6.1f} ms  {name}" for name, ms in took.items()), sep="\n")  # noqa: T201 - the figures
    assert not {name: ms for name, ms in took.items() if ms > MOST_MS}
