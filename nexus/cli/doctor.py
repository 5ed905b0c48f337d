"""`nexus doctor`: names what would keep the services from working, before they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass

import msgspec
import typer
from redis.exceptions import RedisError

from core.config import MisconfiguredError, Settings, read_settings
from core.credentials import Keyring
from core.database import open_database
from core.errors import NexusError
from core.keyring import KeyringError
from core.redis import open_redis
from core.secret import Secret
from core.service_role import refuse_powerful_role
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.instance.access import reach
from nexus.servers.bootstrap import run_blocking
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.auth.tokens import SessionTokens
from orchestrator_service.db import evolve


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `wrong` says what to mend, None where it is well."""

    what: str
    wrong: str | None


def command(as_json: JsonOption = False, state: StateOption = STATE) -> None:
    """Check configuration, keys, role and servers, and name what is wrong. Exit code 1 where anything is.

    Where DATABASE_URL is set the environment is checked, as the services read it; else the installation of the state
    folder.

    Example: nexus doctor --json
    """
    findings = _examine(state)
    if as_json:
        sys.stdout.write(msgspec.json.encode(findings).decode() + "\n")
    else:
        for finding in findings:
            typer.echo(f"✗ {finding.what}: {finding.wrong}" if finding.wrong else f"✓ {finding.what}")
    raise typer.Exit(1 if any(finding.wrong for finding in findings) else 0)


def _examine(state: StateOption) -> list[Finding]:
    if os.environ.get("DATABASE_URL"):
        return run_blocking(_findings(os.environ, os.environ.get("DATABASE_OWNER_URL")))
    with reach(state) as access:
        return run_blocking(_findings(access.environment(), access.owner_url))


async def _findings(environment: Mapping[str, str], owner_url: str | None) -> list[Finding]:
    try:
        settings = read_settings(environment)
    except MisconfiguredError as error:
        return [Finding("settings", str(error))]
    found = [
        Finding("settings", None),
        await _look("vault keys", _vault_keys(settings.vault_keys)),
        await _look("session keys", _session_keys(settings.jwt_keys)),
        await _look("audit keys and checkpoints", _audit(settings)),
        await _look("database and its role", _role(settings.database_url)),
        await _look("Redis", _redis(settings.redis_url)),
    ]
    if owner_url:
        found.append(await _look("schema", _schema(owner_url)))
    return found


async def _look(what: str, examination: Awaitable[None]) -> Finding:
    try:
        await examination
    except (NexusError, KeyringError, RedisError, OSError) as error:
        return Finding(what, str(error) or type(error).__name__)
    return Finding(what, None)


async def _vault_keys(keys: Secret) -> None:
    Keyring.from_text(keys)


async def _session_keys(keys: Secret) -> None:
    SessionTokens(keys)


async def _audit(settings: Settings) -> None:
    AuditKeys.from_text(settings.audit_keys)
    if settings.audit_checkpoints is None:
        raise MisconfiguredError("NEXUS_AUDIT_CHECKPOINTS is not set.")


async def _role(url: str) -> None:
    database = await open_database(url, application="nexus-doctor", most_connections=1)
    try:
        await refuse_powerful_role(database)
    finally:
        await database.close()


async def _redis(url: str) -> None:
    redis = open_redis(url)
    try:
        await redis.ping()
    finally:
        await redis.aclose()


async def _schema(owner_url: str) -> None:
    waiting = await evolve(owner_url, check=True)
    if waiting.foundation or waiting.patches:
        raise MisconfiguredError("it is older than the program; run: nexus migrate")
