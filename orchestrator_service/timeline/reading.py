"""What happened with a lead, newest first (PRODUCT §12.1): within the scope of the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import Principal
from core.statements import sibling_statements
from orchestrator_service.auth.permissions import Permission, Scope, scope_for
from orchestrator_service.leads.edit import read_lead

SQL = sibling_statements(__file__)
Kind: TypeAlias = Literal["message", "note", "qualification", "meeting", "change", "task", "sale"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. `kind` says what `id` names and what `detail` holds; `place` orders a moment's rows."""

    kind: Kind
    id: int
    at: datetime
    place: int
    detail: JsonObject


async def timeline_of_lead(
    tx: TenantTransaction,
    principal: Principal,
    lead_id: int,
    *,
    kinds: Sequence[Kind],
    before: tuple[datetime, int],
    most: int,
) -> list[Happening]:
    """At most `most` happenings of `kinds` (empty: all) before `before` (time, place), newest first.

    Sales are left out for who may not read the ledger. Raises NotFound out of scope.
    """
    await read_lead(tx, principal, lead_id)
    money = scope_for(principal, Permission.TRANSACTIONS_READ) is Scope.TENANT
    wanted = {"lead_id": lead_id, "kinds": list(kinds) or None, "money": money}
    place = {"before_at": before[0], "before_place": before[1], "most": most}
    return await tx.all(SQL["timeline_of_lead"], Happening, **wanted, **place)
