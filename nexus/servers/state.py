"""The state folder of one installation: its lock, its generated secrets and what is running (PRODUCT §1.2).

Everything in it is for its owner only (folders 0700, files 0600). One process at a time holds it.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from nexus.servers.errors import SecretsDamagedError, StateHeldError, StateUnusableError

DEFAULT_STATE = Path(".nexus")
LONGEST_SOCKET_PATH = 107  # sockaddr_un holds 108 bytes with the final zero
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Runtime:
    """What is running. `urls` may hold passwords, so they do not print; the file is 0600."""

    started_at: datetime
    pids: Mapping[str, int]
    ports: Mapping[str, int] = field(default_factory=dict[str, int])
    sockets: Mapping[str, str] = field(default_factory=dict[str, str])
    urls: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class StateFolder:
    """A held state folder; made by `hold`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket_directory: Path | None = None

    def secret(self, name: str, factory: Callable[[], str]) -> str:
        """The secret called `name`, made once by `factory` and on disk before it is returned.

        Raises SecretsDamagedError rather than making a new one when the file cannot be read.
        """
        stored = self._secrets()
        if name not in stored:
            stored[name] = factory()
            write_private(self.path / "secrets.json", msgspec.json.format(msgspec.json.encode(stored)))
        return stored[name]

    def replace_secret(self, name: str, value: str) -> None:
        """Write another value of a secret, on disk before this returns: only while the folder is held."""
        write_private(
            self.path / "secrets.json", msgspec.json.format(msgspec.json.encode(self._secrets() | {name: value}))
        )

    def folder(self, name: str) -> Path:
        """The folder `name` in the state, 0700, created where missing."""
        path = self.path / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def log(self, name: str) -> Path:
        """The log file of the process called `name`."""
        return self.folder("logs") / f"{name}.log"

    def socket_directory(self) -> Path:
        """A 0700 folder whose socket paths fit: in the state, or a private one elsewhere if the state's is too long."""
        inside = self.path / "run"
        if len(os.fsencode(inside / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return self.folder("run")
        if self._socket_directory is None:
            self._socket_directory = self._short_directory()
        return self._socket_directory

    def write_runtime(self, runtime: Runtime) -> None:
        """Publish what is running, atomically."""
        write_private(self.path / "runtime.json", msgspec.json.encode(runtime))

    def clear_runtime(self) -> None:
        """Nothing is running any more."""
        (self.path / "runtime.json").unlink(missing_ok=True)

    def _secrets(self) -> dict[str, str]:
        path = self.path / "secrets.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError as error:
            raise SecretsDamagedError(path) from error

    def _short_directory(self) -> Path:
        """The one an earlier run noted, if it is still ours alone; else a new one. Reuse keeps kills from piling up."""
        note = self.path / "run.path"
        if note.exists():
            noted = Path(note.read_text(encoding="utf-8"))
            if noted.is_dir() and not noted.is_symlink() and _is_private(noted.lstat()):
                return noted
        made = Path(tempfile.mkdtemp(prefix="nexus-"))
        write_private(note, os.fsencode(made))
        return made


@contextmanager
def hold(path: Path) -> Generator[StateFolder]:
    """Create the state folder where missing and hold it until the block ends.

    Raises StateHeldError (naming the holder's pid) or StateUnusableError.
    """
    path = path.absolute()
    _prepare(path)
    try:
        descriptor = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StateUnusableError(path, f"cannot be written ({error.strerror})") from error
    try:
        _lock(descriptor, path)
        yield StateFolder(path)
    finally:
        os.close(descriptor)


def read_runtime(path: Path) -> Runtime | None:
    """What a running instance published in the state folder `path`, or None. Needs no lock."""
    try:
        return msgspec.json.decode((path / "runtime.json").read_bytes(), type=Runtime)
    except FileNotFoundError:
        return None


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` atomically with `content`, mode 0600, on disk when this returns."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _prepare(path: Path) -> None:
    """Make the folder ours alone. A folder that is somebody else's, or holds other things, is left untouched."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.stat()
        if status.st_uid != os.geteuid():
            raise StateUnusableError(path, f"belongs to uid {status.st_uid}")
        if not _is_private(status):
            if any(path.iterdir()) and not (path / "lock").exists():
                raise StateUnusableError(path, "holds other files and is open to other users")
            path.chmod(0o700)
    except OSError as error:
        raise StateUnusableError(path, f"cannot be created or written ({error.strerror})") from error


def _is_private(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and status.st_mode & 0o077 == 0


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        written = os.read(descriptor, 32).decode("ascii", "replace").strip()
        raise StateHeldError(path, int(written) if written.isdecimal() else None) from error
    except OSError as error:
        raise StateUnusableError(path, f"is on a file system without locks ({error.strerror})") from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
