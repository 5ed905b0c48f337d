"""A company with random leads, meetings, talks, money and models' costs, some in a period, some beside it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Literal

from core.database import TenantTransaction
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.db import append_chat_message
from orchestrator_service.new_message import Author, NewMessage
from tests.support.api import Api
from tests.support.factories import make_channel, make_conversation, make_seller, make_tenant

SQL = sibling_statements(__file__)
SOURCES = ("whatsapp", "ad", "manual")
STAGES = ("new", "contacted", "qualified", "meeting", "proposal", "won", "lost")
AUTHORS: tuple[Author, ...] = ("customer", "customer", "agent", "person", "system")
_NUMBERS = count(1)


@dataclass(frozen=True)
class _Id:
    id: int


@dataclass(frozen=True)
class Company:
    """Its tenant, its sellers, and what the arithmetic of the test says of thirty days up to now."""

    tenant: TenantId
    sellers: list[int]
    leads: int
    won: int
    bookings: int
    earned: dict[str, Decimal]


async def random_company(api: Api, now: datetime, seed: int, *, leads: int, talks: int) -> Company:
    """The same for a seed; nothing lies within two days of the period's ends, nothing in the future but meetings."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    tenant = await make_tenant(api.db)
    sellers = [await make_seller(api.db, tenant, f"Seller {number}") for number in range(3)]
    async with api.db.tenant(tenant) as tx:
        ids, kept, won = await _random_leads(tx, chance, now, leads)
        bookings = await _random_meetings(tx, chance, now, sellers, ids)
        earned = await _random_money(tx, chance, now, sellers, ids[:5])
    channel = (await make_channel(api.db, tenant)).channel_id
    for _ in range(talks):
        await _random_talk(api, tenant, channel, chance, _some_time(chance, now))
    # The people of the talks are leads too, from now.
    return Company(tenant, sellers, kept + talks, won, bookings, earned)


def _some_time(chance: random.Random, now: datetime) -> datetime:
    days = chance.choice([chance.uniform(2, 27), chance.uniform(2, 27), chance.uniform(32, 57)])
    return now - timedelta(days=days)


def _recent(at: datetime, now: datetime) -> bool:
    return now - at < timedelta(days=30)


async def _random_leads(
    tx: TenantTransaction, chance: random.Random, now: datetime, leads: int
) -> tuple[list[int], int, int]:
    """Their ids, how many the period has, and how many of these are won."""
    times = [_some_time(chance, now) for _ in range(leads)]
    stages = [chance.choice(STAGES) for _ in times]
    gone = [chance.random() < 0.1 for _ in times]
    made = await tx.all(
        SQL["add_leads"],
        _Id,
        sources=[chance.choice(SOURCES) for _ in times],
        stages=stages,
        reasons=[chance.choice(["Precio", "Ahora no", None]) if one == "lost" else None for one in stages],
        worths=[chance.choice([Decimal(100), None]) for _ in times],
        times=times,
        gone=gone,
    )
    ids = [row.id for row in made]
    moved = [chance.choice(range(leads)) for _ in range(leads)]
    await tx.run(
        SQL["add_changes"],
        leads=[ids[one] for one in moved],
        froms=[chance.choice(STAGES) for _ in moved],
        tos=[chance.choice(STAGES) for _ in moved],
        times=[times[one] + timedelta(hours=chance.uniform(1, 40)) for one in moved],
    )
    kept = [stage for at, stage, away in zip(times, stages, gone, strict=True) if _recent(at, now) and not away]
    return ids, len(kept), kept.count("won")


async def _random_meetings(
    tx: TenantTransaction, chance: random.Random, now: datetime, sellers: list[int], leads: list[int]
) -> int:
    """How many were booked in the period."""
    booked = [_some_time(chance, now) for _ in leads]
    statuses = [chance.choice(["done", "done", "no_show", "cancelled", "confirmed", "held"]) for _ in booked]
    await tx.run(
        SQL["add_meetings"],
        sellers=[chance.choice(sellers) for _ in booked],
        statuses=statuses,
        starts=[now - timedelta(days=50) + timedelta(hours=7 * place) for place in range(len(booked))],
        leads=[chance.choice([*leads, None]) for _ in booked],
        times=booked,
    )
    return sum(_recent(at, now) and status != "held" for at, status in zip(booked, statuses, strict=True))


async def _random_money(
    tx: TenantTransaction, chance: random.Random, now: datetime, sellers: list[int], leads: list[int]
) -> dict[str, Decimal]:
    """What was earned in the period, by currency."""
    earned: dict[str, Decimal] = {}
    clients = [await tx.value(SQL["add_client"], int, lead_id=lead_id) for lead_id in leads]
    for _ in range(20):
        at, kind = _some_time(chance, now), chance.choice(["income", "income", "expense"])
        amount, currency = Decimal(chance.randrange(100, 99999)) / 100, chance.choice(["USD", "ARS"])
        whose = {"client_id": chance.choice([*clients, None]), "seller_id": chance.choice([*sellers, None])}
        paid_at = at if kind == "income" else None
        money = {"kind": kind, "amount": amount, "currency": currency, "paid_at": paid_at, "income_id": None, **whose}
        line = await tx.value(SQL["add_transaction"], int, reverses_id=None, at=at, **money)
        if chance.random() < 0.3:
            await tx.run(SQL["add_transaction"], reverses_id=line, at=_some_time(chance, now), **money)
            continue
        if kind == "expense":
            continue
        if _recent(at, now):
            earned[currency] = earned.get(currency, Decimal(0)) + amount
        if chance.random() < 0.5:
            back, when = Decimal(chance.randrange(1, 100)) / 100, _some_time(chance, now)
            given = {**money, "kind": "refund", "amount": back, "paid_at": None, "income_id": line}
            await tx.run(SQL["add_transaction"], reverses_id=None, at=when, **given)
            if _recent(when, now):
                earned[currency] = earned.get(currency, Decimal(0)) - back
    return earned


def _status(chance: random.Random, author: Author) -> Literal["imported", "received", "sent"]:
    """One in six came with an import, which no figure counts."""
    if chance.random() < 1 / 6:
        return "imported"
    return "received" if author == "customer" else "sent"


async def _random_talk(api: Api, tenant: TenantId, channel: int, chance: random.Random, at: datetime) -> None:
    talk = await make_conversation(api.db, tenant, channel)
    async with api.db.tenant(tenant) as tx:
        await tx.run(SQL["date_conversation"], conversation_id=talk.conversation_id, at=at)
        for _ in range(chance.randrange(1, 6)):
            at += timedelta(seconds=chance.randrange(1, 4000))
            author = chance.choice(AUTHORS)
            message = NewMessage(
                conversation_id=talk.conversation_id,
                direction="in" if author == "customer" else "out",
                author=author,
                body="…",
                origin_key=f"random:{next(_NUMBERS)}",
                status=_status(chance, author),
                at=at,
            )
            await append_chat_message(tx, message)
        await tx.run(
            SQL["add_calls"],
            purposes=[chance.choice(["think", "summary", "playground"]) for _ in range(2)],
            costs=[Decimal(chance.randrange(1, 900)) / 10000 for _ in range(2)],
            times=[at, at],
            conversation_id=talk.conversation_id,
        )
