"""The relay (ADR 0006): takes the outbox's signals, numbers each tenant's events after their commit and publishes them.

Every API process runs one; any number may run. Delivery is at least once and in the order of the numbers: what was
numbered keeps its number for ever, so clients drop what they know. Nothing here is kept in memory between two cycles.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from core.database import Database, DriverConnection
from core.database_errors import DatabaseUnavailable
from core.errors import NexusError
from orchestrator_service.realtime.publication import Publication, Publish, publication
from orchestrator_service.realtime.repository import (
    Signal,
    claim_tenants,
    delete_signals,
    mark_published,
    number_events,
    take_signals,
    unpublished_events,
)
from orchestrator_service.webhooks.give_out import give_out

CHANNEL: Final = "outbox"
POLL_SECONDS: Final = 1.0
MOST_PER_CYCLE: Final = 1000
FIRST_PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 5.0
BUSY_PAUSE_SECONDS: Final = 0.05

_log = structlog.get_logger(__name__)


class PublishingFailed(NexusError):
    """The bus did not take an event: it stays in the outbox and goes out later under the same number."""

    status = 503
    code = "publishing_failed"


class Relay:
    """One per API process: run it as a task of the lifespan and cancel that at the end."""

    def __init__(self, database: Database, publish: Publish, *, poll_seconds: float = POLL_SECONDS) -> None:
        self._database = database
        self._publish = publish
        self._poll_seconds = poll_seconds
        self._wake = asyncio.Event()
        self._listener: DriverConnection | None = None

    async def run(self) -> None:
        """Relay until cancelled; whatever fails is logged and tried again after a pause of at most 5 s."""
        failures = 0
        try:
            while True:
                self._wake.clear()
                try:
                    await self._listen()
                    more = await self.cycle()
                    failures = 0
                except Exception as error:  # noqa: BLE001 - the loop outlives what it cannot foresee
                    failures += 1
                    _log.warning("relay_failed", error=type(error).__name__, failures=failures)
                    await asyncio.sleep(min(FIRST_PAUSE_SECONDS * 2 ** min(failures - 1, 8), LONGEST_PAUSE_SECONDS))
                    continue
                if more:
                    await asyncio.sleep(BUSY_PAUSE_SECONDS)
                else:
                    await self._sleep_until_woken()
        finally:
            if self._listener is not None:
                self._listener.terminate()

    async def cycle(self) -> bool:
        """One round; answers whether signals may have been left behind. Raises what kept it from publishing.

        The signals' transaction stays open, on its own connection, while the tenants' transactions run on a second one
        and while their events are published: its locks are what brings the signals back when this process dies. That is
        bounded: at most 1000 signals, 1000 events of each of their tenants, and a bus that fails ends the round. No
        tenant's transaction is open while the bus is spoken to.

        A tenant publishes as many of its oldest events as a round takes signals, and every event has raised its own:
        so deleting those taken never leaves an event without one.
        """
        async with self._database.system() as tx:
            signals = await take_signals(tx, MOST_PER_CYCLE)
            if not signals:
                return False
            tenants = sorted({signal.tenant_id for signal in signals})
            claimed = await claim_tenants(tx, tenants)
            served, failed = await self._serve_all(claimed)
            await delete_signals(tx, _ids_of(signals, served))
        if failed is not None:
            raise failed
        return len(signals) == MOST_PER_CYCLE or len(claimed) < len(tenants)

    async def _serve_all(self, tenants: list[int]) -> tuple[set[int], Exception | None]:
        """Serve each; a tenant that fails does not keep the others waiting, a bus that fails does."""
        served: set[int] = set()
        failed: Exception | None = None
        for tenant_id in tenants:
            try:
                await self._serve(tenant_id)
                served.add(tenant_id)
            except PublishingFailed as error:
                return served, error
            except Exception as error:  # noqa: BLE001 - its signals stay, and the next round tries again
                _log.warning("relay_tenant_failed", tenant_id=tenant_id, error=type(error).__name__)
                failed = error
        return served, failed

    async def _serve(self, tenant_id: int) -> None:
        """Number one tenant's oldest events, give them out to its webhooks, publish and mark them."""
        async with self._database.tenant(tenant_id) as tx:
            await number_events(tx, MOST_PER_CYCLE)
            await give_out(tx)
            events = await unpublished_events(tx, MOST_PER_CYCLE)
        last_seq: int | None = None
        try:
            for event in events:
                await self._publish_one(publication(tenant_id, event))
                last_seq = event.seq
        finally:
            if last_seq is not None:
                async with self._database.tenant(tenant_id) as tx:
                    await mark_published(tx, last_seq)

    async def _publish_one(self, event: Publication) -> None:
        try:
            await self._publish(event)
        except Exception as error:
            raise PublishingFailed from error

    async def _listen(self) -> None:
        """Listen again where the connection is gone; without it events come by the poll."""
        if self._listener is None or self._listener.is_closed():
            self._listener = None
            try:
                self._listener = await self._database.listen(CHANNEL, self._wake.set)
            except DatabaseUnavailable:
                _log.warning("relay_does_not_listen")

    async def _sleep_until_woken(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._wake.wait()
        except TimeoutError:
            return


def _ids_of(signals: list[Signal], tenants: set[int]) -> list[int]:
    return [signal.id for signal in signals if signal.tenant_id in tenants]
