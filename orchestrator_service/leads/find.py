"""One lead, for slices above."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class LeadCard:
    """The least that a conversation needs to know of its lead."""

    id: int
    full_name: str | None
    stage_key: str
    phone: str | None
    email: str | None
    is_client: bool


async def find_lead_card(tx: TenantTransaction, lead_id: int) -> LeadCard | None:
    """The card of a lead, or None where it is missing or deleted."""
    return await tx.one(SQL["lead_card"], LeadCard, lead_id=lead_id)
