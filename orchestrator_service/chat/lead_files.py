"""The files of one lead: whatever came and went in its conversations (UI.md, «Archivos»)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.database import TenantTransaction
from core.errors import NotFound
from core.principal import Principal, UserId
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.chat.files import SQL
from orchestrator_service.leads.edit import read_lead


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A row of `media_files`. `state` is `stored` where it can be opened."""

    id: int
    conversation_id: int
    message_id: int
    direction: Literal["in", "out"]
    filename: str | None
    sniffed_type: str | None
    declared_type: str | None
    size_bytes: int | None
    state: Literal["waiting", "stored", "refused", "gone"]
    created_at: datetime


async def files_of_lead(
    tx: TenantTransaction, principal: Principal, lead_id: int, *, before_id: int, most: int
) -> list[LeadFile]:
    """At most `most` files of a lead whose conversations the caller may read, newest first. Raises NotFound."""
    lead = await read_lead(tx, principal, lead_id)
    owner = UserId(lead.owner_user_id) if lead.owner_user_id is not None else None
    if not visible(principal, Permission.CONVERSATIONS_READ, owner):
        raise NotFound
    return await tx.all(SQL["files_of_lead"], LeadFile, lead_id=lead_id, before_id=before_id, most=most)
