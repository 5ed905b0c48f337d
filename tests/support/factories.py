"""Rows for tests on the real database, made through the use cases where there are any."""

import hashlib
import itertools
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.credentials import Keyring
from core.database import Database
from core.directory import Directory
from core.keyring import NamedKey
from core.principal import TenantId, UserId
from core.secret import Secret
from core.statements import Statement, sibling_statements
from orchestrator_service.agenda.working_hours import WorkingHours, default_working_hours
from orchestrator_service.leads.models import Interest, Qualification
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.provisioning.add_channel import NewChannel, add_channel
from orchestrator_service.provisioning.create_tenant import create_tenant
from orchestrator_service.sellers.create import create_seller

SQL = sibling_statements(__file__)
# Of each worker its own: Redis tells what is published to all its databases, and names channels by this key.
DIRECTORY_KEY = hashlib.sha256(os.environ.get("PYTEST_XDIST_WORKER", "").encode()).digest()
DIRECTORY = Directory(DIRECTORY_KEY)
KEYRING = Keyring((NamedKey("test", b"k" * 32),))
WEBHOOK_SECRET = "whsec"
ZONE = ZoneInfo("America/Argentina/Buenos_Aires")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Talk:
    """A conversation with its person and lead."""

    conversation_id: int
    contact_id: int
    lead_id: int


async def make_tenant(
    db: Database,
    name: str = "Acme",
    *,
    mode: Literal["demo", "live"] = "live",
    language: Literal["es", "en", "pt"] = "es",
) -> TenantId:
    """A company in Buenos Aires, as the operator makes it; it works on holidays, so that any day will do for a test."""
    return await create_tenant(
        db,
        DIRECTORY,
        name=name,
        mode=mode,
        country="AR",
        zone=ZONE.key,
        language=language,
        currency="USD",
        agent_name="Sofía",
        offer_summary="Software for clinics",
        brain="demo",
        keeps_holidays=False,
    )


async def make_channel(db: Database, tenant_id: int, *, webhook_secret: str = WEBHOOK_SECRET) -> NewChannel:
    """A YCloud number of the company, different at each call."""
    async with db.tenant(tenant_id) as tx:
        return await add_channel(
            tx,
            DIRECTORY,
            KEYRING,
            provider="ycloud",
            name="Main",
            business_number=f"+54911000{next(_numbers):05d}",
            waba_id=None,
            api_key=Secret("api-key"),
            webhook_secrets=(Secret(webhook_secret),),
        )


async def make_user(db: Database, tenant_id: int, *, role: str = "closer") -> UserId:
    """Somebody active of the team."""
    number = next(_numbers)
    return UserId(
        await _insert(
            db, tenant_id, SQL["add_user"], email=f"user{number}@example.com", name=f"User {number}", role=role
        )
    )


async def make_seller(
    db: Database,
    tenant_id: int,
    name: str = "Ana Pérez",
    *,
    user_id: int | None = None,
    zone: ZoneInfo = ZONE,
    working_hours: WorkingHours | None = None,
) -> int:
    """Somebody who can be booked, Monday to Friday from 9 to 18 unless told otherwise."""
    async with db.tenant(tenant_id) as tx:
        return await create_seller(
            tx, name=name, zone=zone, working_hours=working_hours or default_working_hours(), user_id=user_id
        )


async def make_conversation(
    db: Database, tenant_id: int, channel_id: int, *, name: str = "Juan Gómez", owner_user_id: int | None = None
) -> Talk:
    """A new person, who is a lead, and the conversation with them."""
    phone = f"+54911100{next(_numbers):05d}"
    contact_id = await _insert(db, tenant_id, SQL["add_contact"], name=name, phone=phone)
    lead_id = await _insert(db, tenant_id, SQL["add_lead"], name=name, phone=phone, owner_user_id=owner_user_id)
    linked = {"channel_id": channel_id, "contact_id": contact_id, "lead_id": lead_id, "language": "es"}
    return Talk(await _insert(db, tenant_id, SQL["link_lead"], **linked), contact_id, lead_id)


async def make_qualification(db: Database, tenant_id: int, talk: Talk, *, interest: Interest = "hot") -> None:
    """The record without which nothing is offered."""
    async with db.tenant(tenant_id) as tx:
        qualification = Qualification(interest=interest, score=80, need="Software")
        await qualify(tx, qualification, conversation_id=talk.conversation_id, lead_id=talk.lead_id, turn_id=None)


async def make_event(
    db: Database,
    tenant_id: int,
    seller_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    kind: str = "meeting",
    status: str = "confirmed",
    lead_id: int | None = None,
) -> int:
    """Something in a seller's agenda, past every rule but the database's own."""
    event = {"seller_id": seller_id, "kind": kind, "status": status, "lead_id": lead_id}
    return await _insert(db, tenant_id, SQL["add_event"], **event, starts_at=starts_at, ends_at=ends_at)


async def _insert(db: Database, tenant_id: int, statement: Statement, **params: object) -> int:
    async with db.tenant(tenant_id) as tx:
        made = await tx.value(statement, int, **params)
    assert made is not None
    return made
