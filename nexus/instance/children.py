"""The processes of an instance and what each is told: nothing that it does not need, and never the owner's URL."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from core.demo import Demo, DemoLogin, write_demo
from core.loopback import is_loopback
from core.secret import Secret
from nexus.instance.demo_google import google_environment, local_google
from nexus.instance.demo_tenant import COMPANY, DemoTenant
from nexus.instance.keys import Keys, checkpoints_file
from nexus.instance.ports import HOST, Ports
from nexus.servers.errors import ServerStartError
from nexus.servers.processes import Child, ChildSpec
from nexus.servers.state import StateFolder, write_private

READY_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.05
GRACE_SECONDS: Final = 3
# What an operator may set for all services; each is passed on only where it is set.
SETTINGS: Final = (
    "NEXUS_ALLOWED_ORIGINS",
    "NEXUS_EGRESS_ALLOW",
    "NEXUS_MEDIA_URL",
    "NEXUS_PUBLIC_URL",
    "NEXUS_TRUSTED_PROXIES",
    "NEXUS_WEBHOOK_URL",
    "NEXUS_YCLOUD_URL",
    "NEXUS_META_URL",
    "NEXUS_GOOGLE_API_URL",
    "NEXUS_GOOGLE_CONSENT_URL",
    "NEXUS_GOOGLE_TOKEN_URL",
    "NEXUS_GOOGLE_REVOKE_URL",
    "NEXUS_YCLOUD_PER_SECOND",
    "NEXUS_META_PER_SECOND",
    "NEXUS_META_PAIR_SECONDS",
)
# How mail leaves. That there is a server the API knows too; how to log in to it the worker alone.
MAIL: Final = ("NEXUS_SMTP_HOST", "NEXUS_SMTP_PORT", "NEXUS_SMTP_SECURITY", "NEXUS_SMTP_FROM")
MAIL_LOGIN: Final = ("NEXUS_SMTP_USER", "NEXUS_SMTP_PASSWORD", "NEXUS_SMTP_PASSWORD_FILE")
# Whom a process trusts in the outside world; proxies of the environment are ignored by every client of ours.
OUTSIDE: Final = ("SSL_CERT_DIR", "SSL_CERT_FILE")


@dataclass(frozen=True)
class SimulatorWishes:
    """How the simulated WhatsApp behaves. Seconds before each new attempt at a webhook, and between statuses.

    `journal` is the name of a file in the state folder in which it writes down all that it hears and says.
    """

    journal: str | None = None
    retry_delays: tuple[float, ...] | None = None
    status_delays: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Plan:
    """What an instance is made of. `simulator_token` is None without a simulator."""

    state: StateFolder
    ports: Ports
    keys: Keys
    app_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    simulator_token: str | None = field(repr=False)
    simulator: SimulatorWishes
    environ: Mapping[str, str] = field(repr=False)

    @property
    def api_url(self) -> str:
        """Where the browser goes."""
        return f"http://{HOST}:{self.ports.api}"

    @property
    def whatsapp_url(self) -> str:
        """Where providers post."""
        return f"http://{HOST}:{self.ports.whatsapp}"

    @property
    def simulator_url(self) -> str:
        """Where the phone page is."""
        return f"http://{HOST}:{self.ports.simulator}"

    @property
    def google_url(self) -> str:
        """Where the calendars of the demo are."""
        return f"http://{HOST}:{self.ports.google}"

    @property
    def on_this_machine(self) -> bool:
        """Whether browsers are to come from here alone: the operator has named no other public address."""
        return is_loopback(urlsplit(self.service_environment()["NEXUS_PUBLIC_URL"]).hostname or "")

    def service_environment(self) -> dict[str, str]:
        """The settings that every service reads (`core.config.read_settings`)."""
        origins = f"{self.api_url},http://localhost:{self.ports.api}"
        chosen = {
            "DATABASE_URL": self.app_url,
            "REDIS_URL": self.redis_url,
            "NEXUS_VAULT_KEYS": self.keys.vault,
            "NEXUS_DIRECTORY_KEY": self.keys.directory,
            "NEXUS_PUBLIC_URL": self.api_url,
            "NEXUS_WEBHOOK_URL": self.whatsapp_url,
            "NEXUS_ALLOWED_ORIGINS": origins,
            "NEXUS_MEDIA_URL": (self.state.path / "media").absolute().as_uri(),
        }
        if self.simulator_token is not None:
            chosen["NEXUS_SIMULATOR_URL"] = f"{self.simulator_url}/v2"
            chosen |= google_environment(self.google_url)
        return chosen | {name: self.environ[name] for name in SETTINGS if self.environ.get(name)}


def children_of(plan: Plan, demo: DemoTenant | None) -> list[Child]:
    """The processes, not yet started, in the order in which they start."""
    services = plan.service_environment()
    outside = _given(plan, OUTSIDE)
    noted = {"NEXUS_AUDIT_CHECKPOINTS": str(checkpoints_file(plan.state.path, plan.environ))}
    children = [
        _child(
            plan,
            "api",
            _served("orchestrator_service.serving:app", plan.ports.api),
            {
                **services,
                **noted,
                **_given(plan, MAIL),
                "NEXUS_JWT_KEYS": plan.keys.jwt,
                "NEXUS_PUSH_PUBLIC_KEY": plan.keys.push_public,
                **_demo_door(plan, demo),
            },
        ),
        _child(plan, "whatsapp", _served("whatsapp_service.main:app", plan.ports.whatsapp), services),
        _child(
            plan,
            "worker",
            ("-m", "nexus.worker"),
            {
                **services,
                **outside,
                **noted,
                **_given(plan, (*MAIL, *MAIL_LOGIN)),
                "NEXUS_AUDIT_KEYS": plan.keys.audit,
                "NEXUS_PUSH_KEY": plan.keys.push,
            },
        ),
    ]
    if plan.simulator_token is not None and demo is not None:
        config = plan.state.path / "simulator.json"
        write_private(config, _simulator_config(plan, demo, plan.simulator_token))
        told = {"NEXUS_SIMULATOR_CONFIG": str(config)}
        children.append(_child(plan, "simulator", ("-m", "nexus.simulator"), told))
        calendars = plan.state.path / "local-google.json"
        write_private(calendars, local_google(demo.google, plan.ports.google, datetime.now(UTC)))
        told = {"NEXUS_LOCAL_GOOGLE_CONFIG": str(calendars)}
        children.append(_child(plan, "google", ("-m", "nexus.local_google"), told))
    return children


def _given(plan: Plan, names: Iterable[str]) -> dict[str, str]:
    return {name: plan.environ[name] for name in names if plan.environ.get(name)}


def health_addresses(plan: Plan) -> dict[str, str]:
    """By process: the address that answers 200 once it serves. The worker serves nobody."""
    addresses = {"api": f"{plan.api_url}/healthz", "whatsapp": f"{plan.whatsapp_url}/healthz"}
    if plan.simulator_token is not None:
        addresses["simulator"] = f"{plan.simulator_url}/healthz"
        addresses["google"] = f"{plan.google_url}/healthz"
    return addresses


def wait_until_serving(
    children: Iterable[Child], addresses: Mapping[str, str], stopping: Callable[[], bool] = lambda: False
) -> None:
    """Return when every process serves, or when `stopping` says so.

    Raises ServerStartError with the end of its log for one that ended or stayed silent for 20 seconds.
    """
    deadline = time.monotonic() + READY_SECONDS
    waiting = list(children)
    while waiting and not stopping():
        for child in waiting:
            if not child.running():
                raise ServerStartError(child.name, f"ended with code {child.returncode}", child.spec.log)
            if time.monotonic() > deadline:
                raise ServerStartError(child.name, f"did not serve within {READY_SECONDS:.0f} s", child.spec.log)
        waiting = [child for child in waiting if child.name in addresses and not _serves(addresses[child.name])]
        if waiting:
            time.sleep(LOOK_SECONDS)


def _serves(address: str) -> bool:
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
    except (URLError, OSError):
        return False


def _served(factory: str, port: int) -> tuple[str, ...]:
    where = ("--host", HOST, "--port", str(port), "--no-proxy-headers", "--no-server-header")
    quiet = (
        "--no-access-log",
        "--ws-per-message-deflate",
        "false",
        "--log-level",
        "warning",
        "--timeout-graceful-shutdown",
        str(GRACE_SECONDS),
    )
    return ("-m", "uvicorn", "--factory", factory, *where, *quiet)


def _child(plan: Plan, name: str, arguments: tuple[str, ...], told: Mapping[str, str]) -> Child:
    environment = {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONUNBUFFERED": "1",
        "PYTHONSAFEPATH": "1",  # a folder called `core` where the person stands is not ours
        **told,
    }
    return Child(
        ChildSpec(
            name=name,
            argv=(sys.executable, *arguments),
            log=plan.state.log(name),
            env=environment,
            cwd=plan.state.path,
            stop_timeout=12.0,
        )
    )


def _demo_door(plan: Plan, demo: DemoTenant | None) -> dict[str, str]:
    """What the API needs to list the demo's logins and to show its phone: never where others can come in."""
    if demo is None or plan.simulator_token is None or not plan.on_this_machine:
        return {}
    logins = tuple(DemoLogin(one.role, one.name, one.email, Secret(one.password)) for one in demo.logins)
    token = Secret(plan.simulator_token)
    return {
        "NEXUS_DEMO": write_demo(Demo(demo.tenant_id, Secret(demo.door_token), logins, plan.ports.simulator, token))
    }


def _simulator_config(plan: Plan, demo: DemoTenant, token: str) -> bytes:
    wishes = plan.simulator
    config = {
        "token": token,
        "host": HOST,
        "port": plan.ports.simulator,
        "accounts": [channel.account(COMPANY, plan.whatsapp_url) for channel in demo.channels],
        "frame_ancestors": [plan.api_url, f"http://localhost:{plan.ports.api}"],
        "journal_path": wishes.journal,
        "retry_delays": wishes.retry_delays,
        **({"status_delays": wishes.status_delays} if wishes.status_delays else {}),
    }
    return json.dumps(config).encode()
