"""`nexus up` as a person starts it: in a process of its own, on a state folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nexus.servers.state import Runtime, read_runtime

NEXUS: Final = (sys.executable, "-m", "nexus.cli.main")
START_SECONDS: Final = 60
FOREIGN: Final = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@dataclass
class Up:
    """A running `nexus up`; `said` are the lines it printed until it was ready."""

    process: subprocess.Popen[str]
    state: Path
    said: list[str] = field(default_factory=list[str])

    @property
    def runtime(self) -> Runtime:
        """What it says is running."""
        runtime = read_runtime(self.state)
        assert runtime is not None
        return runtime

    def line(self, start: str) -> str:
        """The rest of the line that starts so."""
        return next(line.removeprefix(start).strip() for line in self.said if line.startswith(start))

    def interrupt(self) -> int:
        """Ctrl-C; answers the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)


def environment() -> dict[str, str]:
    """Ours, without what would lead to somebody else's servers."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def nexus(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*NEXUS, *arguments], check=False, capture_output=True, text=True, timeout=60, env=environment()
    )


@contextmanager
def up(state: Path, *arguments: str, told: Mapping[str, str] | None = None) -> Generator[Up]:
    """Start it, with `told` in its environment, and wait until it is ready; nothing of it stays behind."""
    # Never the usual ports: two tests at once would both find them free and one would talk to the other's instance.
    ports = () if "--port" in arguments else ("--port", "0", "--whatsapp-port", "0", "--simulator-port", "0")
    command = [*NEXUS, "up", "--no-web", "--state", str(state), *ports, *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment(), **(told or {})},
        start_new_session=True,
    )
    started = Up(process, state)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            started.said.append(line.rstrip())
            if line.startswith("Ready in"):
                break
        assert started.said, "it said nothing"
        assert started.said[-1].startswith("Ready in"), "\n".join(started.said)
        yield started
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(40)
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def processes_of(state: Path) -> dict[int, str]:
    """Every process that works in the state folder or was told of it."""
    mark = str(state).encode()
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes()
            if mark in words or mark in os.fsencode((entry / "cwd").readlink()):
                found[int(entry.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    return found


def environment_of(pid: int) -> Mapping[str, str]:
    """The variables that a process was started with."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def until(condition: Callable[[], bool], *, seconds: float) -> float:
    """Wait until it is so, and answer for how long; fails after `seconds`."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.05)
    return time.monotonic() - began
