"""The relay: numbers without gaps in the order of commits, at least once, whatever dies (ADR 0006)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from core.database import Database, TenantTransaction
from core.outbox import emit
from orchestrator_service.realtime import relay as relaying
from orchestrator_service.realtime.publication import Publication
from orchestrator_service.realtime.relay import PublishingFailed, Relay
from tests.integration.realtime.living import background, happen, stored, until, waiting_signals

TENANT, FOREIGN = 7, 8


class OddError(Exception):
    """One that nobody expects."""


@dataclass
class Bus:
    """Stands in for Redis: takes what is published, or refuses it."""

    taken: list[Publication] = field(default_factory=list[Publication])
    refuses: Callable[[Publication], bool] = lambda _: False
    hangs: bool = False

    async def __call__(self, event: Publication) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        if self.refuses(event):
            raise ConnectionError
        self.taken.append(event)

    def seqs(self, tenant_id: int = TENANT) -> list[int]:
        return [event.seq for event in self.taken if event.tenant_id == tenant_id]

    async def has(self, count: int, within: float = 3.0) -> None:
        async def enough() -> bool:
            return len(self.taken) >= count

        await until(enough, within)


async def cut_listeners(db: Database) -> int:
    """Have the server end every connection that listens, as a failover does."""
    async with db.system() as tx:
        rows = await tx.connection.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN %' AND datname = current_database()"
        )
    return len(rows)


async def test_twenty_writers_at_once_get_numbers_in_commit_order_without_gaps(db: Database) -> None:
    spans: dict[str, tuple[float, float]] = {}

    async def write(writer: int) -> None:
        for turn in range(5):
            began = time.monotonic()
            async with db.tenant(TENANT) as tx:
                await emit(tx, "LEAD_UPDATED", {"key": f"{writer}-{turn}"}, owner_user_id=None)
                await asyncio.sleep(0.002 * (writer % 5))
            spans[f"{writer}-{turn}"] = (began, time.monotonic())

    bus = Bus()
    async with background(Relay(db, bus).run()), background(Relay(db, bus).run()):
        await asyncio.gather(*(write(writer) for writer in range(20)))
        await bus.has(100)
    assert bus.seqs() == list(range(1, 101))
    seq_of = {str(event.payload["key"]): event.seq for event in bus.taken}
    wrong = [
        (first, second)
        for first, (_, first_committed) in spans.items()
        for second, (second_began, _) in spans.items()
        if first_committed < second_began and seq_of[first] > seq_of[second]
    ]
    assert wrong == []


async def test_each_company_counts_for_itself(db: Database) -> None:
    for tenant in (TENANT, FOREIGN, TENANT):
        await happen(db, tenant, {})
    bus = Bus()
    await Relay(db, bus).cycle()
    assert (bus.seqs(TENANT), bus.seqs(FOREIGN)) == ([1, 2], [1])
    assert await waiting_signals(db) == 0


async def test_an_event_is_woken_for_long_before_the_poll(db: Database) -> None:
    bus = Bus()
    async with background(Relay(db, bus, poll_seconds=30).run()):
        await happen(db, TENANT, {})
        await bus.has(1)
        await happen(db, TENANT, {})
        await bus.has(2, within=1)


async def test_an_event_arrives_by_the_poll_while_nothing_wakes_the_relay(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "CHANNEL", "deaf")
    bus = Bus()
    async with background(Relay(db, bus, poll_seconds=0.2).run()):
        await asyncio.sleep(0.3)
        await happen(db, TENANT, {})
        await bus.has(1)


async def test_a_relay_whose_listening_connection_was_cut_listens_again(db: Database) -> None:
    bus = Bus()
    async with background(Relay(db, bus, poll_seconds=0.5).run()):
        await happen(db, TENANT, {})
        await bus.has(1)
        assert await cut_listeners(db) == 1
        await happen(db, TENANT, {})
        await bus.has(2)

        async def listening() -> bool:
            return await cut_listeners(db) == 1

        await until(listening)


async def test_a_relay_killed_between_numbering_and_publishing_leaves_the_number(db: Database) -> None:
    await happen(db, TENANT, {"n": 1})
    killed = asyncio.create_task(Relay(db, Bus(hangs=True)).run())

    async def numbered() -> bool:
        return [row["seq"] for row in await stored(db, TENANT)] == [1]

    await until(numbered)
    killed.cancel()
    await asyncio.wait([killed])
    assert await waiting_signals(db) == 1
    await happen(db, TENANT, {"n": 2})
    bus = Bus()
    await Relay(db, bus).cycle()
    assert [(event.payload["n"], event.seq) for event in bus.taken] == [(1, 1), (2, 2)]


async def test_a_relay_killed_between_publishing_and_marking_publishes_again_under_the_same_number(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    await happen(db, TENANT, {"n": 1})
    bus = Bus()
    with monkeypatch.context() as patch:
        patch.setattr(relaying, "mark_published", killed)
        with pytest.raises(asyncio.CancelledError):
            await Relay(db, bus).cycle()
    await Relay(db, bus).cycle()
    assert [(event.payload["n"], event.seq) for event in bus.taken] == [(1, 1), (1, 1)]


async def test_control_signals_deleted_before_publishing_would_lose_the_event(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_to_do(*_: object) -> tuple[set[int], None]:
        return {TENANT}, None

    await happen(db, TENANT, {"n": 1})
    with monkeypatch.context() as patch:
        patch.setattr(Relay, "_serve_all", nothing_to_do)
        await Relay(db, Bus()).cycle()
    bus = Bus()
    await Relay(db, bus).cycle()
    assert bus.taken == []


async def test_a_bus_that_fails_in_between_gets_the_rest_later_in_order_and_nothing_twice(db: Database) -> None:
    for number in range(1, 5):
        await happen(db, TENANT, {"n": number})
    bus = Bus(refuses=lambda event: event.seq == 3)
    with pytest.raises(PublishingFailed):
        await Relay(db, bus).cycle()
    assert bus.seqs() == [1, 2]
    bus.refuses = lambda _: False
    await Relay(db, bus).cycle()
    assert bus.seqs() == [1, 2, 3, 4]
    assert await waiting_signals(db) == 0


async def test_the_running_relay_outlives_a_failing_bus(db: Database) -> None:
    bus = Bus(refuses=lambda _: True)
    async with background(Relay(db, bus).run()) as task:
        await happen(db, TENANT, {})
        await asyncio.sleep(0.6)
        assert not task.done()
        bus.refuses = lambda _: False
        await bus.has(1)


async def test_a_company_that_fails_keeps_no_other_waiting(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await happen(db, TENANT, {})
    await happen(db, FOREIGN, {})
    number_events = relaying.number_events

    async def fails_for_one(tx: TenantTransaction, most: int) -> None:
        if tx.tenant_id == TENANT:
            raise OddError
        await number_events(tx, most)

    bus = Bus()
    with monkeypatch.context() as patch:
        patch.setattr(relaying, "number_events", fails_for_one)
        with pytest.raises(OddError):
            await Relay(db, bus).cycle()
    assert (bus.seqs(TENANT), bus.seqs(FOREIGN)) == ([], [1])
    await Relay(db, bus).cycle()
    assert (bus.seqs(TENANT), bus.seqs(FOREIGN)) == ([1], [1])


async def test_more_events_than_a_round_takes_go_out_in_several(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaying, "MOST_PER_CYCLE", 3)
    async with db.tenant(TENANT) as tx:
        for _ in range(7):
            await emit(tx, "LEAD_UPDATED", {}, owner_user_id=None)
    bus = Bus()
    rounds = [await Relay(db, bus).cycle() for _ in range(4)]
    assert rounds == [True, True, False, False]
    assert bus.seqs() == list(range(1, 8))
    assert await waiting_signals(db) == 0


async def test_a_company_that_another_relay_serves_is_left_to_it_and_looked_at_again(db: Database) -> None:
    await happen(db, TENANT, {"n": 1})
    hanging = Bus(hangs=True)
    async with background(Relay(db, hanging).cycle()):

        async def numbered() -> bool:
            return [row["seq"] for row in await stored(db, TENANT)] == [1]

        await until(numbered)
        await happen(db, TENANT, {"n": 2})
        bus = Bus()
        assert await Relay(db, bus).cycle() is True
        assert bus.taken == []
    await Relay(db, bus).cycle()
    assert all(first < second for first, second in pairwise(bus.seqs()))
    assert bus.seqs() == [1, 2]
