"""Where a run puts its files: in memory where there is room, since a copy of a database is a thousand small files.

On a disk each copy cost a sixth of a second of a core, a third of the whole run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - Linux's file system in memory; files there are private to the folder
ROOM: Final = 4 << 30  # bytes; a run was seen to need a fifth of it
PREFIX: Final = "nx-"  # short: a socket's path has at most 107 characters
LOCK: Final = "lock"
ANYBODYS: Final = 0o1777  # like /tmp: some tests start programs as another user


@contextmanager
def in_memory(root: Path = MEMORY) -> Generator[Path | None]:
    """Let all temporary files of this process and its children lie in a folder in memory, removed at the end.

    A TMPDIR that somebody has set stays. None where `root` is missing or small.
    """
    if "TMPDIR" in os.environ or not os.access(root, os.W_OK) or shutil.disk_usage(root).free < ROOM:
        yield None
        return
    sweep(root)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    folder.chmod(ANYBODYS)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _point_to(str(folder))
        try:
            yield folder
        finally:
            _point_to(None)
            shutil.rmtree(folder, ignore_errors=True)


def sweep(root: Path) -> None:
    """Remove folders of runs that were killed: nobody holds their lock any more."""
    for path in root.glob(f"{PREFIX}*/{LOCK}"):
        try:
            with path.open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path.parent, ignore_errors=True)
        except OSError:  # held, or somebody else's
            continue


def _point_to(folder: str | None) -> None:
    if folder is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = folder
    tempfile.tempdir = None
