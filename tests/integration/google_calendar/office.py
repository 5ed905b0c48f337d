"""A company whose seller's calendar is at the local Google, by the grant that it knows from its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.channels import store_credential
from core.credential_names import seller_grant_name
from core.principal import Principal, TenantId, UserId
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.live_calendars import Live, live_busy
from orchestrator_service.google_calendar.models import NamedSeller
from tests.support.api import StillClock
from tests.support.factories import KEYRING, make_seller, make_tenant, make_user
from tests.support.local_google import CLIENT, SELLER, SELLERS_GRANT

if TYPE_CHECKING:
    from core.database import Database
    from core.google.calendar import GoogleCalendar
    from core.whatsapp import JsonObject
    from tests.support.local_google import LocalGoogle

SQL = sibling_statements(__file__)
ZONE = "America/Argentina/Buenos_Aires"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEN = datetime(2026, 11, 24, 13, tzinfo=UTC)  # tomorrow at ten in Buenos Aires
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def event(start: datetime = TEN, length: timedelta = HOUR, **more: str) -> JsonObject:
    """An event of an hour, as somebody writes it in Google."""
    return {
        "start": {"dateTime": start.isoformat(), "timeZone": ZONE},
        "end": {"dateTime": (start + length).isoformat(), "timeZone": ZONE},
        **more,
    }


@dataclass
class Office:
    """`seller` has a calendar at the local Google; `other` has none."""

    db: Database
    tenant_id: TenantId
    user_id: UserId
    seller: int
    other: int
    google: LocalGoogle
    clock: StillClock = field(default_factory=lambda: StillClock(NOW))

    @property
    def door(self) -> GoogleDoor:
        return self.through(self.google.calendar)

    def through(self, calendar: GoogleCalendar) -> GoogleDoor:
        """The same door with another client."""
        return GoogleDoor(calendar, self.google.consent, KEYRING, self.clock, local=True)

    @property
    def principal(self) -> Principal:
        return Principal(self.tenant_id, self.user_id, "closer")

    async def busy(self, *, start: datetime = TEN - 3 * HOUR, end: datetime = TEN + 12 * HOUR) -> dict[int, Live]:
        return dict(await live_busy(self.db, self.door, self.tenant_id, [self.seller, self.other], start, end))

    async def run(self, statement: str, **params: object) -> int:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.run(SQL[statement], **params)

    async def text(self, statement: str, **params: object) -> str | None:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.value(SQL[statement], str, **params)

    async def count(self, statement: str) -> int:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.value(SQL[statement], int) or 0

    async def connect(self) -> None:
        """As the consent page does it, by the grant that the local Google knows."""
        async with self.db.tenant(self.tenant_id) as tx:
            await store_credential(tx, KEYRING, seller_grant_name(self.seller), Secret(SELLERS_GRANT))
            seller = NamedSeller(self.seller, self.user_id, "Ana Pérez")
            made = Connected("oauth", SELLER, "Vendedor", ZONE)
            await write_connection(tx, seller, made, self.principal, self.clock())


async def make_office(db: Database, google: LocalGoogle, name: str = "Acme") -> Office:
    tenant_id = await make_tenant(db, name)
    user_id = await make_user(db, tenant_id, role="closer")
    office = Office(
        db,
        tenant_id,
        user_id,
        await make_seller(db, tenant_id, user_id=user_id),
        await make_seller(db, tenant_id, "Bruno Díaz"),
        google,
    )
    async with db.tenant(tenant_id) as tx:
        await store_credential(tx, KEYRING, CLIENT_ID, Secret(CLIENT.client_id))
        await store_credential(tx, KEYRING, CLIENT_SECRET, CLIENT.client_secret)
    await office.connect()
    return office
