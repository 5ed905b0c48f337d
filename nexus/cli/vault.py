"""`nexus vault`: the keys that integration secrets are sealed with, by the operator's hand."""

from __future__ import annotations

import base64
import os
import secrets
import sys
import time
from dataclasses import dataclass

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from core.config import MisconfiguredError
from core.credentials import KEY_BYTES, Keyring
from core.secret import Secret
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.instance.keys import VAULT_KEYS, installation_keys
from nexus.servers.state import hold
from orchestrator_service.vault.rotate import Rotation, Unreadable, count_stale, rotate

app = typer.Typer(no_args_is_help=True)


@dataclass(frozen=True)
class Report:
    """What `rotate --json` prints."""

    ok: bool
    key: str
    tenants: int
    rewritten: int
    overtaken: int
    unreadable: list[Unreadable]
    seconds: float


@app.command("rotate")
def rotate_command(as_json: JsonOption = False, state: StateOption = STATE) -> None:
    """Seal every stored secret anew with the active key, the first of the keyring, while everything runs.

    Whatever kills it, the next run goes on. Exit code 1 where a value could not be opened: it is left as it is.

    Example: nexus vault rotate --json
    """
    began = time.monotonic()
    console = Console(stderr=True, quiet=as_json)

    async def work(resources: Resources) -> Rotation:
        tenants = await resources.directory.tenants(resources.database)
        total = await count_stale(resources.database, resources.keyring, tenants)
        columns = (TextColumn("Rotating"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=total)
            return await rotate(
                resources.database, resources.keyring, tenants, lambda done: progress.advance(task, done)
            )

    done = with_resources(state, work)
    report = Report(
        not done.unreadable, done.key, done.tenants, done.rewritten, done.overtaken, done.unreadable,
        round(time.monotonic() - began, 3),
    )  # fmt: skip
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        _show(report)
    raise typer.Exit(0 if report.ok else 1)


@app.command("add-key")
def add_key(state: StateOption = STATE) -> None:
    """Make a new active key for the installation of a state folder; the old ones stay, to open what they sealed.

    Only while nothing runs there, so that no process can meet a value whose key it was not told. Then start it again
    and run `nexus vault rotate`.

    Example: nexus vault add-key
    """
    if os.environ.get("NEXUS_VAULT_KEYS"):
        raise MisconfiguredError(
            "The keys come from NEXUS_VAULT_KEYS. Append kid:base64key (32 bytes) there and restart every process, then"
            " move it to the front and restart again, then run: nexus vault rotate"
        )
    with hold(state) as folder:
        text = installation_keys(folder.secret, os.environ).vault
        known = {key.kid for key in Keyring.from_text(Secret(text)).keys}
        kid = next(f"k{number}" for number in range(1, len(known) + 2) if f"k{number}" not in known)
        extended = f"{kid}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()},{text}"
        Keyring.from_text(Secret(extended))
        folder.replace_secret(VAULT_KEYS, extended)
    typer.echo(f"Key {kid} is active from the next start on. Start it, then run: nexus vault rotate")


def _show(report: Report) -> None:
    typer.echo(f"{report.rewritten} sealed anew with key {report.key}, {report.tenants} companies, {report.seconds} s.")
    for lost in report.unreadable:
        typer.echo(f"✗ company {lost.tenant_id}: {lost.name} does not open with any key", err=True)
