"""Brings one installation up and keeps it up until told to stop (PRODUCT §1.1, §1.2)."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from signal import Signals
from typing import Final

from core.config import read_settings
from core.whatsapp import ProviderName
from nexus.instance.children import Plan, SimulatorWishes, children_of, health_addresses, wait_until_serving
from nexus.instance.demo_tenant import USUAL_QUIET, DemoTenant, prepare_demo_tenant
from nexus.instance.keys import installation_keys
from nexus.instance.ports import Ports, choose_ports
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import Servers, servers
from nexus.servers.processes import Service
from nexus.servers.state import Runtime
from nexus.servers.supervisor import Supervisor
from orchestrator_service.db import evolve

LAUNCHER: Final = "nexus"

Notice = Callable[[str, str], None]


@dataclass(frozen=True)
class Wishes:
    """What the person asked for. A port that is None is chosen; `durable=False` is for what is thrown away.

    `provider` is whose number the demo has; None leaves it as it is, and gives a new demo YCloud's.
    """

    state: Path
    ports: tuple[int | None, int | None, int | None] = (None, None, None)
    usual_ports: bool = True
    demo: bool = True
    durable: bool = True
    quiet_seconds: float = USUAL_QUIET
    provider: ProviderName | None = None
    simulator: SimulatorWishes = field(default_factory=SimulatorWishes)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)


@dataclass(frozen=True)
class Instance:
    """A running installation. Seconds: until the servers answered, and until everything did.

    `door_open` says whether the app lists the demo's logins for its token.
    """

    api_url: str
    whatsapp_url: str
    simulator_url: str | None
    simulator_token: str | None = field(repr=False)
    demo: DemoTenant | None
    app_url: str = field(repr=False)
    state: Path
    servers_seconds: float
    seconds: float
    door_open: bool
    stop: Callable[[], None] = field(repr=False)

    @property
    def front_door(self) -> str:
        """Where a person begins: the login page, on a demo with the token that lists its logins behind the `#`."""
        if self.demo is None or not self.door_open:
            return self.api_url
        return f"{self.api_url}/login#demo={self.demo.door_token}"

    @property
    def phone_page(self) -> str | None:
        """The simulator's page with its token: whoever has it can play the customer."""
        return f"{self.simulator_url}/?token={self.simulator_token}" if self.simulator_url else None


def run_instance(wishes: Wishes, ready: Callable[[Instance], None], notice: Notice) -> Signals:
    """Start everything, call `ready`, keep it running; return the signal that ended it, once all has stopped.

    Call it from the main thread. Raises ServersError, NexusError.
    """
    began = time.monotonic()
    with servers(wishes.state, durable=wishes.durable, environ=wishes.environ) as running:
        run_blocking(_evolve(running))
        plan = _plan(wishes, running)
        demo = run_blocking(_demo(plan, wishes)) if wishes.demo else None
        children = children_of(plan, demo)
        everything: tuple[Service, ...] = (*running.services, *children)
        register = _Register(plan, running, everything, notice)
        supervisor = Supervisor(everything, register.hear)

        def all_started() -> None:
            register.write()
            wait_until_serving(children, health_addresses(plan), lambda: supervisor.stopping)
            if not supervisor.stopping:
                ready(_instance(plan, demo, running, time.monotonic() - began, supervisor.request_stop))

        try:
            return supervisor.run(all_started)
        finally:
            running.state.clear_runtime()


async def _evolve(running: Servers) -> None:
    await evolve(running.owner_url)


def _plan(wishes: Wishes, running: Servers) -> Plan:
    state = running.state
    token = state.secret("simulator_token", lambda: secrets.token_urlsafe(24)) if wishes.demo else None
    return Plan(
        state=state,
        ports=_ports(wishes),
        keys=installation_keys(state.secret, wishes.environ),
        app_url=running.app_url,
        redis_url=running.redis_url,
        simulator_token=token,
        simulator=wishes.simulator,
        environ=wishes.environ,
    )


def _ports(wishes: Wishes) -> Ports:
    return choose_ports(wishes.ports, usual=wishes.usual_ports)


async def _demo(plan: Plan, wishes: Wishes) -> DemoTenant:
    settings = read_settings(plan.service_environment())
    providers = (wishes.provider,) if wishes.provider else ()
    return await prepare_demo_tenant(
        settings, plan.state.secret, quiet_seconds=wishes.quiet_seconds, providers=providers
    )


def _instance(
    plan: Plan, demo: DemoTenant | None, running: Servers, seconds: float, stop: Callable[[], None]
) -> Instance:
    return Instance(
        api_url=plan.api_url,
        whatsapp_url=plan.whatsapp_url,
        simulator_url=plan.simulator_url if plan.simulator_token else None,
        simulator_token=plan.simulator_token,
        demo=demo,
        app_url=running.app_url,
        state=plan.state.path,
        servers_seconds=running.seconds,
        seconds=seconds,
        door_open=demo is not None and plan.on_this_machine,
        stop=stop,
    )


class _Register:
    """Keeps runtime.json true while processes come and go."""

    def __init__(self, plan: Plan, running: Servers, services: tuple[Service, ...], notice: Notice) -> None:
        self._plan = plan
        self._running = running
        self._services = services
        self._notice = notice
        self._started_at = datetime.now(UTC)

    def hear(self, name: str, text: str) -> None:
        self.write()
        self._notice(name, text)

    def write(self) -> None:
        plan, ports = self._plan, self._plan.ports
        pids = {service.name: service.pid for service in self._services if service.pid is not None}
        urls = {"api": plan.api_url, "whatsapp": plan.whatsapp_url}
        numbers = {"api": ports.api, "whatsapp": ports.whatsapp}
        if plan.simulator_token is not None:
            urls["simulator"], numbers["simulator"] = plan.simulator_url, ports.simulator
            urls["google"], numbers["google"] = plan.google_url, ports.google
        secret = {
            "database_owner": self._running.owner_url,
            "database": self._running.app_url,
            "redis": self._running.redis_url,
        }
        plan.state.write_runtime(
            Runtime(self._started_at, {LAUNCHER: os.getpid(), **pids}, ports=numbers, urls=urls | secret)
        )
