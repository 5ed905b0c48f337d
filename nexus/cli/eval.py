"""`nexus eval`: conversation scenarios against the demo brain, or a live model, on servers of their own."""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from core.errors import BadInput
from core.logging import configure_logging
from core.secret import Secret
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.evaluation.html import page
from nexus.evaluation.play import Named, Result
from nexus.evaluation.report import Report, told
from nexus.evaluation.run import load, run_on_own_servers
from nexus.evaluation.world import LiveModel
from orchestrator_service.evaluation.runs import scenarios_to_play

OURS: Final = Path(__file__).parents[2] / "evals"
DEMO: Final = "demo"


@dataclass
class _Bars:
    """The progress of a run."""

    progress: Progress
    task: TaskID
    failed: int = 0

    def hear(self, result: Result) -> None:
        self.failed += not result.passed
        told_of = f"{result.name}{f', [red]{self.failed} failed[/red]' if self.failed else ''}"
        self.progress.update(self.task, advance=1, description=told_of)


def command(  # noqa: PLR0917 - typer calls it by name
    folder: Annotated[
        Path, typer.Option("--dir", help="Where the scenarios are (*.yaml), in folders or not.", show_default="ours")
    ] = OURS,
    only: Annotated[str | None, typer.Option(help="A part of their name or title; * and ? as in file names.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a report for people there.")] = None,
    model: Annotated[str, typer.Option(help="`demo`, or the name of a live model.")] = DEMO,
    model_url: Annotated[str | None, typer.Option(help="An OpenAI-compatible API; OpenAI's by itself.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="Holds the key of the live model.")] = None,
    saved: Annotated[int | None, typer.Option(help="A company's number: the turns that it kept as tests.")] = None,
    as_json: JsonOption = False,
    state: StateOption = STATE,
) -> None:
    """Play conversations against the agent and hold what it does against what it should do.

    Each scenario has a company of its own on a database that is thrown away; the turn engine, tools, gates and checks
    are the real ones. How scenarios are written stands in docs/eval.md. Exit code 1 where any failed.

    Example: nexus eval --only precio --html report.html
    """
    configure_logging(logging.WARNING)  # a line for every turn would drown the progress
    console = Console(stderr=as_json)
    scenarios = load(folder, only) if saved is None else _kept(state, saved)
    if not scenarios:
        raise BadInput(f"There is no scenario to play{f' that is called like {only!r}' if only else ''}.")
    began = time.monotonic()
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        bars = _Bars(progress, progress.add_task("starting", total=len(scenarios)))
        results = run_on_own_servers(scenarios, bars.hear, live=_live(model, model_url, key_file))
    report = Report(results, time.monotonic() - began, model)
    if html is not None:
        html.write_text(page(report), encoding="utf-8")
    if as_json:
        sys.stdout.write(report.as_text().decode() + "\n")
    else:
        _show(console, report)
    raise typer.Exit(0 if report.passed == len(results) else 1)


def _kept(state: Path, tenant_id: int) -> list[Named]:
    """What a company of this installation kept; with a live model it is asked anew, else the record is played."""

    async def work(resources: Resources) -> list[Named]:
        async with resources.database.tenant(tenant_id) as tx:
            return [Named(f"saved/{number}", one) for number, one in await scenarios_to_play(tx)]

    return with_resources(state, work)


def _live(model: str, url: str | None, key_file: Path | None) -> LiveModel | None:
    """The live model that was asked for. Its key comes from a file, never from an argument or a variable."""
    if model == DEMO:
        return None
    if key_file is None:
        raise BadInput(f"{model} wants a key: name the file that holds it with --key-file.")
    return LiveModel(model, url, Secret(key_file.read_text(encoding="utf-8").strip()))


def _show(console: Console, report: Report) -> None:
    for result in report.results:
        if not result.passed:
            for line in told(result):
                console.print(escape(line), highlight=False, soft_wrap=True)
            console.print()
    failed = len(report.results) - report.passed
    colour = "red" if failed else "green"
    ended = f"{report.passed} of {len(report.results)} scenarios passed in {report.seconds:.1f} s."
    console.print(f"[{colour}]{ended}[/{colour}]", highlight=False)
