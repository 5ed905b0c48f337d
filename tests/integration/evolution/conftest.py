"""Empty databases for the tests of evolution."""

from __future__ import annotations

import itertools
import os

import pytest

from nexus.servers.bootstrap import create_database
from tests.integration.evolution.databases import Fresh
from tests.support.servers import RunServers, to_database

_numbers = itertools.count(1)


@pytest.fixture
def fresh(servers: RunServers) -> Fresh:
    """Owner URLs of empty databases, one at each call."""

    async def make() -> str:
        name = f"evolution_{os.getpid()}_{next(_numbers)}"
        await create_database(servers.superuser_url, name)
        return to_database(servers.owner_url, name)

    return make
