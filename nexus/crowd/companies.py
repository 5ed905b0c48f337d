"""The companies of a crowd: each with five people, two of whom sell, and a number; or found again, where they are."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, cast

from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.directory import Directory
from core.principal import ROLES, Role
from core.secret import Secret
from core.statements import sibling_statements
from nexus.crowd.countries import COUNTRIES, Country
from nexus.crowd.plan import Company, Plan
from orchestrator_service.agenda.working_hours import default_working_hours
from orchestrator_service.agenda.zone_time import parse_zone
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.models import NewUser
from orchestrator_service.pipeline.defaults import Language
from orchestrator_service.provisioning.add_channel import add_channel
from orchestrator_service.provisioning.create_tenant import create_tenant
from orchestrator_service.sellers.create import create_seller

SQL = sibling_statements(__file__)
SELLING: Final[frozenset[Role]] = frozenset({"professional", "closer"})
OWNING: Final[frozenset[Role]] = frozenset({"professional", "closer", "setter"})
NUMBER: Final = "+5491150000000"
OFFER: Final = "Agenda, WhatsApp, leads"


@dataclass(frozen=True)
class Founder:
    """What making a company takes. `password_hash` is of everybody's password."""

    database: Database
    directory: Directory
    keyring: Keyring
    password_hash: str
    mode: Literal["demo", "live"]


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    role: str


@dataclass(frozen=True, slots=True)
class _Seller:
    id: int
    user_id: int


async def found_companies(founder: Founder, plan: Plan, tell: Callable[[int], None]) -> tuple[Company, ...]:
    """The plan's companies, those that are missing made; `tell` hears how many there are."""
    companies: list[Company] = []
    for place in range(plan.tenants):
        companies.append(await _company(founder, plan, place))
        tell(place + 1)
    return tuple(companies)


async def _company(founder: Founder, plan: Plan, place: int) -> Company:
    database, country = founder.database, COUNTRIES[place % len(COUNTRIES)]
    known = await founder.directory.find(database, "email", plan.email("ceo", place))
    if known is not None:
        tenant_id = known.tenant_id
    else:
        tenant_id = await _new(founder, country, place)
        async with database.tenant(tenant_id) as tx:
            await _staff(tx, founder, plan, place)
    async with database.tenant(tenant_id) as tx:
        members = await tx.all(SQL["members"], _Member)
        sellers = await tx.all(SQL["sellers"], _Seller)
        channel_id = await tx.value(SQL["channel"], int)
    assert channel_id is not None, "people and number came together"
    return Company(
        tenant_id=int(tenant_id),
        place=place,
        channel_id=channel_id,
        users=tuple(member.id for member in members),
        owners=tuple(member.id for member in members if member.role in OWNING),
        sellers=tuple((seller.id, seller.user_id) for seller in sellers),
    )


async def _new(founder: Founder, country: Country, place: int) -> int:
    return await create_tenant(
        founder.database,
        founder.directory,
        name=f"{country.trades[place % len(country.trades)]} {country.marks[place % len(country.marks)]} {place + 1}",
        mode=founder.mode,
        country=country.code,
        zone=country.zone,
        language=cast("Language", country.language),
        currency=country.currency,
        agent_name="Sofía",
        offer_summary=OFFER,
        brain="demo",
    )


async def _staff(tx: TenantTransaction, founder: Founder, plan: Plan, place: int) -> None:
    """People and number in one transaction: a company whose ceo is filed has them all."""
    country = COUNTRIES[place % len(COUNTRIES)]
    week, zone = default_working_hours(), parse_zone(country.zone)
    for number, role in enumerate(ROLES):
        name = f"{country.given[(place + 5 * number) % len(country.given)]} {country.family[(place + number) % 25]}"
        new = NewUser(plan.email(role, place), name, role, "active", founder.password_hash)
        user_id = await create_user(tx, founder.directory, new)
        if role in SELLING:
            await create_seller(tx, name=name, zone=zone, working_hours=week, user_id=user_id)
    await add_channel(
        tx,
        founder.directory,
        founder.keyring,
        provider="ycloud",
        name="WhatsApp",
        business_number=NUMBER,
        waba_id=None,
        api_key=Secret(secrets.token_urlsafe(24)),
        webhook_secrets=(Secret(f"whsec_{secrets.token_hex(24)}"),),
    )
