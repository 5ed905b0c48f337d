"""The chainer (ADR 0009): beside the worker's jobs it takes every committed event into its tenant's chain.

Any number of workers may run one: a tenant's chain is extended by one transaction at a time. An event waits a second
where nothing else does; what waits is listed, so that a late commit is found without looking through the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from core.clock import Clock
from core.database import Database
from core.directory import Directory
from core.system_events import NO_TENANT
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.digests import NO_LINK, AuditKeys, Head
from orchestrator_service.audit.linking import SQL, head_of, link_waiting

PAUSE_SECONDS: Final = 1.0
CHECKPOINT_EVERY: Final = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Tenant:
    tenant_id: int


class Chainer:
    """Run it as a task of a process that has the audit keys, and cancel that at the end."""

    def __init__(self, database: Database, keys: AuditKeys, checkpoints: Checkpoints, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._checkpoints = checkpoints
        self._clock = clock
        self._unnoted: dict[int, Head] = {}
        self._noted_at = clock()

    async def run(self, directory: Directory) -> None:
        """Chain until cancelled; what fails is logged and tried again. The heads are noted at the end, too."""
        try:
            await self._outlive(self._collect_heads(directory))
            while True:
                more = await self._outlive(self.round())
                if self._clock() - self._noted_at >= CHECKPOINT_EVERY:
                    await asyncio.to_thread(self.note_heads)
                await asyncio.sleep(0 if more else PAUSE_SECONDS)
        finally:
            self.note_heads()

    async def round(self) -> bool:
        """One batch of every tenant that has events waiting; answers whether more may wait."""
        async with self._database.system() as tx:
            waiting = [row.tenant_id for row in await tx.all(SQL["tenants_waiting"], _Tenant)]
        more = False
        for tenant_id in waiting:
            try:
                linked = await link_waiting(self._database, self._keys, tenant_id)
            except Exception as error:  # noqa: BLE001 - one company's trouble must not keep the others unchained
                _log.error("chain_failed", tenant_id=tenant_id, error=type(error).__name__)
                continue
            if linked is not None:
                self._unnoted[tenant_id] = linked.head
                more = more or linked.more
        return more

    def note_heads(self) -> None:
        """Write down the heads that are new since the last time; they wait for the next time where that fails."""
        heads, self._noted_at = dict(self._unnoted), self._clock()
        if not heads:
            return
        try:
            self._checkpoints.append(heads, self._noted_at)
        except OSError as error:
            _log.error("checkpoint_failed", error=type(error).__name__)
            return
        for tenant_id, head in heads.items():
            if self._unnoted.get(tenant_id) is head:
                self._unnoted.pop(tenant_id, None)  # a cancelled thread may be doing the same

    async def _collect_heads(self, directory: Directory) -> bool:
        """What a process that was killed had linked and not noted is noted now."""
        noted = await asyncio.to_thread(self._checkpoints.latest)
        for tenant_id in (NO_TENANT, *await directory.tenants(self._database)):
            async with self._database.tenant(tenant_id) as tx:
                head = await head_of(tx)
            if head != NO_LINK and (tenant_id not in noted or noted[tenant_id].seq < head.seq):
                self._unnoted[tenant_id] = head
        await asyncio.to_thread(self.note_heads)
        return False

    async def _outlive(self, step: Coroutine[None, None, bool]) -> bool:
        try:
            return await step
        except Exception as error:  # noqa: BLE001 - the loop outlives what it cannot foresee
            _log.warning("chainer_failed", error=type(error).__name__)
            return False
