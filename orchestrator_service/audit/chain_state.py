"""How a tenant's chain stands, at the cost of four index look-ups; the whole proof is `nexus audit verify`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.audit.checkpoints import Checkpoint
from orchestrator_service.audit.linking import SQL, head_of


@dataclass(frozen=True, slots=True)
class ChainState:
    """Every event before `chained_until` is in the chain; `intact`: the noted head is still in its place.

    Nothing is chained where `chained_until` is None, nothing is noted, or not for this process, where the others are.
    """

    links: int
    chained_until: datetime | None
    checkpointed_at: datetime | None
    intact: bool | None


async def chain_state(tx: TenantTransaction, checkpoint: Checkpoint | None) -> ChainState:
    """The state of the tenant's chain against the head that was last noted outside the database."""
    noted_at = checkpoint.at if checkpoint else None
    no_chain = ChainState(0, None, noted_at, intact=False if checkpoint else None)

    async def read() -> ChainState:
        head = await head_of(tx)
        until = await tx.value(SQL["chained_until"], datetime)
        return ChainState(head.seq, until, noted_at, await _is_in_place(tx, checkpoint))

    return await optional(tx, read, missing=no_chain)


async def _is_in_place(tx: TenantTransaction, checkpoint: Checkpoint | None) -> bool | None:
    if checkpoint is None:
        return None
    mac = await tx.value(SQL["link_at"], bytes, seq=checkpoint.seq)
    return mac is not None and mac.hex() == checkpoint.mac
