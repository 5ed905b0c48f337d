"""What hangs on a lead counts once, whoever it is merged into: totals stay the same by the merge and by its undo."""

from __future__ import annotations

import contextlib
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.database import TenantTransaction
from core.errors import Conflict
from core.paging import LARGEST_ID, NEWEST
from core.principal import Principal
from core.statements import sibling_statements
from orchestrator_service.accounting.models import Kind, NewTransaction, Wanted
from orchestrator_service.accounting.reading import list_transactions, total_transactions
from orchestrator_service.accounting.record import record_transaction
from orchestrator_service.accounting.reverse import reverse_transaction
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import NewClient
from orchestrator_service.clients.reading import read_record
from orchestrator_service.conversion.standing import standing_of
from orchestrator_service.merging.merge import merge_leads
from orchestrator_service.merging.undo import undo_merge
from orchestrator_service.reports.list_rows import Part, list_rows
from orchestrator_service.reports.models import Figure
from orchestrator_service.reports.period import Period
from orchestrator_service.reports.read import read_report
from orchestrator_service.timeline.reading import timeline_of_lead
from tests.support.api import Api
from tests.support.factories import (
    ZONE,
    make_channel,
    make_conversation,
    make_event,
    make_seller,
    make_tenant,
    make_user,
)

SQL = sibling_statements(__file__)
NOON: Final = datetime.now(UTC) - timedelta(hours=1)
SOURCES: Final = ("whatsapp", "ad", "manual")
MANY: Final = 10_000


@dataclass
class World:
    """A company of five people, some of them clients, who met, wrote and paid."""

    principal: Principal
    leads: list[int]
    sources: dict[int, str]
    clients: dict[int, int] = field(default_factory=dict[int, int])  # by lead


@dataclass(frozen=True)
class Counted:
    """Every figure that hangs on somebody, by whom it hangs on."""

    sellers: dict[str, object]
    clients: dict[int, Decimal]
    leads: dict[int, Decimal]
    sources: dict[str, Decimal]
    replies: list[object]
    came: Counter[str]
    hanging: dict[int, Counter[str]]
    paid: dict[int, Decimal]
    bought: frozenset[int]


