"""Two companies, their database and their sessions."""

from collections.abc import AsyncGenerator

import pytest

from core.database import Database, open_database
from tests.integration.realtime.living import Api, Sessions, add_tenant, running_api
from tests.support.servers import Database as TestDatabase
from tests.support.servers import RunServers

TENANT, FOREIGN = 7, 8


@pytest.fixture
async def db(database: TestDatabase) -> AsyncGenerator[Database]:
    opened = await open_database(database.app_url, application="test", most_connections=25)
    try:
        await add_tenant(opened, TENANT)
        await add_tenant(opened, FOREIGN)
        yield opened
    finally:
        await opened.close()


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
async def api(db: Database, servers: RunServers, sessions: Sessions) -> AsyncGenerator[Api]:
    async with running_api(db, servers.redis_url, sessions) as running:
        yield running
