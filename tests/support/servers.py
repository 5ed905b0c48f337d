"""One PostgreSQL and one Valkey per test run, shared by its workers; a fresh copy of a prepared database per test.

The process that the person started (xdist's controller, or the only one) runs the servers, so they end with it.
Tests touch no server that this run did not start.
"""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import urlsplit, urlunsplit

import msgspec
import pytest

from nexus.servers.bootstrap import (
    clone_database,
    create_database,
    data_directory,
    drop_database,
    run_blocking,
    seal_template,
)
from nexus.servers.launch import servers as launched
from tests.support import scratch
from tests.support.prepare import prepare

FOREIGN_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
TEMPLATE = "nexus_template"
WORKER_KEY = "nexus_run_servers"


class ForeignServerError(AssertionError):
    """A test was about to change a server that this run did not start."""


@dataclass(frozen=True)
class RunServers:
    """The servers of this run; the URLs lead to a database that no test uses. `folder` holds all their files."""

    folder: str
    superuser_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    redis_url: str


@dataclass(frozen=True)
class Database:
    """A database of one's own, a copy of the prepared template."""

    name: str
    owner_url: str
    app_url: str
    superuser_url: str


class _Worker(Protocol):
    """The part of an xdist worker's controller that is used."""

    workerinput: dict[str, str]


def to_database(url: str, name: str) -> str:
    """`url` with another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def run_servers(environ: Mapping[str, str] = os.environ) -> Generator[RunServers]:
    """Forgetful servers in a private folder, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-tests-"))
    own = {name: value for name, value in environ.items() if name not in FOREIGN_VARIABLES}
    try:
        with launched(folder / "state", durable=False, environ=own) as running:
            assert running.superuser_url is not None
            yield RunServers(str(folder), running.superuser_url, running.owner_url, running.app_url, running.redis_url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_foreign(servers: RunServers) -> None:
    """Raises ForeignServerError unless PostgreSQL keeps its data where this run put it."""
    directory = Path(run_blocking(data_directory(servers.superuser_url)))
    marks = (Path(servers.folder, "state", name) for name in ("pg", "pg.at"))
    if not any(mark == directory or (mark.is_file() and mark.read_text() == str(directory)) for mark in marks):
        raise ForeignServerError(f"PostgreSQL works in {directory}, which this test run did not create.")


def ensure_template(servers: RunServers, fill: Callable[[str], Awaitable[None]] = prepare, name: str = TEMPLATE) -> str:
    """Make the template once per run: the first worker fills it while the others wait. Returns its name."""
    done = Path(servers.folder, f"{name}.ready")
    with Path(servers.folder, f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            refuse_foreign(servers)
            run_blocking(_make_template(servers, fill, name))
            done.touch()
    return name


async def _make_template(servers: RunServers, fill: Callable[[str], Awaitable[None]], name: str) -> None:
    await drop_database(servers.superuser_url, name)  # of an attempt that failed
    await create_database(servers.superuser_url, name)
    await fill(to_database(servers.owner_url, name))
    await seal_template(servers.superuser_url, name)


_numbers = itertools.count(1)


@contextmanager
def cloned_database(servers: RunServers, template: str) -> Generator[Database]:
    """A copy of `template`, dropped at the end together with whoever is still connected."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    run_blocking(clone_database(servers.superuser_url, name, template))
    try:
        yield Database(
            name=name,
            owner_url=to_database(servers.owner_url, name),
            app_url=to_database(servers.app_url, name),
            superuser_url=to_database(servers.superuser_url, name),
        )
    finally:
        run_blocking(drop_database(servers.superuser_url, name))


_stack = ExitStack()
_shared: list[RunServers] = []


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Refuse to run where a variable points at somebody's server; what is started from here on lies in memory."""
    if found := [name for name in FOREIGN_VARIABLES if name in os.environ]:
        raise pytest.UsageError(f"tests run on servers of their own; unset {', '.join(found)}")
    if not hasattr(config, "workerinput"):
        folder = _stack.enter_context(scratch.in_memory())
        config.option.basetemp = config.option.basetemp or (folder and str(folder / "t"))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """In xdist's controller, before it makes the workers: start the servers they share."""
    options = session.config.option
    if getattr(options, "dist", "no") != "no" and not options.collectonly:
        _shared.append(_stack.enter_context(run_servers()))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Worker) -> None:
    """Tell a worker where the servers are."""
    if _shared:
        node.workerinput[WORKER_KEY] = msgspec.json.encode(_shared[0]).decode()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers after the last worker has gone."""
    del config
    _shared.clear()
    _stack.close()


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> RunServers:
    """The servers of this run; without workers they start at their first use."""
    given = cast("dict[str, str]", getattr(request.config, "workerinput", {}))
    if WORKER_KEY in given:
        return msgspec.json.decode(given[WORKER_KEY], type=RunServers)
    if not _shared:
        _shared.append(_stack.enter_context(run_servers()))
    return _shared[0]


@pytest.fixture(scope="session")
def template_database(servers: RunServers) -> str:
    """The name of the template that tests/support/prepare.py filled."""
    return ensure_template(servers)


@pytest.fixture
def database(servers: RunServers, template_database: str) -> Generator[Database]:
    """A fresh database for one test."""
    with cloned_database(servers, template_database) as made:
        yield made


@pytest.fixture(scope="module")
def module_database(servers: RunServers, template_database: str) -> Generator[Database]:
    """One database for the tests of a module that keep out of each other's way."""
    with cloned_database(servers, template_database) as made:
        yield made
