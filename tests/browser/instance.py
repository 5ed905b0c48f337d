"""One real `nexus up` with its web app and demo company, shared by all workers of a run.

A start costs five seconds of a core and six processes; the count of its users is a shared file lock, so it is right
even after a worker was killed. The last one out stops it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import httpx
import msgspec
import psycopg

from core.principal import Role
from nexus.servers.state import read_runtime
from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.acceptance.running import NEXUS, START_SECONDS, environment, nexus, until

ANY_PORTS: Final = ("--port", "0", "--whatsapp-port", "0", "--simulator-port", "0")
STOP_SECONDS: Final = 40
TOKEN: Final = "?token="


@dataclass(frozen=True)
class Login:
    """One person of the demo company; `session` is the cookie of a session that is open already."""

    email: str
    password: str = field(repr=False)
    session: str = field(repr=False)


@dataclass(frozen=True)
class Instance:
    """Where it is and how to get in. `join_code` opens the demo company's registration.

    `front_door` is the login page's path with the token that lists the logins.
    """

    pid: int
    state: str
    url: str
    simulator_url: str
    simulator_token: str = field(repr=False)
    join_code: str = field(repr=False)
    front_door: str = field(repr=False)
    logins: dict[Role, Login] = field(repr=False)


@contextmanager
def shared_instance(folder: Path) -> Generator[Instance]:
    """The run's instance, started by the first who asks; `folder` is the same for all workers of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("w") as users:
        with _alone(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            instance = _told(folder) or _start(folder)
        try:
            yield instance
        finally:
            with _alone(folder):
                if _is_last(users):
                    _stop(folder, instance)


def browser_headers(url: str, address: str) -> dict[str, str]:
    """What a page of ours sends, from an address of its own: the limits of one test do not count for another."""
    return {"Origin": url, "X-Nexus-CSRF": "1", "X-Forwarded-For": address}


def _told(folder: Path) -> Instance | None:
    note = folder / "instance.json"
    return msgspec.json.decode(note.read_bytes(), type=Instance) if note.exists() else None


def _start(folder: Path) -> Instance:
    state, log = folder / "state", folder / "up.log"
    pid = _spawn([*NEXUS, "up", "--no-web", "--state", str(state), *ANY_PORTS], log)
    try:
        until(lambda: "\nReady in" in log.read_text() or not _runs(pid, state), seconds=START_SECONDS)
        said = log.read_text().splitlines()
        assert said[-1].startswith("Ready in"), "\n".join(said)
        seeded = nexus("seed", "--state", str(state))
        assert seeded.returncode == 0, seeded.stderr
        _answer_sooner(state)
        instance = _read(pid, state, said)
    except BaseException:
        _end(pid, state)
        raise
    (folder / "instance.json").touch(mode=0o600)
    (folder / "instance.json").write_bytes(msgspec.json.encode(instance))
    return instance


def _answer_sooner(state: Path) -> None:
    """The demo's agent listens for six seconds, which nobody here needs to watch."""
    runtime = read_runtime(state)
    assert runtime is not None
    with psycopg.connect(runtime.urls["database_owner"]) as owner:
        owner.execute("UPDATE tenant_settings SET quiet_seconds = 1.5 WHERE tenant_id > 0")


def _spawn(command: list[str], log: Path) -> int:
    """Not a Popen: whoever starts it may leave before it ends."""
    writable = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = (
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), writable, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    )
    # The tests' own proxy: each page says from which address it comes.
    variables = environment() | {"NEXUS_TRUSTED_PROXIES": "127.0.0.1"}
    log.touch(mode=0o600)
    return os.posix_spawn(command[0], command, variables, file_actions=actions, setpgroup=0)


def _read(pid: int, state: Path, said: list[str]) -> Instance:
    runtime = read_runtime(state)
    assert runtime is not None
    url = runtime.urls["api"]
    phone = next(line for line in said if line.startswith("phone:"))
    door = next(line for line in said if line.startswith("open:"))
    logins: dict[Role, Login] = {}
    for number, line in enumerate(line for line in said if line.startswith("login:")):
        _, role, email, password = line.split()
        session = _session(url, email, password, f"198.51.100.{number + 1}")
        logins[msgspec.convert(role, Role)] = Login(email, password, session)
    return Instance(
        pid=pid,
        state=str(state),
        url=url,
        simulator_url=runtime.urls["simulator"],
        simulator_token=phone.partition(TOKEN)[2],
        join_code=_join_code(url, logins["ceo"].session),
        front_door=door.removeprefix(f"open: {url}"),
        logins=logins,
    )


def _session(url: str, email: str, password: str, address: str) -> str:
    with httpx.Client(base_url=url, headers=browser_headers(url, address), trust_env=False) as client:
        client.post("/auth/login", json={"email": email, "password": password}).raise_for_status()
        return client.cookies[LOOPBACK_COOKIE]


def _join_code(url: str, session: str) -> str:
    with httpx.Client(base_url=url, cookies={LOOPBACK_COOKIE: session}, trust_env=False) as client:
        code = client.get("/admin/core/join-code").raise_for_status().json()["code"]
    assert isinstance(code, str)
    return code


def _stop(folder: Path, instance: Instance) -> None:
    (folder / "instance.json").unlink(missing_ok=True)
    _end(instance.pid, Path(instance.state))


def _end(pid: int, state: Path) -> None:
    """By its own pid, which is surely its own while it runs."""
    if _runs(pid, state):
        os.kill(pid, signal.SIGTERM)
        try:
            until(lambda: not _runs(pid, state), seconds=STOP_SECONDS)
        except AssertionError:
            os.kill(pid, signal.SIGKILL)
            raise
    shutil.rmtree(state, ignore_errors=True)


def _runs(pid: int, state: Path) -> bool:
    """Asked of the system where it is our child, else of the lock that it holds while it runs."""
    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    with suppress(FileNotFoundError), (state / "lock").open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    with (folder / "door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
