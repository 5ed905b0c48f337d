"""The company that the tests of this folder play."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from core.database import Database
from tests.integration.media.company import MediaCompany, media_company
from tests.support import servers as support


@pytest.fixture
async def company(
    db: Database, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[MediaCompany]:
    async with media_company(db, database, redis_url, provider=getattr(request, "param", "ycloud")) as made:
        yield made
