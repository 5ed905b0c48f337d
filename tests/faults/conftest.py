"""One ensemble for all of these tests that one process runs: starting it costs more than most of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import pytest

from tests.faults.ensemble import Ensemble, Visit, ensemble


@pytest.fixture(scope="package")
def whole() -> Generator[Ensemble]:
    with ensemble() as running:
        yield running


@pytest.fixture
async def visit(whole: Ensemble) -> AsyncGenerator[Visit]:
    async with whole.visited() as visiting:
        yield visiting
