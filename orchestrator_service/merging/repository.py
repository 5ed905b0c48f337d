"""Typed access to merges and to pairs of likely duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.merging.references import TURNED, Target

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class LockedLead:
    """A lead under the merge's lock; `row` is all of it as JSON."""

    id: int
    owner_user_id: int | None
    merged_into: int | None
    row: JsonObject


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge; `fields` as in fields.py."""

    id: int
    survivor_id: int
    absorbed: list[int]
    fields: JsonObject
    made_by: int | None
    made_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedMerge:
    """A merge that can be undone; `full_name` is the survivor's, `moved` how many rows it turned."""

    id: int
    survivor_id: int
    absorbed: list[int]
    made_by: int | None
    made_at: datetime
    full_name: str | None
    moved: int


@dataclass(frozen=True, slots=True)
class Since:
    """What came to a survivor since its merge."""

    messages: int
    meetings: int
    tasks: int


@dataclass(frozen=True, slots=True)
class OfLead:
    """A client, and the lead that it was."""

    id: int
    lead_id: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Two contacts who are one person; `contact_id` is kept."""

    contact_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


async def lock_around(tx: TenantTransaction, lead_ids: Sequence[int]) -> None:
    """Lock the contacts, then the conversations of these leads: the order in which a message is taken in."""
    await tx.all(SQL["lock_contacts"], _Id, lead_ids=list(lead_ids))
    await tx.all(SQL["lock_conversations"], _Id, lead_ids=list(lead_ids))


async def lock_leads(tx: TenantTransaction, lead_ids: Sequence[int]) -> dict[int, LockedLead]:
    """The leads and pointers among these ids, locked by id after `lock_around`."""
    return {lead.id: lead for lead in await tx.all(SQL["lock_leads"], LockedLead, lead_ids=list(lead_ids))}


async def begin_merge(
    tx: TenantTransaction, survivor_id: int, absorbed: Sequence[int], fields: JsonObject, made_by: int | None
) -> int:
    """The new record's id."""
    made = {"survivor_id": survivor_id, "absorbed": list(absorbed), "fields": fields, "made_by": made_by}
    merge_id = await tx.value(SQL["begin_merge"], int, **made)
    assert merge_id is not None, "an insert answers its id"
    return merge_id


async def turn(tx: TenantTransaction, merge_id: int, target: Target, from_id: int, into_id: int) -> int:
    """Turn everything of `references.TURNED` from one row to another; answers how many references."""
    turned = {"merge_id": merge_id, "from_id": from_id, "into_id": into_id, "wanted": sorted(TURNED[target])}
    return await tx.value(SQL[f"turn_{target}"], int, **turned) or 0


async def clients_of(tx: TenantTransaction, lead_ids: Sequence[int]) -> list[OfLead]:
    """The clients that these leads have become, locked, oldest first."""
    return await tx.all(SQL["lock_clients"], OfLead, lead_ids=list(lead_ids))


async def linked_contacts(tx: TenantTransaction, lead_id: int) -> list[Linked]:
    """Contacts of one lead who are one person."""
    return await tx.all(SQL["linked_contacts"], Linked, lead_id=lead_id)


async def leads_with_links(tx: TenantTransaction, most: int) -> list[int]:
    """Leads with several contacts who are one person."""
    return [row.id for row in await tx.all(SQL["leads_with_links"], _Id, most=most)]


async def conversations_of(tx: TenantTransaction, lead_id: int) -> list[int]:
    """The conversations of a lead."""
    return [row.id for row in await tx.all(SQL["conversations_of"], _Id, lead_id=lead_id)]
