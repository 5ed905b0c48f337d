"""What a change of the ledger tells (PRODUCT §13): the lead that it hangs on, and the ledger's own readers.

`ACCOUNTING_UPDATED` carries ids alone: expenses hang on nobody, and no other event would tell of them. A lead that was
merged keeps its lines; what they tell is told of the lead that it is now.
"""

from __future__ import annotations

from core.contracts import LeadEdited
from core.database import TenantTransaction
from core.jobs import defer
from core.outbox import emit
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.merged import lead_now


async def announce_money(tx: TenantTransaction, transaction_id: int | None, lead_id: int | None) -> None:
    """Something was written in the ledger, or (no transaction) its rules changed."""
    await emit(tx, "ACCOUNTING_UPDATED", {"id": transaction_id}, owner_user_id=None, audience="accounts")
    await announce_lead_change(tx, await lead_now(tx, lead_id), "sales")


async def judge_sale(tx: TenantTransaction, lead_id: int | None) -> None:
    """Paid income may make its lead a client: that is judged above this layer, by a job."""
    whose = await lead_now(tx, lead_id)
    if whose is not None:
        await defer(tx, LeadEdited(int(tx.tenant_id), whose))
