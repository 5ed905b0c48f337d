"""`nexus bench`: ours against a naive peer and the database's limit, on servers of its own."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from rich.console import Console

from bench.accepts import measure_accepts
from bench.availability import measure_availability
from bench.logins import measure_logins
from bench.plot import plot
from bench.report import BARE, FULL, PEER, Report
from bench.rounds import run_rounds
from bench.serving import Server, serving
from bench.sockets import Heard, measure_sockets
from bench.variants import Variant, bare, full, log_in_all, peer
from bench.world import World, world
from nexus.cli.options import JsonOption
from nexus.servers.bootstrap import run_blocking
from nexus.servers.errors import ServersError

QUICK: Final = (10, 1_000, 3, 1)
WHOLE: Final = (100, 10_000, 7, 4)


class PeerMissingError(ServersError):
    """The peer's library is a development dependency."""


def command(
    quick: Annotated[bool, typer.Option("--quick", help="10,000 leads and short rounds: half a minute.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write bench.json and bench.svg into this folder.")] = None,
    json: JsonOption = False,
) -> None:
    """Measure list, get and create of leads, logins beside reads, sockets, accepting webhooks, and free times.

    Without --quick: 1,000,000 leads over 100 companies, about ten minutes. Exit code 1 where an answer was not 2xx.

    Example: nexus bench --quick --out ./figures
    """
    if importlib.util.find_spec("sqlalchemy") is None:
        raise PeerMissingError("The peer needs SQLAlchemy: install the development dependencies (uv sync).")
    console = Console(stderr=json)
    tenants, leads, rounds, seconds = QUICK if quick else WHOLE
    with console.status("preparing") as status, world(tenants, leads) as prepared:
        report = _measure(prepared, rounds, seconds, status.update)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "bench.json").write_bytes(msgspec.json.format(msgspec.json.encode(report.as_json())))
        (out / "bench.svg").write_text(plot(report.targets()))
    if json:
        print(msgspec.json.encode(report.as_json()).decode())  # noqa: T201 - what was asked for
    else:
        report.show(console)
    if report.refused:
        raise typer.Exit(1)


def _measure(prepared: World, rounds: int, seconds: int, tell: Callable[[str], None]) -> Report:
    folder = prepared.folder
    peers = {**prepared.settings, "PEER_DATABASE_URL": _for_sqlalchemy(prepared.servers.owner_url)}
    peers["PEER_REDIS_URL"] = prepared.servers.redis_url.replace("unix://", "redis+unix://", 1)
    with ExitStack() as stack:
        began = time.perf_counter()
        ours = stack.enter_context(serving("api", "orchestrator_service.serving:app", prepared.settings, folder))
        start_seconds = time.perf_counter() - began
        handlers = stack.enter_context(serving("bare", "bench.bare:app", prepared.settings, folder))
        naive = stack.enter_context(serving("peer", "bench.peer:app", peers, folder))
        variants = run_blocking(_variants(prepared, ours, handlers, naive))
        samples = run_rounds(prepared, variants, rounds=rounds, seconds=seconds, tell=tell)
        tell("logins beside reads")
        logins = run_blocking(measure_logins(prepared, variants[FULL], rounds=rounds, seconds=max(2, seconds)))
        tell("five hundred sockets")
        heard = run_blocking(_sockets(ours, prepared, max(3, seconds)))
        resident_bytes = ours.resident_bytes()
        stack.close()  # the API and its peers have been measured: what follows has the machine to itself
        accepts = measure_accepts(prepared, rounds=rounds, seconds=max(2, seconds), tell=tell)
        return Report(
            tenants=len(prepared.tenants),
            leads=len(prepared.tenants) * prepared.leads,
            rounds=rounds,
            seconds=seconds,
            samples=samples,
            logins=logins,
            heard=heard,
            accepts=accepts,
            start_seconds=start_seconds,
            resident_bytes=resident_bytes,
            availability_ms=measure_availability(rounds),
        )


async def _sockets(ours: Server, prepared: World, seconds: int) -> Heard:
    return await measure_sockets(ours, await log_in_all(ours, prepared), seconds=seconds)


async def _variants(prepared: World, ours: Server, handlers: Server, naive: Server) -> dict[str, Variant]:
    cookies = await log_in_all(ours, prepared)
    return {
        FULL: full(ours, prepared, cookies),
        BARE: bare(handlers, prepared),
        PEER: peer(naive, prepared, cookies),
    }


def _for_sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)