# Without shrinking, as in test_reconciling.py.
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), absorbed=st.integers(1, 3))
async def test_no_total_loses_or_doubles_what_was_a_merged_leads(api: Api, seed: int, absorbed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    world = await make_world(api, chance)
    survivor, *others = chance.sample(world.leads, absorbed + 1)
    whose = {lead: survivor if lead in others else lead for lead in world.leads}
    before = await count_all(api, world, world.leads)
    async with api.db.tenant(world.principal.tenant_id) as tx:
        merge = await merge_leads(tx, world.principal, api.clock, survivor, others, {})
    after = await count_all(api, world, sorted(set(whose.values())))
    async with api.db.tenant(world.principal.tenant_id) as tx:
        await undo_merge(tx, world.principal, merge.id)
    assert await count_all(api, world, world.leads) == before
    assert after == as_one(world, before, whose, others)


def as_one(world: World, was: Counted, whose: Mapping[int, int], others: Sequence[int]) -> Counted:
    """What the figures must be once each lead counts for whom it is now: people become fewer, nothing else does."""
    survivor = whose[others[0]]
    merged = [world.clients[lead] for lead in (survivor, *others) if lead in world.clients]
    kept = world.clients[survivor] if survivor in world.clients else min(merged, default=0)
    client_now = dict.fromkeys(merged, kept)
    hanging: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for lead, counted in was.hanging.items():
        hanging[whose[lead]].update(counted)
    money = regrouped(was.leads, whose)
    return Counted(
        sellers=was.sellers,
        clients=regrouped(was.clients, client_now),
        leads=money,
        sources=by_source(world, money),
        replies=was.replies,
        came=was.came - Counter(world.sources[lead] for lead in others),
        hanging=dict(hanging),
        paid=regrouped(was.paid, client_now),
        bought=frozenset(whose[lead] for lead in was.bought),
    )


def regrouped(sums: Mapping[int, Decimal], now: Mapping[int, int]) -> dict[int, Decimal]:
    grouped: defaultdict[int, Decimal] = defaultdict(Decimal)
    for key, amount in sums.items():
        grouped[now.get(key, key)] += amount
    return dict(grouped)


def by_source(world: World, money: Mapping[int, Decimal]) -> dict[str, Decimal]:
    grouped: defaultdict[str, Decimal] = defaultdict(Decimal)
    for lead, amount in money.items():
        grouped[world.sources[lead]] += amount
    return dict(grouped)


async def make_world(api: Api, chance: random.Random) -> World:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    principal = Principal(tenant, await make_user(api.db, tenant, role="ceo"), "ceo")
    sellers = [await make_seller(api.db, tenant, name) for name in ("Ana", "Beto")]
    talks = [await make_conversation(api.db, tenant, channel, name=f"Persona {place}") for place in range(5)]
    world = World(principal, [talk.lead_id for talk in talks], {talk.lead_id: chance.choice(SOURCES) for talk in talks})
    now = api.clock()
    for place, talk in enumerate(talks):
        for meeting in range(chance.randrange(3)):
            starts = now - timedelta(days=2 + meeting, hours=place)
            status = chance.choice(["done", "no_show", "cancelled"])
            await make_event(
                api.db, tenant, chance.choice(sellers), starts, starts + timedelta(minutes=30), status=status,
                lead_id=talk.lead_id,
            )  # fmt: skip
        async with api.db.tenant(tenant) as tx:
            await tx.run(SQL["came_by"], lead_id=talk.lead_id, source=world.sources[talk.lead_id])
            await tx.run(SQL["say_and_answer"], conversation_id=talk.conversation_id, key=uuid4().hex)
            if chance.random() < 0.7:
                client = NewClient(
                    lead_id=talk.lead_id, full_name=f"Persona {place}", phone=None, email=None, owner_user_id=None,
                    created_at=now,
                )  # fmt: skip
                made = await create_client(tx, client)
                assert made is not None
                world.clients[talk.lead_id] = made
            await trade(tx, world, talk.lead_id, chance, sellers)
    return world


async def trade(
    tx: TenantTransaction, world: World, lead_id: int, chance: random.Random, sellers: Sequence[int]
) -> None:
    """Income of the lead, some given back in part, some reversed, some not paid yet."""
    for _ in range(chance.randrange(4)):
        seller = chance.choice([None, *sellers])
        paid = chance.random() < 0.8
        income = await record_transaction(
            tx, world.principal, new("income", lead_id, seller, chance, paid=paid), now=NOON
        )
        act = chance.choice(["keep", "refund", "reverse"])
        with contextlib.suppress(Conflict):  # nothing is given back of what was not paid
            async with tx.savepoint():
                if act == "refund":
                    refund = new("refund", None, None, chance, income=income.id)
                    await record_transaction(tx, world.principal, refund, now=NOON)
                elif act == "reverse":
                    await reverse_transaction(tx, world.principal, income.id, "A mistake", now=NOON)


def new(
    kind: Kind,
    lead_id: int | None,
    seller: int | None,
    chance: random.Random,
    *,
    paid: bool = True,
    income: int | None = None,
) -> NewTransaction:
    cents = chance.randrange(1, 100) if kind == "refund" else chance.randrange(100, 99_999)
    return NewTransaction(
        kind=kind, amount=Decimal(cents) / 100, currency="USD" if income is None else None, method=None, client_id=None,
        lead_id=lead_id, seller_id=seller, income_id=income, category=None, description=None, occurred_at=NOON,
        paid=paid, token=uuid4(),
    )  # fmt: skip


async def count_all(api: Api, world: World, leads: Sequence[int]) -> Counted:
    who = world.principal
    today = api.clock().astimezone(ZONE).date()
    period = Period(today - timedelta(days=29), today, ZONE)
    async with api.db.tenant(who.tenant_id) as tx:
        report = await read_report(tx, period)
        rows = await list_rows(tx, Figure.REVENUE, period, Part(), before_id=LARGEST_ID, most=MANY)
        by_seller = {(one.key, one.name): one for one in await total_transactions(tx, who, Wanted(), "seller")}
        by_client = await total_transactions(tx, who, Wanted(), "client")
        clients = {int(one.key): one.income - one.refund + one.pending for one in by_client if one.key is not None}
        paid: dict[int, Decimal] = {}
        for client, amount in clients.items():
            record = await read_record(tx, who, client)
            paid[client] = sum((Decimal(one.amount) for one in record.paid or ()), Decimal(0))
            lines = await list_transactions(tx, who, Wanted(client_id=client), before=(NEWEST, LARGEST_ID), most=MANY)
            assert {line.client_id for line in lines} == {client}
            assert sum((line.effect for line in lines), Decimal(0)) == amount
        money: defaultdict[int, Decimal] = defaultdict(Decimal)
        for row in rows:
            assert row.amount is not None
            assert row.lead_id is not None
            assert row.lead_id in leads
            money[row.lead_id] += row.amount
        hanging = {lead: await _hanging(tx, who, lead) for lead in leads}
        bought = frozenset(
            [lead for lead in leads if "meeting_or_sale" not in (await standing_of(tx, who, lead)).missing]
        )
    return Counted(
        sellers={
            "money": by_seller,
            "meetings": {one.seller_id: (one.booked, one.shown, one.missed) for one in report.sellers},
            "revenue": report.now.revenue,
        },
        clients=clients,
        leads=dict(money),
        sources=by_source(world, money),
        replies=[report.now.agent, report.now.person],
        came=Counter({one.source: one.leads for one in report.sources}),
        hanging=hanging,
        paid=paid,
        bought=bought,
    )


async def _hanging(tx: TenantTransaction, who: Principal, lead: int) -> Counter[str]:
    """How much of each kind a lead's timeline tells, and how many lines of the ledger are its."""
    told = await timeline_of_lead(
        tx, who, lead, kinds=["message", "meeting", "sale"], before=(NEWEST, LARGEST_ID), most=MANY
    )
    lines = await list_transactions(tx, who, Wanted(lead_id=lead), before=(NEWEST, LARGEST_ID), most=MANY)
    assert {line.lead_id for line in lines} <= {lead}
    return Counter([*(one.kind for one in told), *("line" for _ in lines)])
