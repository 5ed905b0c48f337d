"""How a command reaches an installation: the servers that the environment names, those that run, or ones of its own."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nexus.instance.keys import Keys, checkpoints_file, installation_keys
from nexus.instance.run import LAUNCHER
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import servers
from nexus.servers.state import DEFAULT_STATE, Runtime, StateFolder, read_runtime
from orchestrator_service.db import evolve


@dataclass(frozen=True)
class Access:
    """An installation's servers and keys."""

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    keys: Keys = field(repr=False)
    checkpoints: Path
    public_url: str | None = None

    def environment(self) -> dict[str, str]:
        """As `core.config.read_settings` wants it."""
        reached = {"NEXUS_PUBLIC_URL": self.public_url} if self.public_url else {}
        return {
            **reached,
            "DATABASE_URL": self.app_url,
            "REDIS_URL": self.redis_url,
            "NEXUS_VAULT_KEYS": self.keys.vault,
            "NEXUS_JWT_KEYS": self.keys.jwt,
            "NEXUS_DIRECTORY_KEY": self.keys.directory,
            "NEXUS_AUDIT_KEYS": self.keys.audit,
            "NEXUS_AUDIT_CHECKPOINTS": str(self.checkpoints),
        }


@contextmanager
def reach(state: Path = DEFAULT_STATE, environ: Mapping[str, str] = os.environ) -> Generator[Access]:
    """Answer how to reach the installation of `state`, for as long as the block lasts.

    Where nothing runs, its servers are started for that time, with today's schema. Raises ServersError.
    """
    runtime = running_instance(state)
    if runtime is not None:
        keys = installation_keys(StateFolder(state.absolute()).secret, environ)
        urls, place = runtime.urls, checkpoints_file(state, environ)
        public = environ.get("NEXUS_PUBLIC_URL") or urls.get("api")
        yield Access(urls["database_owner"], urls["database"], urls["redis"], keys, place, public)
        return
    with servers(state, environ=environ) as started:
        if started.superuser_url is not None:
            run_blocking(_evolve(started.owner_url))
        keys = installation_keys(started.state.secret, environ)
        place = checkpoints_file(state, environ)
        public = environ.get("NEXUS_PUBLIC_URL")
        yield Access(started.owner_url, started.app_url, started.redis_url, keys, place, public)


def running_instance(state: Path) -> Runtime | None:
    """What runs on the state folder; None where its launcher is gone."""
    runtime = read_runtime(state)
    return runtime if runtime is not None and is_alive(runtime.pids.get(LAUNCHER, 0)) else None


def is_alive(pid: int) -> bool:
    """Whether a process of that id exists."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _evolve(owner_url: str) -> None:
    await evolve(owner_url)
