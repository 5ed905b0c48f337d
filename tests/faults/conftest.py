"""One ensemble for each file of tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import pytest

from tests.faults.ensemble import Ensemble, Visit, ensemble


@pytest.fixture(scope="module")
def whole() -> Generator[Ensemble]:
    with ensemble() as running:
        yield running


@pytest.fixture
async def visit(whole: Ensemble) -> AsyncGenerator[Visit]:
    async with whole.visited() as visiting:
        yield visiting
