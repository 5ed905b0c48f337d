"""`nexus audit`: whether anybody tampered with the log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from core.config import MisconfiguredError
from core.system_events import NO_TENANT
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.cli.resources import Resources, with_resources
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.audit.findings import TenantReport
from orchestrator_service.audit.verify import links_of, verify_chain

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Prove that the audit log is what was written."""


@app.command("verify")
def verify(
    tenant: Annotated[int | None, typer.Option(help="One company's number; 0 is the system's own.")] = None,
    as_json: JsonOption = False,
    state: StateOption = STATE,
) -> None:
    """Check every event against its chain and the chains against their checkpoints, and name what was done to them.

    Finds edits, deletions, gaps, swaps, moved and forged rows and links, and cut tails. Exit code 1 where there are
    any. What is not chained yet is counted: it is not proved.

    Example: nexus audit verify --tenant 7
    """

    async def work(resources: Resources) -> list[TenantReport]:
        return await _verify(resources, tenant, quiet=as_json)

    reports = with_resources(state, work)
    if as_json:
        sys.stdout.write(msgspec.json.encode(reports).decode() + "\n")
    else:
        for report in reports:
            _show(report)
    raise typer.Exit(1 if any(report.findings for report in reports) else 0)


async def _verify(resources: Resources, tenant: int | None, *, quiet: bool) -> list[TenantReport]:
    keys = AuditKeys.from_text(resources.settings.audit_keys)
    place = resources.settings.audit_checkpoints
    if place is None:
        raise MisconfiguredError("NEXUS_AUDIT_CHECKPOINTS is not set: a cut tail would not be found.")
    noted = Checkpoints(Path(place)).latest()
    known = [NO_TENANT, *await resources.directory.tenants(resources.database)]
    tenants = [tenant] if tenant is not None else sorted({*known, *noted})
    links = {each: await links_of(resources.database, each) for each in tenants}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("Links", total=sum(links.values()))
        return [
            await verify_chain(resources.database, keys, each, noted.get(each), lambda done: bar.advance(task, done))
            for each in tenants
        ]


def _show(report: TenantReport) -> None:
    whole = "✗" if report.findings else "✓"
    noted = f"noted {report.checkpointed_at:%Y-%m-%d %H:%M:%S %Z}" if report.checkpointed_at else "never noted outside"
    typer.echo(f"{whole} company {report.tenant_id}: {report.links} links, {report.erased} erased, {noted}")
    if report.waiting:
        typer.echo(f"  {report.waiting} events are not chained yet, the first of {report.waiting_since}")
    for finding in report.findings:
        typer.echo(f"  {finding.kind}: {finding.text}")
    if report.overflowed:
        typer.echo("  There is more; the rest was not looked at. Is this the right key?")
