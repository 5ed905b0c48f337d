"""Fixtures of every test; pytest finds hooks and fixtures by their names here."""

import tests.support.bytecode  # noqa: F401  # pyright: ignore[reportUnusedImport] - first, for what it does
from tests.support.fixtures import api, db, redis_url
from tests.support.loud_skips import pytest_terminal_summary
from tests.support.order import pytest_collection_modifyitems
from tests.support.servers import (
    database,
    module_database,
    pytest_configure,
    pytest_configure_node,
    pytest_sessionstart,
    pytest_unconfigure,
    servers,
    template_database,
)

__all__ = [
    "api",
    "database",
    "db",
    "module_database",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_sessionstart",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "redis_url",
    "servers",
    "template_database",
]
