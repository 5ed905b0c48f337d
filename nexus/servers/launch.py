"""Both servers as one context: the embedded ones, or those the environment names (PRODUCT §1.1, §1.2)."""

import os
import secrets
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nexus.servers.bootstrap import APP, OWNER, RolePasswords, create_roles_and_database, run_blocking
from nexus.servers.errors import ExternalServerError
from nexus.servers.postgres import EmbeddedPostgres
from nexus.servers.postgres_setup import connection_url
from nexus.servers.processes import Service
from nexus.servers.state import StateFolder, hold
from nexus.servers.valkey import EmbeddedValkey

DATABASE = "nexus"


@dataclass(frozen=True)
class Servers:
    """Running servers. URLs hold passwords and do not print; `superuser_url` is None on a server that is not ours.

    `services` are the embedded ones in starting order, for a Supervisor; `seconds` is how long the start took.
    """

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    superuser_url: str | None = field(repr=False)
    first_start: bool
    seconds: float
    state: StateFolder = field(repr=False)
    services: tuple[Service, ...] = field(repr=False)


@dataclass(frozen=True)
class _Database:
    owner_url: str
    app_url: str
    superuser_url: str | None
    first_start: bool


@contextmanager
def servers(state_dir: Path, *, durable: bool = True, environ: Mapping[str, str] = os.environ) -> Generator[Servers]:
    """Hold `state_dir`, start what the environment does not provide, and stop it when the block ends.

    DATABASE_URL together with DATABASE_OWNER_URL replace PostgreSQL; REDIS_URL replaces Valkey. Raises ServersError.
    Call it from the main thread.
    """
    began = time.monotonic()
    with ExitStack() as stack:
        state = stack.enter_context(hold(state_dir))
        services: list[Service] = []
        database = _external_database(environ) or _embedded_database(stack, services, state, environ, durable=durable)
        redis_url = environ.get("REDIS_URL") or _embedded_redis(stack, services, state)
        yield Servers(
            owner_url=database.owner_url,
            app_url=database.app_url,
            superuser_url=database.superuser_url,
            redis_url=redis_url,
            first_start=database.first_start,
            seconds=time.monotonic() - began,
            state=state,
            services=tuple(services),
        )


def _external_database(environ: Mapping[str, str]) -> _Database | None:
    app_url, owner_url = environ.get("DATABASE_URL"), environ.get("DATABASE_OWNER_URL")
    if not app_url and not owner_url:
        return None
    if not app_url or not owner_url:
        raise ExternalServerError(
            f"Set both DATABASE_URL (as {APP}) and DATABASE_OWNER_URL (as {OWNER}), or neither for the embedded server."
        )
    return _Database(owner_url, app_url, superuser_url=None, first_start=False)


def _embedded_database(
    stack: ExitStack, services: list[Service], state: StateFolder, environ: Mapping[str, str], *, durable: bool
) -> _Database:
    postgres = EmbeddedPostgres(state, durable=durable, environ=environ)
    stack.callback(postgres.stop)
    postgres.start()
    services.append(postgres)
    passwords = RolePasswords(
        owner=state.secret("database_owner_password", lambda: secrets.token_urlsafe(24)),
        app=state.secret("database_app_password", lambda: secrets.token_urlsafe(24)),
    )
    run_blocking(create_roles_and_database(postgres.superuser_url(), DATABASE, passwords))
    sockets = postgres.place.sockets
    return _Database(
        owner_url=connection_url(OWNER, passwords.owner, sockets, DATABASE),
        app_url=connection_url(APP, passwords.app, sockets, DATABASE),
        superuser_url=postgres.superuser_url(),
        first_start=postgres.first_start,
    )


def _embedded_redis(stack: ExitStack, services: list[Service], state: StateFolder) -> str:
    valkey = EmbeddedValkey(state)
    stack.callback(valkey.stop)
    valkey.start()
    services.append(valkey)
    return valkey.url
