"""Takes committed events into their tenant's chain, a batch at a time (ADR 0009)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.database import Database, TenantTransaction
from core.statements import load_statements
from orchestrator_service.audit.digests import NO_LINK, AuditKeys, Event, Head, Link

SQL = load_statements(Path(__file__).with_name("chain.sql"))
CHAIN_LOCK: Final = 7_302_045  # the class of the advisory locks "this transaction extends that tenant's chain"
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Linked:
    """What one batch did: the chain's new head, and whether more may wait."""

    head: Head
    more: bool


@dataclass(frozen=True, slots=True)
class OlderRows:
    """Events with after_id < id <= through_id were written before there was a chain."""

    after_id: int
    through_id: int


NO_OLDER_ROWS: Final = OlderRows(0, 0)


async def head_of(tx: TenantTransaction) -> Head:
    """The newest link of the tenant's chain."""
    return await tx.one(SQL["head"], Head) or NO_LINK


async def older_rows(tx: TenantTransaction) -> OlderRows:
    """Which rows from before the chain are not linked yet."""
    return await tx.one(SQL["older_rows"], OlderRows) or NO_OLDER_ROWS


async def link_waiting(database: Database, keys: AuditKeys, tenant_id: int, *, most: int = MOST) -> Linked | None:
    """Link the tenant's next events, those from before the chain first; None where there are none, or another does it.

    One transaction: links and work list change together, so that a kill at any point leaves both as they were. Business
    transactions hold nothing that this waits for.
    """
    async with database.tenant(tenant_id) as tx:
        if not await tx.value(SQL["claim_chain"], bool, lock_class=CHAIN_LOCK, of_tenant=tenant_id):
            return None
        head = await head_of(tx)  # a statement after the lock, so that it sees what the last holder committed
        older = await older_rows(tx)
        if older is not NO_OLDER_ROWS:
            return await _link_older(tx, keys, head, older, most)
        events = await tx.all(SQL["waiting_events"], Event, most=most)
        if not events:
            return None
        head = await _append(tx, keys, head, events)
        await tx.run(SQL["strike_off"], event_ids=[event.id for event in events])
        return Linked(head, more=len(events) == most)


async def _link_older(tx: TenantTransaction, keys: AuditKeys, head: Head, older: OlderRows, most: int) -> Linked:
    events = await tx.all(SQL["older_events"], Event, after_id=older.after_id, through_id=older.through_id, most=most)
    if events:
        head = await _append(tx, keys, head, events)
    if len(events) == most:
        await tx.run(SQL["strike_off_older"], after_id=events[-1].id)
    else:
        await tx.run(SQL["strike_off"], event_ids=[older.through_id])
    return Linked(head, more=True)


async def _append(tx: TenantTransaction, keys: AuditKeys, head: Head, events: Sequence[Event]) -> Head:
    links: list[Link] = []
    for event in events:
        links.append(keys.link(tx.tenant_id, event, head))
        head = Head(links[-1].seq, links[-1].mac)
    await tx.run(
        SQL["append_links"],
        seqs=[link.seq for link in links],
        event_ids=[link.event_id for link in links],
        kids=[link.kid for link in links],
        payload_digests=[link.payload_digest for link in links],
        digests=[link.digest for link in links],
        macs=[link.mac for link in links],
    )
    return head
