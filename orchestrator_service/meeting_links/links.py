"""Making a meeting's link and finding what one leads to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from core.customer_links import CustomerLinks, LinkedRow
from core.database import TenantTransaction
from core.resilience import optional
from core.statements import sibling_statements
from orchestrator_service.meeting_links.models import LinkedMeeting, Use

SQL = sibling_statements(__file__)


async def link_of(tx: TenantTransaction, event_id: int, now: datetime) -> LinkedRow:
    """The link of a meeting that has not acted yet, made where there is none: every message holds the same one."""
    await tx.run(SQL["store_link"], link_id=uuid4(), event_id=event_id, now=now)
    found = await tx.value(SQL["unused_link"], UUID, event_id=event_id)
    assert found is not None, "it was there or has just been made"
    return LinkedRow(tx.tenant_id, found)


async def address_of(tx: TenantTransaction, links: CustomerLinks, event_id: int, now: datetime) -> str | None:
    """What a message says; None where customers cannot reach this installation, or the module's table is missing."""
    if links.host is None:
        return None

    async def made() -> str | None:
        return links.address(await link_of(tx, event_id, now))

    return await optional(tx, made, missing=None)


async def find_meeting(tx: TenantTransaction, link_id: UUID, now: datetime) -> LinkedMeeting | None:
    """What a link leads to; None where it has expired with its meeting, or leads nowhere."""

    async def query() -> LinkedMeeting | None:
        return await tx.one(SQL["linked_meeting"], LinkedMeeting, link_id=link_id, now=now)

    return await optional(tx, query, missing=None)


async def moved_by_customer(tx: TenantTransaction, event_id: int, since: datetime) -> bool:
    """Whether the move that Google is told of since then was a customer's, by a link."""

    async def query() -> bool:
        return await tx.value(SQL["link_that_moved"], UUID, event_id=event_id, since=since) is not None

    return await optional(tx, query, missing=False)


async def use_link(tx: TenantTransaction, link_id: UUID, used_for: Use, now: datetime) -> bool:
    """Use it up; False where it was before. Held until the end of the transaction: two clicks at once take turns."""
    return await tx.run(SQL["use_link"], link_id=link_id, used_for=used_for, now=now) > 0
