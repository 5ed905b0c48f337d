"""As whom PostgreSQL runs: it refuses root, and its initdb refuses a uid without a passwd entry."""

import os
import pwd
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nexus.servers.errors import ServersError

EXEC_CHILD = Path(__file__).with_name("exec_child.py")


class Means(StrEnum):
    """How the identity is taken; the values are arguments of exec_child.py."""

    OWN = "own"
    NAMESPACE = "namespace"
    SETUID = "setuid"


@dataclass(frozen=True)
class Identity:
    """A means and the uid and gid it leads to (as the program sees them)."""

    means: Means
    uid: int
    gid: int


def own() -> Identity:
    """The caller, unchanged."""
    return Identity(Means.OWN, os.geteuid(), os.getegid())


def nobody(means: Means) -> Identity:
    """The passwd entry `nobody`, by the given means."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise ServersError("PostgreSQL needs an unprivileged user and /etc/passwd has no `nobody`.") from error
    return Identity(means, entry.pw_uid, entry.pw_gid)


def for_postgres(program: Path) -> Identity:
    """The least change that lets `program` run: none, a user namespace, or as root setuid to `nobody`.

    Raises ServersError for a uid without a passwd entry where namespaces do not work.
    """
    if os.geteuid() != 0 and _has_passwd_entry(os.geteuid()):
        return own()
    inside = nobody(Means.NAMESPACE)
    refusal = _refusal(program, inside)
    if refusal is None:
        return inside
    if os.geteuid() == 0:
        return nobody(Means.SETUID)
    raise ServersError(
        f"uid {os.geteuid()} has no entry in /etc/passwd, and a user namespace does not work here ({refusal}): "
        "add the entry, or point DATABASE_URL and DATABASE_OWNER_URL at a server."
    )


def wrapped(argv: tuple[str, ...], identity: Identity, death_signal: int) -> list[str]:
    """The command that runs `argv` under `identity` and ends with this process."""
    tie = [str(os.getpid()), str(int(death_signal))]
    take = [identity.means.value, str(identity.uid), str(identity.gid)]
    return [sys.executable, "-I", "-S", str(EXEC_CHILD), *tie, *take, *argv]


def _has_passwd_entry(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _refusal(program: Path, identity: Identity) -> str | None:
    """Why `program --version` does not run under `identity`, or None when it does."""
    command = wrapped((str(program), "--version"), identity, signal.SIGKILL)
    tried = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10)  # noqa: S603
    return None if tried.returncode == 0 else tried.stderr.strip() or f"code {tried.returncode}"
