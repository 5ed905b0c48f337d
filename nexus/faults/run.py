"""One run: customers write at a bounded rate while processes are killed; then everything must come to rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import httpx
import msgspec

from core.database import Database
from core.database_errors import DatabaseUnavailable, TransactionAborted
from nexus.faults import checkers
from nexus.faults.crowd import Line, write
from nexus.faults.evidence import SQL, gather
from nexus.faults.kills import Killer, moments
from nexus.faults.report import Report
from nexus.simulator.door import TOKEN_HEADER

TICK_SECONDS: Final = 0.25
LOOK_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 240.0
# Of each fourth order of bursts, so many notices in one delivery.
TOGETHER: Final = 8
TOGETHER_EVERY: Final = 4


@dataclass(frozen=True)
class Wanted:
    """How much of what.

    `rate` is messages per second; `duplicates` the share that arrives twice, at most `again_seconds` apart.
    """

    messages: int = 10_000
    kills: int = 50
    duplicates: float = 0.1
    rate: float = 25.0
    customers: int = 500
    again_seconds: float = 8.0
    seed: int = 11


@dataclass(frozen=True)
class Place:
    """Where it happens: an instance whose simulator writes its journal to a file.

    `account` is the number that customers write to; None where the simulator has but one. `together` lets some of what
    its provider tells travel in one delivery, as Meta's does.
    """

    simulator_url: str
    simulator_token: str = field(repr=False)
    journal: Path
    database: Database
    tenant_id: int
    pids: Callable[[], Mapping[str, int]]
    account: str | None = None
    together: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    written: int
    killed: int
    waiting: int | None = None


@dataclass(frozen=True)
class Waiting:
    """What is still to be done in the database."""

    events: int
    mailboxes: int
    turns: int
    deliveries: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.events + self.mailboxes + self.turns + self.deliveries


class _Pending(msgspec.Struct):
    tasks: int


async def run(place: Place, wanted: Wanted, tell: Callable[[Progress], None] = lambda _: None) -> Report:
    """Write, kill, wait for rest, and judge what is there."""
    random = Random(wanted.seed)  # noqa: S311 - a schedule, no secret
    killer = Killer(place.pids, Random(wanted.seed + 1))  # noqa: S311
    before = await gather(place.database, place.tenant_id, place.journal)
    headers = {TOKEN_HEADER: place.simulator_token}
    async with httpx.AsyncClient(base_url=place.simulator_url, headers=headers, trust_env=False, timeout=30) as http:
        crowd = _Crowd(http, place, wanted, random)
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            group.create_task(crowd.write(lambda written: tell(Progress(written, killer.kills.total()))))
            group.create_task(_kill(killer, moments(wanted.kills, wanted.messages / wanted.rate, random)))
        last_kill = time.monotonic()
        drained = await drain(
            place, http, lambda waiting: tell(Progress(wanted.messages, killer.kills.total(), waiting))
        )
        seconds = time.monotonic() - began
    evidence = (await gather(place.database, place.tenant_id, place.journal)).since(before)
    doubts = checkers.doubts(evidence)
    return Report(
        messages=len(evidence.journal.arrivals),
        refused=evidence.journal.refused,
        webhooks=sum(arrival.posts for arrival in evidence.journal.arrivals),
        replies=sum(turn.reply_message_id is not None for turn in evidence.turns),
        sends=len(evidence.journal.sends),
        lost=checkers.lost(evidence),
        doubled=checkers.doubled(evidence),
        untrue=checkers.untrue(evidence),
        left_to_people=checkers.left_to_people(evidence),
        ambiguous=doubts.ambiguous,
        reconciled=doubts.reconciled,
        unsettled=doubts.unsettled,
        kills=killer.kills.total(),
        killed=dict(killer.kills),
        seconds=seconds,
        drained=drained,
        drained_seconds=time.monotonic() - last_kill if not drained else seconds - (last_kill - began),
    )


@dataclass
class _Crowd:
    http: httpx.AsyncClient
    place: Place
    wanted: Wanted
    random: Random
    orders: int = 0

    async def write(self, tell: Callable[[int], None]) -> None:
        """Order bursts from the simulator, never faster than the rate."""
        wanted = self.wanted
        bursts = write(wanted.messages, wanted.customers, wanted.duplicates, wanted.again_seconds, self.random)
        began, written, batch = time.monotonic(), 0, list[Line]()
        for burst in bursts:
            batch += burst
            written += len(burst)
            if written < (time.monotonic() - began + TICK_SECONDS) * wanted.rate and written < wanted.messages:
                continue
            await self._order(batch)
            batch = []
            tell(written)
            await asyncio.sleep(max(0.0, began + written / wanted.rate - time.monotonic()))

    async def _order(self, lines: list[Line]) -> None:
        who, self.orders = {"account": self.place.account}, self.orders + 1
        if self.place.together and self.orders % TOGETHER_EVERY == 0:
            held = {**who, "count": TOGETHER, "together": True}
            (await self.http.post("/_sim/reorder", json=held)).raise_for_status()
        order = {**who, "lines": [line.order() for line in lines]}
        (await self.http.post("/_sim/crowd", json=order)).raise_for_status()


async def _kill(killer: Killer, times: list[float]) -> None:
    began = time.monotonic()
    for moment in times:
        await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
        await killer.kill_one()


async def drain(
    place: Place,
    http: httpx.AsyncClient,
    tell: Callable[[int], None] = lambda _: None,
    *,
    patience: float = PATIENCE_SECONDS,
) -> bool:
    """Wait until nothing is under way, at the provider and with us; False where that does not happen in time."""
    deadline = time.monotonic() + patience
    calm = 0
    while time.monotonic() < deadline:
        waiting = await still_waiting(place, http)
        calm = calm + 1 if waiting == 0 else 0
        if calm == 2:  # noqa: PLR2004 - twice: between a provider's word and our row there is a moment of silence
            return True
        if waiting is not None:
            tell(waiting)
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def still_waiting(place: Place, http: httpx.AsyncClient) -> int | None:
    """How much is under way; None where the database cannot tell just now."""
    pending = msgspec.json.decode((await http.get("/_sim/pending")).raise_for_status().content, type=_Pending)
    try:
        async with place.database.tenant(place.tenant_id) as tx:
            waiting = await tx.one(SQL["waiting"], Waiting)
    except (DatabaseUnavailable, TransactionAborted):
        return None
    return pending.tasks + (waiting.total if waiting else 0)
