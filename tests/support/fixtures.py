"""Fixtures above the bare servers: the service's own door to a fresh database."""

import os
from collections.abc import AsyncGenerator

import pytest
from redis import Redis

from core.database import Database, open_database
from tests.support import servers as test_servers
from tests.support.api import Api, running_api, settings_for


@pytest.fixture
async def db(database: test_servers.Database) -> AsyncGenerator[Database]:
    """A fresh database, opened as the service role, which row level security binds."""
    opened = await open_database(database.app_url, application="tests", most_connections=25)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
def redis_url(servers: test_servers.RunServers) -> str:
    """An empty Redis database that no other worker uses: databases are numbered by worker."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    url = f"{servers.redis_url.partition('?')[0]}?db={worker}"
    with Redis.from_url(url) as redis:
        redis.flushdb()
    return url


@pytest.fixture
async def api(database: test_servers.Database, redis_url: str) -> AsyncGenerator[Api]:
    """The API service on a fresh database."""
    async with running_api(settings_for(database, redis_url)) as running:
        yield running
