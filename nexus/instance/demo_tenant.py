"""The demo company of a loopback installation: made once, with a login for each role and a simulated WhatsApp number.

Its passwords and keys are random per installation and kept in the state folder; the database has hashes and sealed
values only.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from core.config import Settings
from core.credentials import Keyring
from core.database import Database, TenantTransaction, open_database
from core.directory import Directory
from core.principal import Principal, Role
from core.secret import Secret
from core.whatsapp import ProviderName
from nexus.instance.demo_channels import DemoChannel, keep_channels
from nexus.instance.demo_google import ZONE, DemoGoogle, connect_calendar
from nexus.instance.demo_knowledge import keep_knowledge
from nexus.instance.keys import SecretSource
from orchestrator_service.agenda.working_hours import default_working_hours
from orchestrator_service.agenda.zone_time import parse_zone
from orchestrator_service.auth.create_user import create_user
from orchestrator_service.auth.join_code import rotate_join_code
from orchestrator_service.auth.models import NewUser
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.provisioning.create_tenant import create_tenant
from orchestrator_service.sellers.create import create_seller

COMPANY: Final = "Nexus Demo"
OFFER: Final = (
    "Nexus ordena los turnos y las ventas de clínicas y equipos comerciales: agenda, recordatorios y seguimiento "
    "de cada consulta por WhatsApp."
)
PEOPLE: Final[tuple[tuple[Role, str], ...]] = (
    ("ceo", "Carla Benítez"),
    ("professional", "Laura Gómez"),
    ("secretary", "Sandra Ibarra"),
    ("setter", "Tomás Rivas"),
    ("closer", "Martín Duarte"),
)
USUAL_QUIET: Final = 6.0
SELLING: Final[frozenset[Role]] = frozenset({"professional", "closer"})


@dataclass(frozen=True)
class Login:
    """One person of the demo company."""

    role: Role
    name: str
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class DemoTenant:
    """The demo company as the launcher needs it; the first of its `channels` is the one that was asked for.

    `door_token` opens the list of logins in the app (`core/demo.py`).
    """

    tenant_id: int
    logins: tuple[Login, ...]
    door_token: str = field(repr=False)
    channels: tuple[DemoChannel, ...]
    google: DemoGoogle

    def login(self, role: Role) -> Login:
        """The person of that role."""
        return next(login for login in self.logins if login.role == role)

    def channel(self, provider: ProviderName) -> DemoChannel:
        """The number at that provider."""
        return next(channel for channel in self.channels if channel.provider == provider)


async def prepare_demo_tenant(
    settings: Settings,
    secret: SecretSource,
    *,
    quiet_seconds: float = USUAL_QUIET,
    providers: tuple[ProviderName, ...] = (),
) -> DemoTenant:
    """Make the demo company where it is missing, with a number at each of `providers`, and answer how to get in.

    Its secrets are on disk before the rows that they open; people and what belongs to them are one transaction, so a
    start that was killed half way is done again by the next one.
    """
    logins = tuple(
        Login(role, name, f"{role}@demo.example", secret(f"demo_password_{role}", _password)) for role, name in PEOPLE
    )
    door_token = secret("demo_door_token", _token)
    google = DemoGoogle.kept(secret)
    database = await open_database(settings.database_url, application="nexus-launcher", most_connections=2)
    maker = _Maker(database, Directory(settings.directory_key), Keyring.from_text(settings.vault_keys))
    try:
        entry = await maker.directory.find(database, "email", logins[0].email)
        tenant_id = entry.tenant_id if entry else await maker.make(logins, quiet_seconds)
        async with database.tenant(tenant_id) as tx:
            channels = await keep_channels(tx, maker.directory, maker.keyring, secret, providers)
        await connect_calendar(database, maker.keyring, tenant_id, google)
    finally:
        await database.close()
    return DemoTenant(tenant_id, logins, door_token, channels, google)


@dataclass
class _Maker:
    database: Database
    directory: Directory
    keyring: Keyring

    async def make(self, logins: tuple[Login, ...], quiet_seconds: float) -> int:
        tenant_id = await create_tenant(
            self.database,
            self.directory,
            name=COMPANY,
            mode="demo",
            country="AR",
            zone=ZONE,
            language="es",
            currency="USD",
            agent_name="Sofía",
            offer_summary=OFFER,
            brain="demo",
            quiet_seconds=quiet_seconds,
            keeps_holidays=False,  # a demonstration has free times on whatever day it is given
        )
        hashes = await _hashes(logins)
        async with self.database.tenant(tenant_id) as tx:
            people = [await self._add_person(tx, *each) for each in zip(logins, hashes, strict=True)]
            await keep_knowledge(tx, next(person for person in people if person.role == "ceo"))
            await rotate_join_code(tx, self.directory, self.keyring)
        return int(tenant_id)

    async def _add_person(self, tx: TenantTransaction, login: Login, password_hash: str) -> Principal:
        new = NewUser(login.email, login.name, login.role, "active", password_hash)
        user_id = await create_user(tx, self.directory, new)
        if login.role in SELLING:
            week = default_working_hours()
            await create_seller(tx, name=login.name, zone=parse_zone(ZONE), working_hours=week, user_id=user_id)
        return Principal(tx.tenant_id, user_id, login.role)


async def _hashes(logins: tuple[Login, ...]) -> list[str]:
    pool = PasswordHasherPool()
    try:
        return [await pool.hash(Secret(login.password)) for login in logins]
    finally:
        pool.close()


def _password() -> str:
    return secrets.token_urlsafe(12)


def _token() -> str:
    return secrets.token_urlsafe(24)
