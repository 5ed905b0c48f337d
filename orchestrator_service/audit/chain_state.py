"""How a tenant's chain stands, at the cost of four index look-ups; the whole proof is `nexus audit verify`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from orchestrator_service.audit.checkpoints import Checkpoint
from orchestrator_service.audit.linking import SQL, head_of


@dataclass(frozen=True, slots=True)
class ChainState:
    """Every event before `chained_until` is in the chain; `intact`: the noted head is still in its place."""

    links: int
    chained_until: datetime
    checkpointed_at: datetime | None
    intact: bool


async def chain_state(tx: TenantTransaction, checkpoint: Checkpoint | None) -> ChainState:
    """The state of the tenant's chain against the head that was last noted outside the database."""
    head = await head_of(tx)
    until = await tx.value(SQL["chained_until"], datetime)
    assert until is not None, "the present is always a moment"
    intact = True
    if checkpoint is not None:
        mac = await tx.value(SQL["link_at"], bytes, seq=checkpoint.seq)
        intact = mac is not None and mac.hex() == checkpoint.mac
    return ChainState(head.seq, until, checkpoint.at if checkpoint else None, intact)
