"""`nexus demo`: the main job, proved end to end on an instance that is thrown away."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import msgspec
import typer
from rich.console import Console
from socketio.exceptions import SocketIOError

from core.whatsapp import ProviderName
from nexus.cli.options import JsonOption, ProviderOption
from nexus.demo.phone import NoAnswerError
from nexus.demo.play import Speaker, play
from nexus.demo.report import Report, failed
from nexus.instance.run import Instance, Wishes, run_instance

QUIET_SECONDS: Final = 1.5
STYLES: Final = {"customer": ("Ana  ", "green"), "agent": ("Agent", "cyan"), "note": ("     ", "dim")}
HEARD: Final = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@dataclass
class _Stage:
    """Carries the report from the player's thread to the launcher's."""

    console: Console
    began: float = field(default_factory=time.monotonic)
    report: Report | None = None

    def tell(self, speaker: Speaker, text: str) -> None:
        name, style = STYLES[speaker]
        self.console.print(f"[{style}]{name}[/{style}]  ", end="")
        self.console.print(text, markup=False, highlight=False)

    def ready(self, instance: Instance) -> None:
        """The player's own thread: the main one stays with the processes."""
        self.console.print(f"[dim]Everything runs after {instance.seconds:.1f} s[/dim]\n")
        threading.Thread(target=self._play, args=(instance,), name="nexus-demo", daemon=True).start()

    def _play(self, instance: Instance) -> None:
        try:
            self.report = asyncio.run(play(instance, self.tell, quiet_seconds=QUIET_SECONDS))
        except (NoAnswerError, httpx.HTTPError, SocketIOError, msgspec.MsgspecError) as error:
            self.report = failed(f"{type(error).__name__}: {error}", time.monotonic() - self.began)
        finally:
            instance.stop()


def command(provider: ProviderOption = None, as_json: JsonOption = False) -> None:
    """Play a sale over WhatsApp on a throw-away instance: lead, qualification, meeting, client.

    A burst of messages, a repeated delivery and an injection attempt go through the real signed webhook. Exit code 0
    only where everything came true.

    Example: nexus demo --json
    """
    stage = _Stage(Console(quiet=as_json))
    folder = Path(tempfile.mkdtemp(prefix="nexus-demo-"))
    try:
        with stage.console.status("Starting PostgreSQL, Valkey and the services …"):
            ended_by = run_instance(_wishes(folder / "state", provider), stage.ready, _notice)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report = stage.report
    if report is None:
        sys.stderr.write("The demonstration was interrupted.\n")
        raise typer.Exit(128 + (ended_by if ended_by is not signal.SIGTERM else signal.SIGINT))
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        _show(stage.console, report)
    raise typer.Exit(0 if report.ok else 1)


def _wishes(state: Path, provider: ProviderName | None) -> Wishes:
    """Servers of its own whatever the environment names: nothing of an installation is touched."""
    plain = {name: value for name, value in Wishes(state).environ.items() if name not in HEARD}
    return Wishes(
        state, usual_ports=False, durable=False, quiet_seconds=QUIET_SECONDS, provider=provider, environ=plain
    )


def _notice(name: str, text: str) -> None:
    sys.stderr.write(f"{name} {text}\n")


def _show(console: Console, report: Report) -> None:
    console.print()
    for done, what in (
        (report.lead is not None, f"lead      {report.lead.full_name if report.lead else '-'}"),
        (
            report.qualification is not None,
            f"qualified {report.qualification.interest if report.qualification else '-'}",
        ),
        (report.meeting is not None, f"meeting   {report.meeting.starts_at if report.meeting else '-'}"),
        (report.client is not None, f"client    {report.client.full_name if report.client else '-'}"),
        (report.one_reply_for_burst, "one reply for the burst"),
        (report.duplicate_ignored, "the repeated delivery was ignored"),
        (report.injection_refused, "the injection attempt was refused"),
    ):
        console.print(f"[{'green' if done else 'red'}]{'✓' if done else '✗'}[/]  {what}", highlight=False)
    if report.problem:
        console.print(f"[red]{report.problem}[/red]", highlight=False)
    console.print(f"\nLive events: {', '.join(report.events) or 'none'}", highlight=False)
    console.print(f"{'Done' if report.ok else 'Failed'} in {report.seconds:.1f} s.")
