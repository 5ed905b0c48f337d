"""`nexus doctor`: names what would keep the services from working, before they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
import typer

from nexus.cli import examinations
from nexus.cli.examinations import look
from nexus.cli.findings import Finding, look_at_addresses, look_at_files, read_all_settings
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.instance.access import reach
from nexus.instance.children import MAIL, MAIL_LOGIN, SETTINGS
from nexus.servers.bootstrap import run_blocking


def command(as_json: JsonOption = False, state: StateOption = STATE) -> None:
    """Check settings, keys, roles, servers, schema, clocks and files, and name what is wrong.

    Where DATABASE_URL is set the environment is checked, as the services read it; else the installation of the state
    folder. Exit code 1 where anything is wrong; advice does not count.

    Example: nexus doctor --json
    """
    findings = _examine(state)
    if as_json:
        sys.stdout.write(msgspec.json.encode(findings).decode() + "\n")
    else:
        for finding in findings:
            typer.echo(_line(finding))
    raise typer.Exit(1 if any(finding.wrong for finding in findings) else 0)


def _line(finding: Finding) -> str:
    if finding.wrong:
        return f"✗ {finding.what}: {finding.wrong}"
    return f"! {finding.what}: {finding.advice}" if finding.advice else f"✓ {finding.what}"


def _examine(state: Path) -> list[Finding]:
    files = look_at_files(state)  # before `reach`, which mends the folder's mode
    if os.environ.get("DATABASE_URL"):
        return files + run_blocking(_findings(os.environ, os.environ.get("DATABASE_OWNER_URL")))
    with reach(state) as access:
        told = {name: os.environ[name] for name in (*SETTINGS, *MAIL, *MAIL_LOGIN) if os.environ.get(name)}
        return files + run_blocking(_findings(access.environment() | told, access.owner_url))


async def _findings(environment: Mapping[str, str], owner_url: str | None) -> list[Finding]:
    settings, found, wrong = read_all_settings(environment)
    if settings is None:
        return found
    if "NEXUS_VAULT_KEYS" not in wrong:
        found.append(await look("vault keys", examinations.vault_keys(settings.vault_keys)))
    found.append(await look("session keys", examinations.session_keys(settings.jwt_keys)))
    found.append(await look("audit keys and checkpoints", examinations.audit_chain(settings)))
    found += look_at_addresses(settings)
    if "DATABASE_URL" not in wrong:
        url = settings.database_url
        found.append(await look("database and its role", examinations.service_role(url)))
        if found[-1].wrong is None:
            found.append(await look("schema", examinations.schema(url)))
            found.append(await look("clock", examinations.clock(url)))
    if owner_url:
        found.append(await look("owner's role", examinations.owner_role(owner_url)))
    if "REDIS_URL" not in wrong:
        found.append(await look("Redis", examinations.redis_server(settings.redis_url)))
    return found
