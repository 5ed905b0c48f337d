"""Runs the launcher in a process of its own, as the person's `nexus up` would be."""

import os
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

# Starts the servers, prints one line of JSON, and stays until its input closes or a signal comes.
PROGRAM = """
import json, sys
from pathlib import Path
from nexus.servers.launch import servers
with servers(Path(sys.argv[1])) as s:
    report = {"pids": {x.name: x.pid for x in s.services}, "seconds": s.seconds, "first_start": s.first_start}
    report |= {"app_url": s.app_url, "owner_url": s.owner_url, "redis_url": s.redis_url}
    print(json.dumps(report), flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Report:
    """What the launcher's process printed."""

    pids: dict[str, int]
    seconds: float
    first_start: bool
    app_url: str
    owner_url: str
    redis_url: str


@dataclass(frozen=True)
class Launched:
    """A running launcher."""

    process: subprocess.Popen[bytes]
    report: Report


@contextmanager
def launched(state: Path, prefix: Sequence[str] = (), environ: dict[str, str] | None = None) -> Generator[Launched]:
    """Start it under `prefix` (a command such as setpriv); it ends with the block. Its complaint fails the test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "REDIS"))}
    process = subprocess.Popen(
        [*prefix, sys.executable, "-c", PROGRAM, str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | (environ or {}),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read().decode()
        yield Launched(process, msgspec.json.decode(line, type=Report))
        if process.poll() is None:
            process.stdin.close()
            process.wait(30)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone_within(pids: Sequence[int], seconds: float) -> bool:
    """Whether all of them end in time."""
    deadline = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
