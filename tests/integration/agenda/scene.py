"""A company with a seller and a conversation, on a Monday at nine in Buenos Aires."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from core.database import Database
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.agenda.booking import Booked, Held, NotBooked, book_offer
from orchestrator_service.agenda.live import DATABASE_ALONE, Live
from orchestrator_service.agenda.offers import Offers, make_offers
from tests.support.factories import ZONE, Talk, make_channel, make_conversation, make_seller, make_tenant

SQL = sibling_statements(__file__)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
TEN = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # tomorrow at ten in Buenos Aires
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Scene:
    db: Database
    tenant_id: TenantId
    channel_id: int
    seller_id: int
    talk: Talk


async def make_scene(db: Database, name: str = "Acme") -> Scene:
    tenant_id = await make_tenant(db, name)
    channel = await make_channel(db, tenant_id)
    seller_id = await make_seller(db, tenant_id)
    talk = await make_conversation(db, tenant_id, channel.channel_id)
    return Scene(db, tenant_id, channel.channel_id, seller_id, talk)


async def offer(
    scene: Scene,
    *,
    first: date = TOMORROW,
    last: date = TOMORROW,
    seller_name: str | None = None,
    minutes: int | None = None,
    now: datetime = NOW,
    most: int = 6,
    talk: Talk | None = None,
    live: Live = DATABASE_ALONE,
) -> Offers:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await make_offers(
            tx,
            conversation_id=(talk or scene.talk).conversation_id,
            turn_id=None,
            date_from=first,
            date_to=last,
            seller_name=seller_name,
            duration_minutes=minutes,
            now=now,
            zone=ZONE.key,
            language="es",
            live=live,
            most=most,
        )


async def book(
    scene: Scene, offer_id: str, *, talk: Talk | None = None, now: datetime = NOW, db: Database | None = None
) -> Booked | NotBooked:
    who = talk or scene.talk
    async with (db or scene.db).tenant(scene.tenant_id) as tx:
        outcome = await book_offer(
            tx,
            conversation_id=who.conversation_id,
            lead_id=who.lead_id,
            offer_id=offer_id,
            reason="Wants a demo",
            now=now,
            live=DATABASE_ALONE,
        )
    assert not isinstance(outcome, Held)
    return outcome


async def plant_offer(scene: Scene, talk: Talk, starts_at: datetime, minutes: int = 30) -> str:
    """An offer row as `make_offers` stores it, for a time of the test's choice."""
    offer_id = uuid4()
    await run(
        scene,
        "plant_offer",
        offer_id=offer_id,
        conversation_id=talk.conversation_id,
        seller_id=scene.seller_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        created_at=NOW,
        expires_at=NOW + HALF_HOUR,
    )
    return str(offer_id)


async def run(scene: Scene, statement: str, **params: object) -> int:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await tx.run(SQL[statement], **params)


async def count(scene: Scene, statement: str) -> int:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await tx.value(SQL[statement], int) or 0


@dataclass(frozen=True)
class Event:
    name: str
    payload: dict[str, object]
    owner_user_id: int | None


async def events(scene: Scene) -> list[Event]:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await tx.all(SQL["events"], Event)


async def at_once(scene: Scene, starts: list[datetime], minutes: int = 30) -> list[Booked | NotBooked]:
    """One booking for each start, each by an offer, conversation and lead of its own, all begun together."""
    talks = [await make_conversation(scene.db, scene.tenant_id, scene.channel_id) for _ in starts]
    pairs = [(await plant_offer(scene, talk, start, minutes), talk) for talk, start in zip(talks, starts, strict=True)]
    return await asyncio.gather(*(book(scene, offer_id, talk=talk) for offer_id, talk in pairs))


def is_uuid4(text: str) -> bool:
    return UUID(text).version == 4 and str(UUID(text)) == text
