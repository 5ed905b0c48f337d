"""All of Nexus as real processes on servers of its own, quick to be killed and quick to come back."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest

from core.config import read_settings
from core.crash_points import VARIABLE, Moment
from core.database import Database, open_database
from core.whatsapp import ProviderName
from nexus.faults.evidence import Evidence, gather
from nexus.faults.run import Place, drain
from nexus.instance.children import Plan, SimulatorWishes, children_of
from nexus.instance.demo_channels import NUMBERS
from nexus.instance.demo_tenant import DemoTenant, prepare_demo_tenant
from nexus.instance.keys import installation_keys
from nexus.instance.ports import choose_ports
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import Servers, servers
from nexus.servers.postgres import EmbeddedPostgres
from nexus.servers.processes import Child, ChildSpec
from nexus.servers.valkey import EmbeddedValkey
from nexus.simulator.door import TOKEN_HEADER
from orchestrator_service.db import evolve
from tests.architecture.foundation import ROOT

QUIET_SECONDS: Final = 0.3
PATIENCE_SECONDS: Final = 30.0
JOURNAL: Final = "journal.jsonl"
WISHES: Final = SimulatorWishes(
    JOURNAL, retry_delays=(0.3, 0.5, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 5), status_delays=(0.05, 0.05, 0.05)
)
TOKEN: Final = "token-of-the-faults"
# Whose number the customers write to. What costs much is tried at Meta's by hand: -m slow.
BOTH: Final = pytest.mark.parametrize("provider", ["ycloud", "meta"])
AT_BOTH: Final = pytest.mark.parametrize("provider", ["ycloud", pytest.param("meta", marks=pytest.mark.slow)])


@dataclass(frozen=True)
class Ensemble:
    """The running whole. Use it from the main thread, to which PostgreSQL and Valkey are tied."""

    running: Servers
    plan: Plan
    demo: DemoTenant

    @property
    def postgres(self) -> EmbeddedPostgres:
        return next(service for service in self.running.services if isinstance(service, EmbeddedPostgres))

    @property
    def valkey(self) -> EmbeddedValkey:
        return next(service for service in self.running.services if isinstance(service, EmbeddedValkey))

    @property
    def folder(self) -> Path:
        return self.plan.state.path

    def webhook_url(self, provider: ProviderName = "ycloud") -> str:
        return f"{self.plan.whatsapp_url}/webhook/{provider}/{self.demo.channel(provider).endpoint_key}"

    def pids(self) -> Mapping[str, int]:
        with suppress(FileNotFoundError):
            return json.loads((self.folder / "pids.json").read_text())
        return {}

    @asynccontextmanager
    async def visited(self, provider: ProviderName) -> AsyncGenerator[Visit]:
        """Hands and eyes for one test, whose customers write to the number at that provider."""
        database = await open_database(self.running.app_url, application="faults", most_connections=3)
        headers = {TOKEN_HEADER: TOKEN}
        try:
            async with httpx.AsyncClient(
                base_url=self.plan.simulator_url, headers=headers, trust_env=False, timeout=20
            ) as http:
                place = Place(
                    self.plan.simulator_url,
                    TOKEN,
                    self.folder / JOURNAL,
                    database,
                    self.demo.tenant_id,
                    self.pids,
                    NUMBERS[provider].business_number,
                )
                yield Visit(self, place, http, database)
        finally:
            await database.close()

    @asynccontextmanager
    async def without(self, defence: str, service: str) -> AsyncGenerator[None]:
        """That service goes without a defence for as long as the block lasts."""
        mark = self.folder / "broken"
        mark.write_text(defence)
        try:
            await self.restart(service)
            yield
        finally:
            mark.unlink()
            await self.restart(service)

    async def restart(self, service: str) -> None:
        """kill -9, and wait until it serves again."""
        killed = self.pids()[service]
        os.kill(killed, signal.SIGKILL)
        await until(lambda: self.pids()[service] != killed)
        await self.serving(service)

    async def serving(self, service: str) -> None:
        addresses = {"api": self.plan.api_url, "whatsapp": self.plan.whatsapp_url, "simulator": self.plan.simulator_url}
        if service not in addresses:
            return
        async with httpx.AsyncClient(trust_env=False) as http:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while True:
                with suppress(httpx.HTTPError):
                    if (await http.get(f"{addresses[service]}/healthz")).status_code == 200:
                        return
                assert time.monotonic() < deadline, (self.folder / "logs" / f"{service}.log").read_text()[-2000:]
                await asyncio.sleep(0.03)


@dataclass(frozen=True)
class Visit:
    """What a test does with an ensemble."""

    ensemble: Ensemble
    place: Place
    http: httpx.AsyncClient
    database: Database

    async def order(self, path: str, body: Mapping[str, object]) -> None:
        """Tell the simulated provider what to do."""
        (await self.http.post(f"/_sim{path}", json={"account": self.place.account, **body})).raise_for_status()

    async def write(self, phone: str, *texts: str) -> None:
        """A customer writes a burst."""
        await self.order("/crowd", {"lines": [{"phone": phone, "name": "Ana", "text": text} for text in texts]})

    def crash_at(self, moment: Moment) -> None:
        """Whoever reaches that moment next dies there."""
        (self.ensemble.folder / "crash").write_text(moment)

    async def crashed(self) -> None:
        """Wait until somebody has."""
        await until(lambda: not (self.ensemble.folder / "crash").exists())

    async def come_to_rest(self) -> Evidence:
        """Wait until nothing is under way, and read what is there."""
        assert await drain(self.place, self.http, patience=PATIENCE_SECONDS), "it never came to rest"
        return await self.evidence()

    async def evidence(self) -> Evidence:
        return await gather(self.database, self.ensemble.demo.tenant_id, self.place.journal)


async def until(condition: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until it is so; answers for how long."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "waited in vain"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


@contextmanager
def ensemble() -> Generator[Ensemble]:
    """Start it all, durable servers included; nothing of it stays behind. Call it from the main thread."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-faults-"))
    try:
        with servers(folder / "state", durable=True, environ={"PATH": os.environ["PATH"]}) as running:
            run_blocking(_evolve(running.owner_url))
            plan = Plan(
                state=running.state,
                ports=choose_ports((0, 0, 0), usual=False),
                keys=installation_keys(running.state.secret, {}),
                app_url=running.app_url,
                redis_url=running.redis_url,
                simulator_token=TOKEN,
                simulator=WISHES,
                environ={},
            )
            demo = run_blocking(_demo(plan))
            keeper = _keeper(plan, demo)
            keeper.start()
            try:
                whole = Ensemble(running, plan, demo)
                for name in ("whatsapp", "api", "simulator"):
                    run_blocking(whole.serving(name))
                yield whole
            finally:
                keeper.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _evolve(owner_url: str) -> None:
    await evolve(owner_url)


async def _demo(plan: Plan) -> DemoTenant:
    settings = read_settings(plan.service_environment())
    return await prepare_demo_tenant(
        settings, plan.state.secret, quiet_seconds=QUIET_SECONDS, providers=("ycloud", "meta")
    )


def _keeper(plan: Plan, demo: DemoTenant) -> Child:
    ports = {"api": plan.ports.api, "whatsapp": plan.ports.whatsapp}
    services = {
        child.name: {"environment": child.spec.env, "log": str(child.spec.log), "port": ports.get(child.name, 0)}
        for child in children_of(plan, demo)
    }
    file = plan.state.path / "plan.json"
    file.write_text(json.dumps({"services": services}))
    file.chmod(0o600)
    return Child(
        ChildSpec(
            name="keeper",
            argv=(sys.executable, str(Path(__file__).with_name("keeper.py")), str(file)),
            log=plan.state.log("keeper"),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), VARIABLE: str(plan.state.path / "crash")},
            cwd=plan.state.path,
        )
    )
