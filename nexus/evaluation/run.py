"""Scenarios played beside each other on PostgreSQL and Valkey that are started for them and thrown away."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, TypeAlias

from core.credentials import Keyring
from core.database import open_database
from core.directory import Directory
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.keyring import NamedKey
from nexus.evaluation.play import Named, Result, play_scenario
from nexus.evaluation.world import LiveModel, Place
from nexus.servers.launch import servers
from orchestrator_service.db import evolve
from orchestrator_service.evaluation.files import read_scenarios, scenario_files

AT_ONCE: Final = 4
ALLOWED: Final = "NEXUS_EGRESS_ALLOW"
FOREIGN: Final = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")

Heard: TypeAlias = Callable[[Result], None]


def load(folder: Path, pattern: str | None = None) -> list[Named]:
    """The scenarios of a folder whose name fits `pattern` (a part of it, or with * and ?). Raises BadInput."""
    found: list[Named] = []
    for path in scenario_files(folder):
        name = path.relative_to(folder).with_suffix("").as_posix()
        scenarios = read_scenarios(path)
        several = len(scenarios) > 1
        found += [Named(f"{name}#{n}" if several else name, one) for n, one in enumerate(scenarios, 1)]
    return [one for one in found if pattern is None or _fits(one, pattern)]


def _fits(named: Named, pattern: str) -> bool:
    wanted = pattern if any(sign in pattern for sign in "*?[") else f"*{pattern}*"
    return any(fnmatchcase(text.lower(), wanted.lower()) for text in (named.name, named.scenario.title))


def run_on_own_servers(
    scenarios: Sequence[Named],
    heard: Heard,
    *,
    live: LiveModel | None = None,
    environ: Mapping[str, str] = os.environ,
) -> list[Result]:
    """Start servers, play, stop; results in the order of the scenarios. Call it from the main thread.

    Nothing of an installation is touched, whatever the environment names. Raises ServersError.
    """
    folder = Path(tempfile.mkdtemp(prefix="nexus-eval-"))
    own = {name: value for name, value in environ.items() if name not in FOREIGN}
    try:
        with servers(folder / "state", durable=False, environ=own) as running:
            egress = Egress.under(EgressPolicy.from_text(environ.get(ALLOWED, "")))
            return asyncio.run(_run(running.owner_url, running.app_url, scenarios, heard, live, egress))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _run(  # noqa: PLR0917 - one caller, which has just opened them
    owner_url: str,
    app_url: str,
    scenarios: Sequence[Named],
    heard: Heard,
    live: LiveModel | None,
    egress: Egress,
) -> list[Result]:
    await evolve(owner_url)
    return await play_all(app_url, scenarios, heard, live=live, egress=egress)


async def play_all(
    app_url: str,
    scenarios: Sequence[Named],
    heard: Heard,
    *,
    live: LiveModel | None = None,
    egress: Egress | None = None,
) -> list[Result]:
    """Play scenarios in a database of today's schema, some at once: each has a company of its own."""
    database = await open_database(app_url, application="nexus-eval", most_connections=AT_ONCE + 1)
    # Keys of nothing: the database dies with the run.
    place = Place(database, Directory(b"e" * 32), Keyring((NamedKey("eval", b"e" * 32),)), live, egress or Egress())
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(named: Named) -> Result:
        async with turns:
            result = await play_scenario(place, named)
        heard(result)
        return result

    try:
        return list(await asyncio.gather(*(one(named) for named in scenarios)))
    finally:
        await database.close()
