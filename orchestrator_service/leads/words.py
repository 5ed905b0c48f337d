"""What the search finds a lead by beside its own columns, kept with the lead for one index to serve all of it."""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from core.resilience import optional
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


async def refresh_words(tx: TenantTransaction, lead_ids: Sequence[int]) -> None:
    """Call it after a change of the leads' notes or tags, before the change is announced."""

    async def write() -> int:
        return await tx.run(SQL["refresh_words"], lead_ids=list(lead_ids))

    await optional(tx, write, missing=0)
