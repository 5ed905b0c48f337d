"""Keeps the services of one ensemble running: imported once, each life a fork, so that a restart takes no seconds.

Run by path: `keeper.py PLAN`, PLAN a JSON file with the environment of each service and where to note the pids. A
service that ends is forked again at once. While the file `broken` beside the plan names a defence, each new life goes
without it (`broken.py`): that is what the controls are made of.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import uvicorn

import core.job_worker
import nexus.simulator.__main__
import nexus.worker
import orchestrator_service.main
import whatsapp_service.main
from tests.faults import broken

PR_SET_PDEATHSIG = 1
PAUSE_SECONDS = 0.05
# The dead are missed after a second instead of fifteen: the order of events is the same, the waiting is not.
HURRY = {"HEARTBEAT_SECONDS": 0.25, "STALLED_SECONDS": 1.2, "RESCUE_SECONDS": 0.25, "POLLING_SECONDS": 0.1}


def serve(app: Callable[[], object], port: int) -> None:
    uvicorn.run(app, factory=True, port=port, access_log=False, log_level="warning", timeout_graceful_shutdown=1)  # pyright: ignore[reportArgumentType] - the stubs want an ASGI app even of a factory


def work() -> None:
    for name, seconds in HURRY.items():
        setattr(core.job_worker, name, seconds)
    nexus.worker.main()


def live(name: str, service: dict[str, object], plan: Path) -> None:
    """One life, in the forked child; never returns."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(cast("dict[str, str]", service["environment"]))
    log = os.open(str(service["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    defence = plan.with_name("broken")
    if defence.exists():
        broken.remove(defence.read_text())
    match name:
        case "api":
            serve(orchestrator_service.main.app, int(str(service["port"])))
        case "whatsapp":
            serve(broken.as_served(whatsapp_service.main.app), int(str(service["port"])))
        case "simulator":
            nexus.simulator.__main__.main()
        case _:
            work()
    sys.stdout.flush()
    os._exit(0)


class Keeper:
    def __init__(self, plan: Path) -> None:
        self.plan = plan
        self.services: dict[str, dict[str, object]] = json.loads(plan.read_text())["services"]
        self.pids: dict[str, int] = {}

    def start(self, name: str) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                live(name, self.services[name], self.plan)
            finally:
                os._exit(1)
        self.pids[name] = pid
        self.note()

    def note(self) -> None:
        """Where the tests read who runs."""
        fresh = self.plan.with_name("pids.new")
        fresh.write_text(json.dumps(self.pids))
        fresh.replace(self.plan.with_name("pids.json"))

    def stop(self, *_: object) -> None:
        for pid in self.pids.values():
            os.kill(pid, signal.SIGKILL)
        os._exit(0)

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        for name in self.services:
            self.start(name)
        while True:
            ended, _ = os.wait()
            name = next(name for name, pid in self.pids.items() if pid == ended)
            time.sleep(PAUSE_SECONDS)
            self.start(name)


if __name__ == "__main__":
    Keeper(Path(sys.argv[1])).run()
