"""`nexus faults`: kill -9 under load, on an instance that is thrown away; nothing may be lost or doubled."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

import httpx
import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.database import open_database
from core.errors import NexusError
from core.whatsapp import ProviderName
from nexus.cli.demo import HEARD
from nexus.cli.options import JsonOption, ProviderOption
from nexus.faults.report import Report
from nexus.faults.run import Place, Wanted, run
from nexus.faults.run import Progress as Step
from nexus.instance.children import SimulatorWishes
from nexus.instance.run import Instance, Wishes, run_instance
from nexus.servers.state import read_runtime

QUIET_SECONDS: Final = 1.0
JOURNAL: Final = "journal.jsonl"
# The provider tries again sooner than outside, for the run to end the same day; statuses come as fast as there.
SIMULATOR: Final = SimulatorWishes(JOURNAL, retry_delays=(1, 2, 4, 5, 5, 5, 5, 10, 10, 10, 30, 30))
KEPT: Final = ("logs", JOURNAL)


@dataclass
class _Stage:
    """Carries the report from the thread that writes and kills to the one that keeps the processes."""

    console: Console
    wanted: Wanted
    report: Report | None = None
    problem: str | None = None
    notices: list[str] = field(default_factory=list[str])

    def ready(self, instance: Instance) -> None:
        """A thread of its own: the main one stays with the processes."""
        threading.Thread(target=self._play, args=(instance,), name="nexus-faults", daemon=True).start()

    def hear(self, name: str, text: str) -> None:
        """Ends and restarts are what is wanted here: kept, not shown."""
        self.notices.append(f"{name} {text}")

    def _play(self, instance: Instance) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        try:
            with Progress(*columns, console=self.console, transient=True) as bars:
                bar = bars.add_task("writing", total=self.wanted.messages)

                def tell(step: Step) -> None:
                    rest = "" if step.waiting is None else f", {step.waiting} under way"
                    bars.update(bar, completed=step.written, description=f"{step.killed} kills{rest}")

                self.report = asyncio.run(self._run(instance, tell))
        except (NexusError, httpx.HTTPError, OSError, ExceptionGroup) as error:
            first: BaseException = error
            while isinstance(first, BaseExceptionGroup):
                first = first.exceptions[0]
            self.problem = f"{type(first).__name__}: {first}"
        finally:
            instance.stop()

    async def _run(self, instance: Instance, tell: Callable[[Step], None]) -> Report:
        assert instance.simulator_url is not None
        assert instance.simulator_token is not None
        assert instance.demo is not None
        database = await open_database(instance.app_url, application="nexus-faults", most_connections=2)

        def pids() -> Mapping[str, int]:
            runtime = read_runtime(instance.state)
            return runtime.pids if runtime else {}

        place = Place(
            simulator_url=instance.simulator_url,
            simulator_token=instance.simulator_token,
            journal=instance.state / JOURNAL,
            database=database,
            tenant_id=instance.demo.tenant_id,
            pids=pids,
            together=instance.demo.channels[0].provider == "meta",
        )
        try:
            return await run(place, self.wanted, tell)
        finally:
            await database.close()


def command(  # noqa: PLR0917 - typer calls it by name
    messages: Annotated[int, typer.Option(help="How many messages customers write.", min=1)] = Wanted.messages,
    kills: Annotated[int, typer.Option(help="How often a process is killed.", min=0)] = Wanted.kills,
    duplicates: Annotated[float, typer.Option(help="Share that arrives twice.", min=0, max=1)] = Wanted.duplicates,
    rate: Annotated[float, typer.Option(help="Messages per second.", min=0.1)] = Wanted.rate,
    customers: Annotated[int, typer.Option(help="How many people write.", min=1, max=1_000_000)] = Wanted.customers,
    seed: Annotated[int, typer.Option(help="Of the schedule.")] = Wanted.seed,
    provider: ProviderOption = None,
    out: Annotated[Path | None, typer.Option(help="Write faults.json, the journal and the logs there.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Let many customers write while processes are killed, and prove that nothing was lost and nothing doubled.

    API, WhatsApp service and worker die by kill -9 at random moments; the provider repeats and reorders. Then the
    provider's journal is compared with the database. Exit code 1 where a message was lost, a reply left twice, a
    delivery claims what did not happen, or work remained.

    Example: nexus faults --messages 10000 --kills 50
    """
    stage = _Stage(Console(stderr=as_json), Wanted(messages, kills, duplicates, rate, customers, seed=seed))
    folder = Path(tempfile.mkdtemp(prefix="nexus-faults-"))
    try:
        ended_by = run_instance(_wishes(folder / "state", provider), stage.ready, stage.hear)
        if out is not None:
            _keep(folder / "state", out, stage)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report = stage.report
    if report is None:
        sys.stderr.write(f"{stage.problem or 'The run was interrupted.'}\n")
        raise typer.Exit(1 if stage.problem else 128 + (ended_by if ended_by is not signal.SIGTERM else signal.SIGINT))
    if as_json:
        sys.stdout.write(msgspec.json.encode(report.as_json()).decode() + "\n")
    else:
        report.show(stage.console)
    raise typer.Exit(0 if report.ok else 1)


def _wishes(state: Path, provider: ProviderName | None) -> Wishes:
    """Servers of its own that write to disk as in production, whatever the environment names."""
    plain = {name: value for name, value in Wishes(state).environ.items() if name not in HEARD}
    return Wishes(
        state, usual_ports=False, quiet_seconds=QUIET_SECONDS, simulator=SIMULATOR, provider=provider, environ=plain
    )


def _keep(state: Path, out: Path, stage: _Stage) -> None:
    """What explains a finding; the secrets of the instance stay where they go with it."""
    out.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        source = state / name
        if source.is_dir():
            shutil.copytree(source, out / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, out / name)
    (out / "notices.txt").write_text("\n".join(stage.notices) + "\n", encoding="utf-8")
    if stage.report is not None:
        (out / "faults.json").write_bytes(msgspec.json.format(msgspec.json.encode(stage.report.as_json())))
