"""Where PostgreSQL's programs, data and socket are: in the state, or where an unprivileged user can reach them."""

import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from nexus.servers.errors import StateUnusableError
from nexus.servers.identity import Identity, Means
from nexus.servers.state import StateFolder, write_private

REACHABLE_ROOT = Path("/var/lib/nexus")


@dataclass(frozen=True)
class Place:
    """Folders of one PostgreSQL. `binaries` holds the programs, `sockets` fits a socket path."""

    binaries: Path
    data: Path
    sockets: Path
    identity: Identity

    def give(self, path: Path) -> None:
        """Make `path` belong to the server's identity where that is another user."""
        if self.identity.means is Means.SETUID:
            os.chown(path, self.identity.uid, self.identity.gid)


def choose_place(state: StateFolder, binaries: Path, identity: Identity) -> Place:
    """The state folder itself, unless PostgreSQL runs as another user: a 0700 state is closed to that one."""
    if identity.means is not Means.SETUID:
        return Place(binaries, state.path / "pg", state.socket_directory(), identity)
    digest = hashlib.sha256(os.fsencode(state.path)).hexdigest()[:16]
    root = REACHABLE_ROOT / digest
    try:
        # 0711 and root's: others pass through to what is theirs, and can neither list nor change it.
        for folder in (REACHABLE_ROOT, root):
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
            folder.chmod(0o711)
        home, sockets = root / "pg-home", root / "run"
        for folder in (home, sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            os.chown(folder, identity.uid, identity.gid)
        reachable = binaries if _reachable(binaries) else _copied(binaries, root)
    except OSError as error:
        raise StateUnusableError(
            root, f"cannot be written ({error.strerror}), and user namespaces are blocked"
        ) from error
    _set_abandoned_aside(state, home / "pg")
    return Place(reachable, home / "pg", sockets, identity)


def _set_abandoned_aside(state: StateFolder, data: Path) -> None:
    """Data whose state folder was deleted is useless without its secrets; keep it, out of the way of a new start."""
    note = state.path / "pg.at"
    if note.exists():
        return
    if data.exists():
        data.rename(data.with_name(f"pg.abandoned-{time.time_ns()}"))
    write_private(note, os.fsencode(data))


def _reachable(binaries: Path) -> bool:
    """Whether any user may run what is there."""
    program = binaries / "postgres"
    return all(path.stat().st_mode & 0o001 for path in (program, *program.parents))


def _copied(binaries: Path, root: Path) -> Path:
    """A copy of the installation around `binaries`, with the libraries its programs look for beside the package."""
    installation = binaries.parent
    copy = root / "programs" / installation.parent.name
    target = copy / installation.name
    mark = (binaries / "postgres").stat()
    if _same(target / binaries.name / "postgres", mark):
        return target / binaries.name
    shutil.rmtree(root / "programs", ignore_errors=True)
    copy.mkdir(mode=0o711, parents=True)
    copy.parent.chmod(0o711)
    shutil.copytree(installation, target, ignore=shutil.ignore_patterns("include"))
    libraries = installation.parent.with_name(f"{installation.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.parent / libraries.name)
    return target / binaries.name


def _same(path: Path, mark: os.stat_result) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, int(status.st_mtime)) == (mark.st_size, int(mark.st_mtime))
