"""For slices above: what was said before the agent was there is not its to answer."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.chat import repository


async def mark_answered(tx: TenantTransaction, conversation_id: int, message_id: int) -> None:
    """Everything up to a message is answered."""
    await repository.answer_through(tx, conversation_id, message_id)
