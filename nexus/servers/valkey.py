"""Embedded Valkey: fast and forgetful, on a unix socket only, ended with this process."""

import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import quote

from nexus.servers.binaries import valkey_binary
from nexus.servers.errors import ServerStartError
from nexus.servers.processes import Child, ChildSpec
from nexus.servers.state import StateFolder

READY_TIMEOUT = 10.0  # seconds
LARGEST_MEMORY = "256mb"


class EmbeddedValkey:
    """One Valkey in a state folder; satisfies Service. It keeps nothing on disk: losing it loses nothing."""

    name = "valkey"

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """Of the running server, or None."""
        return self._child.pid if self._child else None

    @property
    def socket(self) -> Path:
        """Its unix socket, in a 0700 folder."""
        return self._state.socket_directory() / "valkey.sock"

    @property
    def url(self) -> str:
        """For redis-py."""
        return f"unix://{quote(str(self.socket))}?db=0"

    def start(self) -> None:
        """Start it and wait until it answers. Raises ServersError. Call it from the main thread."""
        self.socket.unlink(missing_ok=True)
        self._child = Child(self._spec())
        self._child.start()
        deadline = time.monotonic() + READY_TIMEOUT
        while not _answers(self.socket):
            if not self._child.running():
                raise ServerStartError(self.name, f"ended with code {self._child.returncode}", self._child.spec.log)
            if time.monotonic() > deadline:
                self._child.stop()
                raise ServerStartError(self.name, f"was not ready after {READY_TIMEOUT:.0f} s", self._child.spec.log)
            time.sleep(0.005)

    def running(self) -> bool:
        """Whether the server is alive."""
        return self._child is not None and self._child.running()

    def stop(self) -> None:
        """Stop it and remove its socket."""
        if self._child:
            self._child.stop()
            self.socket.unlink(missing_ok=True)

    def _spec(self) -> ChildSpec:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "daemonize": "no",
            "dir": str(self.socket.parent),
            "maxmemory": LARGEST_MEMORY,
            "maxmemory-policy": "noeviction",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return ChildSpec(
            name=self.name,
            argv=(str(valkey_binary(self._state)), *options),
            log=self._state.log(self.name),
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stop_signal=signal.SIGTERM,
            stop_timeout=5.0,
        )


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(1.0)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
