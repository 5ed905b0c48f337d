"""One ensemble for all of these tests that one process runs: starting it costs more than most of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from core.whatsapp import ProviderName
from tests.faults.ensemble import Ensemble, Visit, ensemble
from tests.faults.errands import Errands, Mortal, mortal_worker
from tests.support import servers


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


@pytest.fixture(scope="package")
def mortal() -> Generator[Mortal]:
    with mortal_worker() as worker:
        yield worker


@pytest.fixture
def errands(mortal: Mortal, database: servers.Database, redis_url: str, tmp_path: Path) -> Errands:
    """The jobs of the companies in this test's database."""
    return Errands(mortal, tmp_path, database.app_url, redis_url)
