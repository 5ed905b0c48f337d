"""Typed access to what conversion is judged on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class _Row:
    criterion: str
    required: bool


@dataclass(frozen=True, slots=True)
class Deeds:
    """What hangs on a lead: how it writes to us, whether it has a meeting and has paid."""

    whatsapp_id: str | None
    has_confirmed_meeting: bool
    has_paid_sale: bool


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Since when a lead's person wants no messages, or no advertising."""

    opted_out_at: datetime | None
    marketing_opted_out_at: datetime | None


async def opted_out(tx: TenantTransaction, lead_id: int) -> OptedOut:
    """What a lead's person does not want."""
    found = await tx.one(SQL["opted_out"], OptedOut, lead_id=lead_id)
    assert found is not None, "an aggregate answers a row"
    return found


async def waived_criteria(tx: TenantTransaction) -> frozenset[str]:
    """The criteria that the tenant says it does not ask for; one without a row is asked for."""
    return frozenset(row.criterion for row in await tx.all(SQL["criteria"], _Row) if not row.required)


async def deeds(tx: TenantTransaction, lead_id: int) -> Deeds:
    """What a lead has done."""
    found = await tx.one(SQL["deeds"], Deeds, lead_id=lead_id)
    assert found is not None, "a select without FROM answers a row"
    return found


async def lead_met(tx: TenantTransaction, event_id: int) -> int | None:
    """The lead of a confirmed meeting; None where there is no such meeting, or it is nobody's."""
    return await tx.value(SQL["lead_met"], int, event_id=event_id)
