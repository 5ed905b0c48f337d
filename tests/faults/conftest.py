"""One ensemble for all of these tests that one process runs: starting it costs more than most of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import pytest

from core.whatsapp import ProviderName
from tests.faults.ensemble import Ensemble, Visit, ensemble


@pytest.fixture(scope="package")
def whole() -> Generator[Ensemble]:
    with ensemble() as running:
        yield running


@pytest.fixture
def provider() -> ProviderName:
    """Whose number the customers write to; the tests that are worth it twice ask for both."""
    return "ycloud"


@pytest.fixture
async def visit(whole: Ensemble, provider: ProviderName) -> AsyncGenerator[Visit]:
    async with whole.visited(provider) as visiting:
        yield visiting
