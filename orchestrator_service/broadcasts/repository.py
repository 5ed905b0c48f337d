"""Typed access to broadcasts and their recipients."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.broadcasts.models import (
    BATCHES_A_MINUTE,
    Broadcast,
    Claim,
    NewBroadcast,
    Reasoned,
    Recipient,
    Status,
)
from orchestrator_service.leads.schemas import LeadFilters
from orchestrator_service.leads.wanted import conditions

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class LockedRecipient:
    """Somebody whose turn it is."""

    lead_id: int
    opted_out: bool


@dataclass(frozen=True, slots=True)
class _Lead:
    lead_id: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Who is meant: the filters, and which of a lead's columns the texts need."""

    filters: LeadFilters
    needed: tuple[str, ...]

    def params(self) -> dict[str, object]:
        """As the statements take it."""
        return {**conditions(self.filters.wanted()), "needed": list(self.needed)}


async def weigh_segment(tx: TenantTransaction, segment: Segment) -> list[Reasoned]:
    """How many leads are meant, by what keeps them from being written to."""
    return await tx.all(SQL["weigh_segment"], Reasoned, **segment.params())


async def create_broadcast(tx: TenantTransaction, new: NewBroadcast, by: int, key: str | None) -> int | None:
    """The new one's id; None where the same request has made it before."""
    values = {"name": new.name, "template_id": new.template_id, "fills": dict(new.fills), "per_minute": new.per_minute}
    filters = new.filters.model_dump(mode="json", exclude_defaults=True)
    return await tx.value(SQL["create_broadcast"], int, **values, filters=filters, created_by=by, request_key=key)


async def broadcast_of_request(tx: TenantTransaction, by: int, key: str) -> int | None:
    """What that request has made."""
    return await tx.value(SQL["broadcast_of_request"], int, created_by=by, request_key=key)


async def add_recipients(tx: TenantTransaction, broadcast_id: int, segment: Segment) -> int:
    """Fix who is meant; how many those are."""
    return await tx.run(SQL["add_recipients"], broadcast_id=broadcast_id, **segment.params())


async def list_broadcasts(tx: TenantTransaction, *, before_id: int, most: int) -> list[Broadcast]:
    """At most `most` below `before_id`, newest first."""
    return await tx.all(SQL["list_broadcasts"], Broadcast, before_id=before_id, most=most)


async def find_broadcast(tx: TenantTransaction, broadcast_id: int) -> Broadcast | None:
    """One with its figures."""
    return await tx.one(SQL["find_broadcast"], Broadcast, broadcast_id=broadcast_id)


async def lock_broadcast(tx: TenantTransaction, broadcast_id: int) -> str | None:
    """How it stands, locked; None where it is missing."""
    return await tx.value(SQL["lock_broadcast"], str, broadcast_id=broadcast_id)


async def set_status(tx: TenantTransaction, broadcast_id: int, status: Status) -> None:
    """Let it go on, wait, or end."""
    await tx.run(SQL["set_status"], broadcast_id=broadcast_id, status=status)


async def leave_rest_out(tx: TenantTransaction, broadcast_id: int) -> None:
    """Nobody further is written to."""
    await tx.run(SQL["leave_rest_out"], broadcast_id=broadcast_id)


async def claim_batch(tx: TenantTransaction, broadcast_id: int) -> Claim | None:
    """The next batch, where it is due and the broadcast goes on."""
    return await tx.one(SQL["claim_batch"], Claim, broadcast_id=broadcast_id, batches=BATCHES_A_MINUTE)


async def waiting_recipients(tx: TenantTransaction, broadcast_id: int, *, most: int) -> list[int]:
    """The leads who come next."""
    found = await tx.all(SQL["waiting_recipients"], _Lead, broadcast_id=broadcast_id, most=most)
    return [row.lead_id for row in found]


async def lock_recipient(tx: TenantTransaction, broadcast_id: int, lead_id: int) -> LockedRecipient | None:
    """One whose turn it is, locked; None where another worker has them, or it does not go on."""
    return await tx.one(SQL["lock_recipient"], LockedRecipient, broadcast_id=broadcast_id, lead_id=lead_id)


async def settle_recipient(
    tx: TenantTransaction, broadcast_id: int, lead_id: int, *, reason: str | None, message_id: int | None
) -> None:
    """They were written to (a message), or are left out (a reason alone)."""
    status = "sent" if message_id is not None else "left_out"
    outcome = {"status": status, "reason": reason, "message_id": message_id}
    await tx.run(SQL["settle_recipient"], broadcast_id=broadcast_id, lead_id=lead_id, **outcome)


async def list_recipients(tx: TenantTransaction, broadcast_id: int, *, before_id: int, most: int) -> list[Recipient]:
    """At most `most` below `before_id`."""
    return await tx.all(SQL["list_recipients"], Recipient, broadcast_id=broadcast_id, before_id=before_id, most=most)
