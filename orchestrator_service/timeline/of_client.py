"""Everything of a client, newest first (PRODUCT §12.3): chats, meetings, tasks and files of its lead, and its money.

Each part within the right that reads it: whoever may not see the lead, or money, sees the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import JsonObject
from core.principal import Principal
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission, Scope, scope_for
from orchestrator_service.clients.reading import read_client
from orchestrator_service.leads.edit import read_lead
from orchestrator_service.leads.merged import LeadMerged
from orchestrator_service.timeline.reading import Happening, Kind, timeline_of_lead

SQL = load_statements(Path(__file__).with_name("client.sql"))
OwnKind: TypeAlias = Literal["money", "file"]
_OF_LEAD: Final[tuple[Kind, ...]] = ("message", "note", "qualification", "meeting", "change", "task")


@dataclass(frozen=True, slots=True)
class ClientHappening:
    """As `Happening`; `money` is a transaction, `file` one that was sent or received."""

    kind: Kind | OwnKind
    id: int
    at: datetime
    place: int
    detail: JsonObject


async def timeline_of_client(
    tx: TenantTransaction,
    principal: Principal,
    client_id: int,
    *,
    kinds: Sequence[Kind | OwnKind],
    before: tuple[datetime, int],
    most: int,
) -> list[ClientHappening | Happening]:
    """At most `most` happenings of `kinds` (empty: all) before `before` (time, place). Raises NotFound out of scope."""
    client = await read_client(tx, principal, client_id)
    lead_id = await _visible_lead(tx, principal, client.lead_id)
    told: list[ClientHappening | Happening] = []
    of_lead: list[Kind] = [kind for kind in _OF_LEAD if kind in kinds]
    if lead_id is not None and (of_lead or not kinds):
        told += await timeline_of_lead(tx, principal, lead_id, kinds=of_lead, before=before, most=most)
    reads_money = scope_for(principal, Permission.TRANSACTIONS_READ) is not Scope.NONE
    own = {
        "client_id": client_id,
        "lead_id": lead_id,
        "money": reads_money and (not kinds or "money" in kinds),
        "files": not kinds or "file" in kinds,
    }
    place = {"before_at": before[0], "before_place": before[1], "most": most}

    async def query() -> list[ClientHappening]:
        return await tx.all(SQL["money_and_files"], ClientHappening, **own, **place)

    told += await optional(tx, query, missing=[])
    return sorted(told, key=lambda one: (one.at, one.place), reverse=True)[:most]


async def _visible_lead(tx: TenantTransaction, principal: Principal, lead_id: int | None) -> int | None:
    """The client's lead, where the caller may see it: it may be somebody else's, or deleted."""
    if lead_id is None or scope_for(principal, Permission.LEADS_READ) is Scope.NONE:
        return None
    try:
        return (await read_lead(tx, principal, lead_id)).id
    except (NotFound, LeadMerged):
        return None
