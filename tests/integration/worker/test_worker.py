"""The worker's process: told to stop it ends well, without its database or settings it does not pretend to work."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.database import standalone_connection
from tests.support import servers

KEY = base64.b64encode(b"k" * 32).decode()


@asynccontextmanager
async def started(url: str, log: Path, **changed: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    environment = {
        "PATH": os.defpath,
        "DATABASE_URL": url,
        "REDIS_URL": "redis://127.0.0.1:1",
        "NEXUS_VAULT_KEYS": f"k1:{KEY}",
        "NEXUS_DIRECTORY_KEY": KEY,
        "NEXUS_AUDIT_KEYS": f"k1:{KEY}",
        "NEXUS_AUDIT_CHECKPOINTS": str(log.with_name("heads")),
        **changed,
    }
    with log.open("wb") as output:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "nexus.worker", env=environment, stdout=output, stderr=output
        )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _serving(child: asyncio.subprocess.Process, log: Path) -> None:
    deadline = time.monotonic() + 30
    while "worker_started" not in _read(log):
        assert child.returncode is None, _read(log)
        assert time.monotonic() < deadline, _read(log)
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8")


@pytest.mark.proof
@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGINT"])
async def test_told_to_stop_it_ends_well(database: servers.Database, tmp_path: Path, signal_name: str) -> None:
    log = tmp_path / "log"
    async with started(database.app_url, log) as child:
        await _serving(child, log)
        child.send_signal(signal.Signals[signal_name])
        assert await asyncio.wait_for(child.wait(), 10) == 0
    connection = await standalone_connection(database.app_url)
    assert await connection.fetch("SELECT id FROM procrastinate_workers") == []
    await connection.close(timeout=5)


async def test_without_its_database_it_ends_with_an_error(database: servers.Database, tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with started(database.app_url, log) as child:
        await _serving(child, log)
        superuser = await standalone_connection(servers.to_database(database.superuser_url, "postgres"))
        await superuser.execute(f"ALTER DATABASE {database.name} WITH ALLOW_CONNECTIONS false")
        await superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database.name
        )
        await superuser.close(timeout=5)
        assert await asyncio.wait_for(child.wait(), 25) == 1


async def test_it_refuses_a_role_that_sees_every_company(database: servers.Database, tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with started(database.owner_url, log) as child:
        assert await asyncio.wait_for(child.wait(), 30) == 2
    assert "row level security" in _read(log)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEXUS_DIRECTORY_KEY", "short"),
        pytest.param("NEXUS_AUDIT_KEYS", "", marks=pytest.mark.slow),
        pytest.param("NEXUS_AUDIT_KEYS", f"k1:{base64.b64encode(b'k' * 31).decode()}", marks=pytest.mark.slow),
        pytest.param("NEXUS_AUDIT_CHECKPOINTS", "", marks=pytest.mark.slow),
    ],
)
async def test_it_refuses_wrong_settings_by_name(
    database: servers.Database, tmp_path: Path, name: str, value: str
) -> None:
    log = tmp_path / "log"
    async with started(database.app_url, log, **{name: value}) as child:
        assert await asyncio.wait_for(child.wait(), 30) == 2
    assert name in _read(log)
