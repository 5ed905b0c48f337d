"""Embedded PostgreSQL: created on its first start, on a unix socket only, ended with this process (PRODUCT §1.1)."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from nexus.servers.binaries import postgres_binaries
from nexus.servers.errors import ServerStartError
from nexus.servers.identity import Identity, for_postgres, wrapped
from nexus.servers.leftovers import clear_leftovers
from nexus.servers.place import Place, choose_place
from nexus.servers.postgres_setup import SUPERUSER, connection_url, initdb_command, server_options
from nexus.servers.processes import Child, ChildSpec, open_log
from nexus.servers.state import StateFolder

RECOVERY_TIMEOUT = 120.0  # seconds; after a kill the log is replayed first


class EmbeddedPostgres:
    """One PostgreSQL in a state folder; satisfies Service.

    `durable=False` is for tests: a crash of the machine loses the data. `identity` None chooses what works here.
    """

    name = "postgres"

    def __init__(
        self,
        state: StateFolder,
        *,
        durable: bool = True,
        identity: Identity | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.durable = durable
        self.first_start = False
        self._state = state
        self._environ = environ
        self._identity = identity
        self._place: Place | None = None
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """Of the running postmaster, or None."""
        return self._child.pid if self._child else None

    @property
    def place(self) -> Place:
        """Where it lives; found at the first use."""
        if self._place is None:
            binaries = postgres_binaries(self._state, self._environ)
            identity = self._identity or for_postgres(binaries / "postgres")
            self._place = choose_place(self._state, binaries, identity)
        return self._place

    def superuser_url(self, database: str = "postgres") -> str:
        """Connection string of the launcher's superuser, who creates roles, databases and extensions only."""
        return connection_url(SUPERUSER, self._password(), self.place.sockets, database)

    def start(self) -> None:
        """Create the cluster where missing, clear what a kill left, start and wait until it accepts connections.

        Raises ServersError. Call it from the main thread.
        """
        place = self.place
        if not place.data.exists():
            self.first_start = True
            self._create(place)
        clear_leftovers(place.data, place.sockets)
        self._child = Child(self._spec(place))
        self._child.start()
        self._wait_ready(self._child, place.data / "postmaster.pid")

    def running(self) -> bool:
        """Whether the postmaster is alive."""
        return self._child is not None and self._child.running()

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back."""
        if self._child:
            self._child.stop()

    def _password(self) -> str:
        return self._state.secret("database_superuser_password", lambda: secrets.token_urlsafe(24))

    def _spec(self, place: Place) -> ChildSpec:
        options = server_options(place.sockets, durable=self.durable)
        return ChildSpec(
            name=self.name,
            argv=(str(place.binaries / "postgres"), "-D", str(place.data), *options),
            log=self._state.log(self.name),
            env=self._environment(),
            stop_signal=signal.SIGINT,
            stop_timeout=30.0,
            identity=place.identity,
        )

    def _environment(self) -> dict[str, str]:
        """Nothing of ours that PostgreSQL would read: PGPORT, PGDATA and the locale."""
        kept = {name: self._environ[name] for name in ("LD_LIBRARY_PATH",) if name in self._environ}
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **kept}

    def _create(self, place: Place) -> None:
        """Run initdb beside the final name and rename, so that an interrupted one is never taken for a cluster."""
        new = place.data.with_name("pg.new")
        shutil.rmtree(new, ignore_errors=True)
        password_file = place.sockets / "superuser.password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password(), encoding="ascii")
        place.give(password_file)
        log = self._state.log("initdb")
        try:
            # The parent is waited for, so its own end must not leave an initdb behind: SIGKILL is safe on pg.new.
            command = wrapped(
                initdb_command(place.binaries, new, password_file, durable=self.durable), place.identity, signal.SIGKILL
            )
            with os.fdopen(open_log(log), "ab") as output:
                code = subprocess.run(  # noqa: S603
                    command,
                    check=False,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    env=self._environment(),
                ).returncode
        finally:
            password_file.unlink()
        if code != 0:
            raise ServerStartError("initdb", f"ended with code {code}", log)
        new.rename(place.data)

    def _wait_ready(self, child: Child, pid_file: Path) -> None:
        deadline = time.monotonic() + RECOVERY_TIMEOUT
        while not _is_ready(pid_file, child.pid):
            if not child.running():
                raise ServerStartError(self.name, f"ended with code {child.returncode}", child.spec.log)
            if time.monotonic() > deadline:
                child.stop()
                raise ServerStartError(self.name, f"was not ready after {RECOVERY_TIMEOUT:.0f} s", child.spec.log)
            time.sleep(0.005)


def _is_ready(pid_file: Path, pid: int | None) -> bool:
    """The postmaster writes its state in the eighth line, as pg_ctl reads it; no connection is needed to know."""
    try:
        lines = pid_file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"  # noqa: PLR2004
