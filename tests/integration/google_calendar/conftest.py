"""One local Google and one company for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.google_calendar.office import Office, make_office
from tests.support.local_google import LocalGoogle, local_google

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.database import Database


@pytest.fixture
async def google() -> AsyncGenerator[LocalGoogle]:
    async with local_google() as served:
        yield served


@pytest.fixture
async def office(db: Database, google: LocalGoogle) -> Office:
    return await make_office(db, google)
