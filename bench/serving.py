"""One worker process of a service under measurement: started, waited for, its CPU time and memory read, stopped."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nexus.instance.children import wait_until_serving
from nexus.instance.ports import HOST, choose_ports
from nexus.servers.processes import Child, ChildSpec

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = resource.getpagesize()


@dataclass(frozen=True)
class Server:
    """A running worker."""

    name: str
    port: int
    child: Child

    def cpu_seconds(self) -> float:
        """User and system time of its process so far."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident_bytes(self) -> int:
        """Its memory now."""
        return int(Path(f"/proc/{self._pid}/statm").read_text().split()[1]) * _PAGE

    @property
    def _pid(self) -> int:
        pid = self.child.pid
        if pid is None:
            raise RuntimeError(f"{self.name} has ended: see {self.child.spec.log}")
        return pid


@contextmanager
def serving(name: str, factory: str, settings: Mapping[str, str], folder: Path) -> Generator[Server]:
    """`factory` is `module:function` of an ASGI app; its log lies in `folder`."""
    port = choose_ports((0, 0, 0), usual=False).api
    where = ("--host", HOST, "--port", str(port), "--no-proxy-headers", "--no-server-header", "--no-access-log")
    child = Child(
        ChildSpec(
            name=name,
            argv=(sys.executable, "-m", "uvicorn", "--factory", factory, "--log-level", "warning", *where),
            log=folder / f"{name}.log",
            env={
                "PATH": os.defpath,
                "LC_ALL": "C.UTF-8",
                "TZ": "UTC",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "NEXUS_PUBLIC_URL": f"http://{HOST}:{port}",
                **settings,
            },
            cwd=folder,
        )
    )
    child.start()
    try:
        wait_until_serving([child], {name: f"http://{HOST}:{port}/healthz"})
        yield Server(name, port, child)
    finally:
        child.stop()
