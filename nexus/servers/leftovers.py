"""Clears what a killed PostgreSQL left: processes still in its data folder, then its pid file.

PostgreSQL itself refuses to start when its old pid now belongs to any process of the same user, which is usual
after a container restarts. We hold the state folder's lock, so nobody else may run on this data.
"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from nexus.servers.errors import ServersError

PATIENCE = 5.0  # seconds for backends to notice that their postmaster is gone


def clear_leftovers(data: Path, sockets: Path) -> None:
    """Return when no PostgreSQL works in `data` and no lock file there or in `sockets` names one.

    Raises ServersError when one cannot be ended. Without /proc PostgreSQL's own check stands alone.
    """
    locks = [path for path in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")) if path.exists()]
    if not locks or not Path("/proc/self/cwd").exists():
        return
    _end(data)
    # Only once nothing works there: removing the files switches off PostgreSQL's check of its shared memory.
    for lock in locks:
        lock.unlink(missing_ok=True)


def processes_in(data: Path) -> list[int]:
    """Process ids of the PostgreSQL on `data`: each has its current folder there (so may a person's shell)."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal() and _works_in(entry, data)]


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data and (process / "exe").readlink().name.startswith("postgres")
    except OSError:
        return False


def _end(data: Path) -> None:
    """Ask the postmaster if it lives, wait for the rest, and kill what stays."""
    with suppress(OSError, ValueError, IndexError):
        postmaster = int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        if postmaster in processes_in(data):
            os.kill(postmaster, signal.SIGINT)
    began = time.monotonic()
    while alive := processes_in(data):
        waited = time.monotonic() - began
        if waited > 2 * PATIENCE:
            raise ServersError(f"PostgreSQL processes {alive} still use {data} and do not end.")
        if waited > PATIENCE:
            for pid in alive:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
