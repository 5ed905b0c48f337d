"""`nexus migrate`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from core.config import MisconfiguredError
from nexus.cli.options import STATE, StateOption
from nexus.instance.access import running_instance
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import servers
from orchestrator_service.db import evolve
from orchestrator_service.evolution import Evolution


def command(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 where something waits.")] = False,
    state: StateOption = STATE,
) -> None:
    """Bring the database to today's schema, as nexus_owner.

    DATABASE_OWNER_URL names the database; without it, the embedded one of the state folder.

    Example: nexus migrate --check
    """
    done = _evolve(state, check=check)
    waiting = [f"patch {patch.number} ({patch.name})" for patch in done.patches]
    names = ["the foundation", *waiting] if done.foundation else waiting
    if not names:
        typer.echo("The schema is today's.")
        return
    typer.echo(f"{'Waiting' if check else 'Applied'}: {', '.join(names)}.")
    raise typer.Exit(1 if check else 0)


def _evolve(state: StateOption, *, check: bool) -> Evolution:
    if owner_url := os.environ.get("DATABASE_OWNER_URL"):
        return run_blocking(_run(owner_url, check=check))
    if os.environ.get("DATABASE_URL"):
        raise MisconfiguredError("DATABASE_OWNER_URL is not set: DATABASE_URL's role may not change the schema.")
    if (runtime := running_instance(state)) is not None:
        return run_blocking(_run(runtime.urls["database_owner"], check=check))
    with servers(state) as started:
        return run_blocking(_run(started.owner_url, check=check))


async def _run(owner_url: str, *, check: bool) -> Evolution:
    return await evolve(owner_url, check=check)
