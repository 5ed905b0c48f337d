"""`nexus user`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
import typer

from core.clock import system_clock
from core.errors import NotFound
from core.json_types import JsonObject
from core.paging import LARGEST_ID
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.cli.trace import trace
from orchestrator_service.accounts.issue import LinkMaker
from orchestrator_service.accounts.models import Issued
from orchestrator_service.accounts.reset_link import make_reset_link
from orchestrator_service.auth.govern import list_users
from orchestrator_service.auth.models import User
from orchestrator_service.auth.signed import Signer
from orchestrator_service.auth.totp.reset import reset_totp
from orchestrator_service.provisioning.tenants import list_tenants

MOST: Final = 1000

app = typer.Typer(no_args_is_help=True)


@dataclass(frozen=True)
class _Row:
    tenant_id: int
    tenant: str
    user: User


@app.callback()
def group() -> None:
    """List the people of a company, and let one in again who lost the password, or phone and codes."""


@app.command("list")
def show(
    tenant: Annotated[int | None, typer.Option(help="One company's number; without it, all of them.")] = None,
    as_json: JsonOption = False,
    state: StateOption = STATE,
) -> None:
    """List accounts: company, number, e-mail, role and status.

    Example: nexus user list --tenant 7
    """

    async def work(resources: Resources) -> list[_Row]:
        return await _rows(resources, tenant)

    rows = with_resources(state, work)
    if as_json:
        sys.stdout.write(msgspec.json.encode(rows).decode() + "\n")
        return
    for row in rows:
        user = row.user
        typer.echo(f"{row.tenant_id:>6}  {user.id:>6}  {user.email:<40} {user.role:<13} {user.status}")


@app.command("reset-link")
def reset_link(
    email: Annotated[str, typer.Argument(help="Whose password is lost.")],
    state: StateOption = STATE,
) -> None:
    """Make a link to a new password, for a ceo who lost theirs. It works once, for an hour; they are told of it.

    Example: nexus user reset-link ana@clinicasur.com
    """

    async def work(resources: Resources) -> Issued:
        return await _make_link(resources, email.strip().lower())

    issued = with_resources(state, work)
    if issued.link is None:
        raise AssertionError("the operator's link is shown")  # pragma: no cover - for the type checker
    typer.echo(issued.link.reveal())


async def _make_link(resources: Resources, email: str) -> Issued:
    entry = await resources.directory.find(resources.database, "email", email)
    if entry is None or entry.ref is None:
        raise NotFound
    settings = resources.settings
    maker = LinkMaker(Signer(settings.jwt_keys), resources.keyring, settings.public_url, mails=False)
    async with resources.database.tenant(entry.tenant_id) as tx:
        issued = await make_reset_link(tx, maker, entry.ref, system_clock(), by=None)
    about: JsonObject = {"user": entry.ref}
    await trace(resources.database, "reset_link", tenant_id=entry.tenant_id, detail=about)
    return issued


@app.command("reset-totp")
def reset_command(
    email: Annotated[str, typer.Argument(help="Whose second factor is taken off.")], state: StateOption = STATE
) -> None:
    """Take the second factor off an account whose owner lost phone and recovery codes; its sessions end.

    For everybody but a company's only ceo a ceo does this in the web app.

    Example: nexus user reset-totp ana@clinicasur.com
    """

    async def work(resources: Resources) -> bool:
        return await _reset(resources, email.strip().lower())

    typer.echo(f"{email}: {'the second factor was taken off.' if with_resources(state, work) else 'it had none.'}")


async def _reset(resources: Resources, email: str) -> bool:
    entry = await resources.directory.find(resources.database, "email", email)
    if entry is None or entry.ref is None:
        raise NotFound("nobody has that e-mail")
    async with resources.database.tenant(entry.tenant_id) as tx:
        return await reset_totp(tx, entry.ref, by=None, detail={"uid": os.getuid()})


async def _rows(resources: Resources, tenant: int | None) -> list[_Row]:
    rows: list[_Row] = []
    for card in await list_tenants(resources.database, resources.directory):
        if tenant in {None, card.id}:
            async with resources.database.tenant(card.id) as tx:
                users = await list_users(tx, status=None, before_id=LARGEST_ID, most=MOST)
            await trace(resources.database, "users_listed", tenant_id=card.id, detail={"people": len(users)})
            rows += [_Row(card.id, card.name, user) for user in reversed(users)]
    return rows
