"""At the moment at which events get their numbers, each endpoint that wants one is given a delivery of it.

On the relay's own transaction: what is numbered is given out, or neither is. No event is lost to an endpoint and none
comes twice, whatever dies.
"""

from __future__ import annotations

from functools import partial

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.webhooks import repository


async def give_out(tx: TenantTransaction) -> None:
    """Write deliveries of what was just numbered; events go on without them where the module is missing."""
    await optional(tx, partial(repository.fan_out, tx), missing=0)
