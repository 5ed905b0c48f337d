"""The worker's senders: a few endpoints at a time, beside the jobs, so that no slow receiver holds up anything else.

Any number of workers may run them: an endpoint is leased to one. Of a company two are served at once; endpoints that
failed the last time share half of the places, so that the dead ones never keep the living waiting.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final

import structlog

from orchestrator_service.webhooks import repository
from orchestrator_service.webhooks.repository import Claimed
from orchestrator_service.webhooks.serve import LEASE_SECONDS, WebhookTools, serve_endpoint

MOST: Final = 8
MOST_SICK: Final = 4
MOST_OF_ONE: Final = 2
POLL_SECONDS: Final = 0.5
BUSY_SECONDS: Final = 0.05
FAILED_SECONDS: Final = 3.0

_log = structlog.get_logger(__name__)


class WebhookSenders:
    """Run it as a task beside the worker's jobs; what was being sent when it is cancelled is sent again later."""

    def __init__(self, tools: WebhookTools) -> None:
        self._tools = tools
        self._serving: dict[asyncio.Task[None], Claimed] = {}

    async def run(self) -> None:
        """Serve until cancelled; what fails is logged and tried again."""
        try:
            while True:
                try:
                    pause = BUSY_SECONDS if await self.round() else POLL_SECONDS
                except Exception as error:  # noqa: BLE001 - the loop outlives what it cannot foresee
                    _log.warning("webhooks_not_claimed", error=type(error).__name__)
                    pause = FAILED_SECONDS
                await asyncio.sleep(pause)
        finally:
            for task in self._serving:
                task.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)

    async def round(self) -> int:
        """Take what may be taken now; answers how many endpoints that were. Each is served by a task of its own."""
        claimed = await self._claim(sick=False, most=MOST - len(self._serving))
        sick = sum(one.sick for one in self._serving.values())
        left = min(MOST - len(self._serving) - len(claimed), MOST_SICK - sick)
        claimed += await self._claim(sick=True, most=left)
        for one in claimed:
            task = asyncio.create_task(self._serve(one))
            self._serving[task] = one
            task.add_done_callback(self._serving.pop)
        return len(claimed)

    async def idle(self) -> None:
        """Wait until all that was taken is served."""
        while self._serving:
            await asyncio.wait(self._serving)

    async def _claim(self, *, sick: bool, most: int) -> list[Claimed]:
        if most <= 0:
            return []
        counts = Counter(one.tenant_id for one in self._serving.values())
        busy = [tenant_id for tenant_id, count in counts.items() if count >= MOST_OF_ONE]
        async with self._tools.database.system() as tx:
            return await repository.claim_queues(tx, busy=busy, sick=sick, each=1, most=most, lease=LEASE_SECONDS)

    async def _serve(self, one: Claimed) -> None:
        try:
            await serve_endpoint(self._tools, one)
        except Exception as error:  # noqa: BLE001 - the lease runs out, and another round tries again
            name = type(error).__name__
            _log.warning("webhook_not_served", tenant_id=one.tenant_id, endpoint_id=one.endpoint_id, error=name)
