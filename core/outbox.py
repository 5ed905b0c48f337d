"""Events after commit (PRODUCT §13, ADR 0006): written with the change, numbered and sent once it is committed."""

from __future__ import annotations

from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements

SQL = sibling_statements(__file__)

EventName: TypeAlias = Literal[
    "NEW_LEAD", "LEAD_UPDATED", "NEW_MESSAGE", "MESSAGE_STATUS", "CONVERSATION_UPDATED", "TURN_UPDATED",
    "EVENT_CREATED", "EVENT_UPDATED", "CLIENT_CREATED", "NOTIFICATION", "USER_UPDATED", "AGENT_UPDATED",
    "COMPANY_UPDATED", "SETTINGS_UPDATED", "MEDIA_UPDATED", "TEMPLATES_UPDATED", "BROADCAST_UPDATED",
    "CALENDAR_UPDATED", "CANNED_UPDATED", "KNOWLEDGE_UPDATED", "PLAYGROUND_UPDATED", "ACCOUNTING_UPDATED",
    "IMPORT_UPDATED", "LEADS_CHANGED", "CLIENT_UPDATED",
]  # fmt: skip


async def emit(
    tx: TenantTransaction,
    name: EventName,
    payload: JsonObject,
    *,
    owner_user_id: int | None,
    audience: Literal["owned", "everyone", "user", "accounts", "agendas", "clients", "left"] = "owned",
) -> None:
    """Announce a change at the commit of `tx`.

    `owned` reaches those whose scope holds a record of that owner (none: the unassigned ones); `everyone` the tenant;
    `user` that owner alone, whatever others may see; `accounts` those who may read the accounts; `agendas` those who
    read all agendas but not all leads, so nothing of a lead may be in it; `clients` those who may read that client;
    `left` those whose scope held it by that owner, and may hold it no more.
    """
    await tx.run(SQL["emit_event"], name=name, payload=payload, owner_user_id=owner_user_id, audience=audience)
