"""`nexus tenant`: the companies of an installation, by the operator's hand."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec
import typer

from core.errors import BadInput
from core.secret import Secret
from core.system_events import NO_TENANT
from nexus.cli.options import STATE, JsonOption, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.cli.trace import trace
from orchestrator_service.auth.create_user import EmailTaken, create_user
from orchestrator_service.auth.join_code import rotate_join_code
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.password_rules import check_password
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.pipeline.defaults import STAGE_NAMES, Language
from orchestrator_service.provisioning.create_tenant import create_tenant
from orchestrator_service.provisioning.tenants import TenantCard, list_tenants, set_tenant_status

app = typer.Typer(no_args_is_help=True)


@dataclass(frozen=True)
class _Company:
    name: str
    country: str
    zone: str
    language: Language
    currency: str
    mode: Literal["demo", "live"]


@dataclass(frozen=True)
class _Ceo:
    email: str
    name: str
    password: str = field(repr=False)


@app.command("create")
def create(  # noqa: PLR0917 - the command line's options
    name: Annotated[str, typer.Option(help="The company's name.")],
    ceo_email: Annotated[str, typer.Option(help="Who governs it; unique over the installation.")],
    ceo_name: Annotated[str, typer.Option(help="That person's name.")] = "",
    country: Annotated[str, typer.Option(help="ISO 3166 code.")] = "AR",
    zone: Annotated[str, typer.Option(help="IANA time zone.")] = "America/Argentina/Buenos_Aires",
    language: Annotated[str, typer.Option(help="es, en or pt.")] = "es",
    currency: Annotated[str, typer.Option(help="ISO 4217 code.")] = "USD",
    live: Annotated[bool, typer.Option("--live/--demo", help="A demo company talks to simulated parts only.")] = True,
    ask_password: Annotated[bool, typer.Option("--ask-password", help="Ask for it instead of drawing one.")] = False,
    state: StateOption = STATE,
) -> None:
    """Create a company with its first ceo, who is active at once. A drawn password is shown this one time.

    Example: nexus tenant create --name "Clínica Sur" --ceo-email ana@clinicasur.com
    """
    company = _Company(name, country.upper(), zone, _language(language), currency.upper(), "live" if live else "demo")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else _drawn()
    ceo = _Ceo(ceo_email.strip().lower(), ceo_name.strip() or ceo_email.partition("@")[0], password)
    check_password(Secret(password), personal=(ceo.email, ceo.name, company.name))

    async def work(resources: Resources) -> int:
        return await _create(resources, company, ceo)

    tenant_id = with_resources(state, work)
    typer.echo(f"Company {tenant_id} ({company.name}, {company.mode}) is ready for {ceo.email}.")
    if not ask_password:
        typer.echo(f"Password, shown this once: {password}")


@app.command("list")
def show(as_json: JsonOption = False, state: StateOption = STATE) -> None:
    """List the companies.

    Example: nexus tenant list --json
    """

    async def work(resources: Resources) -> list[TenantCard]:
        await trace(resources.database, "tenants_listed", tenant_id=NO_TENANT)
        return await list_tenants(resources.database, resources.directory)

    cards = with_resources(state, work)
    if as_json:
        sys.stdout.write(msgspec.json.encode(cards).decode() + "\n")
        return
    for card in cards:
        typer.echo(f"{card.id:>6}  {card.name:<30} {card.mode:<5} {card.status:<10} {card.people} people")
    if not cards:
        typer.echo("No company yet. Make one with: nexus tenant create")


@app.command("suspend")
def suspend(
    tenant_id: Annotated[int, typer.Argument(help="The company's number, from `nexus tenant list`.")],
    undo: Annotated[bool, typer.Option("--undo", help="Let it work again.")] = False,
    state: StateOption = STATE,
) -> None:
    """Suspend a company: from now on nobody of it gets in.

    Example: nexus tenant suspend 7
    """

    async def work(resources: Resources) -> TenantCard:
        return await set_tenant_status(resources.database, tenant_id, "active" if undo else "suspended")

    card = with_resources(state, work)
    typer.echo(f"Company {card.id} ({card.name}) is {card.status}.")


async def _create(resources: Resources, company: _Company, ceo: _Ceo) -> int:
    """The e-mail is looked up first, so that a taken one does not leave a company without people."""
    if await resources.directory.find(resources.database, "email", ceo.email) is not None:
        raise EmailTaken
    pool = PasswordHasherPool()
    try:
        password_hash = await pool.hash(Secret(ceo.password))
    finally:
        pool.close()
    tenant_id = await create_tenant(
        resources.database,
        resources.directory,
        name=company.name,
        mode=company.mode,
        country=company.country,
        zone=company.zone,
        language=company.language,
        currency=company.currency,
        agent_name="Sofía",
        offer_summary="",
        brain=company.mode,
    )
    async with resources.database.tenant(tenant_id) as tx:
        await create_user(tx, resources.directory, NewUser(ceo.email, ceo.name, "ceo", "active", password_hash))
        await rotate_join_code(tx, resources.directory, resources.keyring)
    return tenant_id


def _language(text: str) -> Language:
    for language in STAGE_NAMES:
        if text == language:
            return language
    raise BadInput("The language is es, en or pt.")


def _drawn() -> str:
    return secrets.token_urlsafe(15)
