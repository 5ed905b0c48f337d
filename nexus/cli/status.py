"""`nexus status`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
import typer

from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.instance.access import is_alive, running_instance

SHOWN = ("api", "whatsapp", "simulator")


@dataclass(frozen=True)
class Process:
    """One process of the instance."""

    name: str
    pid: int
    running: bool


@dataclass(frozen=True)
class Status:
    """What runs on a state folder."""

    running: bool
    started_at: datetime | None
    processes: tuple[Process, ...]
    urls: Mapping[str, str]


def command(as_json: JsonOption = False, state: StateOption = STATE) -> None:
    """Show what is running on a state folder. Exit code 1 where nothing is, or a part is missing.

    Example: nexus status --json
    """
    status = _status(state)
    if as_json:
        sys.stdout.write(msgspec.json.encode(status).decode() + "\n")
    elif not status.running:
        typer.echo(f"Nothing runs on {state}. Start it with: nexus up")
    else:
        typer.echo(f"Running since {status.started_at:%Y-%m-%d %H:%M:%S} UTC")
        for process in status.processes:
            address = status.urls.get(process.name, "")
            typer.echo(
                f"  {process.name:<10} {process.pid:>8}  {'running' if process.running else 'down':<8} {address}"
            )
    raise typer.Exit(0 if status.running and all(process.running for process in status.processes) else 1)


def _status(state: StateOption) -> Status:
    runtime = running_instance(state)
    if runtime is None:
        return Status(running=False, started_at=None, processes=(), urls={})
    return Status(
        running=True,
        started_at=runtime.started_at,
        processes=tuple(Process(name, pid, is_alive(pid)) for name, pid in runtime.pids.items()),
        urls={name: url for name, url in runtime.urls.items() if name in SHOWN},
    )
