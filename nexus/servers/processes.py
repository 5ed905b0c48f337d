"""Child processes that never outlive this one: started tied to it, logged to a file, stopped politely then firmly."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nexus.servers.errors import NotMainThreadError, ServerStartError
from nexus.servers.identity import Identity, own, wrapped

LARGEST_LOG = 10_000_000  # bytes; at a start a larger one becomes NAME.log.1


class Service(Protocol):
    """Something the supervisor keeps running."""

    @property
    def name(self) -> str:
        """Unique in its supervisor; also the name of its log."""
        ...

    @property
    def pid(self) -> int | None:
        """Of the running process, or None."""
        ...

    def start(self) -> None:
        """Return when it is ready. Raises ServersError."""
        ...

    def running(self) -> bool:
        """Whether its process is alive."""
        ...

    def stop(self) -> None:
        """Return when its process is gone. Harmless when it is not running."""
        ...


@dataclass(frozen=True)
class ChildSpec:
    """What to run. `env` None inherits ours; it may hold secrets, so it does not print. Timeout in seconds."""

    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] | None = field(default=None, repr=False)
    cwd: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_timeout: float = 10.0
    identity: Identity = field(default_factory=own)


class Child:
    """One process made from a ChildSpec; satisfies Service. Start it from the main thread."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """The spec's name."""
        return self.spec.name

    @property
    def pid(self) -> int | None:
        """Of the running process, or None."""
        return self._process.pid if self._process and self.running() else None

    @property
    def returncode(self) -> int | None:
        """How the last process ended (negative: by that signal); None while it runs or before it was started."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start it and return at once.

        Raises NotMainThreadError elsewhere: the kernel ties a child to the thread that made it, not to the process.
        """
        if threading.current_thread() is not threading.main_thread():
            raise NotMainThreadError(f"{self.name} must be started from the main thread.")
        spec = self.spec
        _rotate(spec.log)
        descriptor = open_log(spec.log)
        try:
            # A session of its own: Ctrl-C at the terminal must reach us alone, so that we stop things in order.
            self._process = subprocess.Popen(  # noqa: S603
                wrapped(spec.argv, spec.identity, spec.stop_signal),
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                env=None if spec.env is None else dict(spec.env),
                cwd=spec.cwd,
                start_new_session=True,
            )
        except OSError as error:
            raise ServerStartError(self.name, f"cannot be started ({error})", spec.log) from error
        finally:
            os.close(descriptor)

    def running(self) -> bool:
        """Whether its process is alive."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Send the stop signal, after the timeout SIGKILL to its whole group, and reap it."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(self.spec.stop_signal)
        try:
            process.wait(self.spec.stop_timeout)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()


def open_log(log: Path) -> int:
    """A descriptor that appends to `log`, mode 0600 where it is new."""
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _rotate(log: Path) -> None:
    with suppress(FileNotFoundError):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
