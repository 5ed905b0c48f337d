"""A cap on spending is reached (PRODUCT §9.1): nothing is asked, the customer is told politely, a person is called.

The customer hears it once a day. That the company's day is over for its agent is told to whoever may change that once
a day too, in whichever of many turns it is found out first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from core.database import Database, TenantTransaction
from core.json_types import JsonObject
from core.model_calls import CapReached, day_began, read_caps
from core.outbox import emit
from core.statements import load_statements
from orchestrator_service.agent.settings import read_settings
from orchestrator_service.chat.gathering import Gathered
from orchestrator_service.chat.replying import Reply
from orchestrator_service.chat.wording import LEFT_TO_PEOPLE, in_language
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify

SQL = load_statements(Path(__file__).with_suffix(".sql"))
_REASONS: Final = {
    "day": "The agent has reached what it may spend today.",
    "conversation": "The agent has reached what it may spend on this conversation.",
}


async def reply_at_cap(database: Database, gathered: Gathered, reached: CapReached, *, now: datetime) -> Reply:
    """What is said instead of an answer, and who is called."""
    async with database.tenant(gathered.tenant_id) as tx:
        caps = await read_caps(tx)
        today = day_began(now, caps.zone)
        told = await tx.value(
            SQL["told_since"], bool, conversation_id=gathered.context.conversation_id, code=reached.code, since=today
        )
        if reached.scope == "day":
            await _tell_once(tx, today)
    text = "" if told else in_language(LEFT_TO_PEOPLE, gathered.language)
    task = ("agent_failed", _REASONS[reached.scope])
    return Reply(text, ends="handed_over", task=task, error=reached.code)


async def _tell_once(tx: TenantTransaction, today: datetime) -> None:
    if await tx.run(SQL["mark_day_cap"], today=today.date()) == 0:
        return
    agent = await read_settings(tx)
    told: JsonObject = {"agent_name": agent.agent_name, "agent_mode": agent.agent_mode, "day_cap_reached": True}
    await emit(tx, "AGENT_UPDATED", told, owner_user_id=None, audience="everyone")
    await notify(tx, Notice("budget_reached"))
