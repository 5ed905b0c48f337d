"""10,000 leads pass under the wheel, and the page never keeps the hand waiting (UI: no long task over 100 ms)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Page
from psycopg import AsyncConnection

from nexus.servers.state import read_runtime
from tests.browser.figures import note_figure
from tests.browser.fixtures import Visit
from tests.browser.instance import Instance

MANY: Final = 10_000
LONGEST_MS: Final = 100
FILL: Final = """
    INSERT INTO leads (tenant_id, full_name, stage_key, source, language, interest, score, value, currency, created_at)
    SELECT id, 'Muchos ' || n, 'new', 'manual', 'es', 'warm', n %% 101, n, 'USD', now() - n * interval '1 minute'
    FROM tenants CROSS JOIN generate_series(1, %s) AS n WHERE id > 0
"""
# Every task of the page's thread that took over 50 ms, in milliseconds.
WATCH: Final = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
}"""
LAST_ROW: Final = "Math.max(...[...document.querySelectorAll('[aria-rowindex]')].map((row) => row.ariaRowIndex))"
# 100 leads cost one request, and the list answers 100 of them a minute: twelve rows at a time.
STEP_PX, PAUSE_MS = 500, 90


async def scroll_to_the_last(page: Page) -> None:
    await page.mouse.move(640, 500)
    while await page.evaluate(LAST_ROW) < MANY:
        await page.mouse.wheel(0, STEP_PX)
        await page.wait_for_timeout(PAUSE_MS)


async def fling(page: Page, px: int, times: int) -> None:
    """Far at once, over rows that are loaded already."""
    for _ in range(times):
        await page.mouse.wheel(0, px)
        await page.wait_for_timeout(PAUSE_MS)


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_they_scroll_without_a_long_task(visit: Visit, instance: Instance) -> None:
    runtime = read_runtime(Path(instance.state))
    assert runtime is not None
    async with await AsyncConnection.connect(runtime.urls["database_owner"]) as owner:
        await owner.execute(FILL, [MANY])
    screen = await visit("/leads")
    await screen.page.evaluate(WATCH)
    await scroll_to_the_last(screen.page)
    await fling(screen.page, -20_000, 20)
    await fling(screen.page, 40_000, 10)
    took = sorted(await screen.page.evaluate("window.longTasks"), reverse=True)
    note_figure("long tasks in ms while 10,000 leads scroll", took)
    assert not took or took[0] <= LONGEST_MS, took
