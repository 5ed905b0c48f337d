"""What the customer sees before there is an answer: read ticks and "typing" (PRODUCT §7.6), by a job of its own.

After everything that somebody waits for: where there is a backlog, the answers are what it is about.
"""

from __future__ import annotations

from core.contracts import LEAST_URGENT, Acknowledge
from core.database import TenantTransaction
from core.jobs import defer
from orchestrator_service.chat.reading import SQL


async def acknowledge_taken_up(tx: TenantTransaction, message_id: int) -> None:
    """The agent answers this message now: it is read, and an answer is being written."""
    await defer(tx, Acknowledge(tx.tenant_id, message_id, typing=True), priority=LEAST_URGENT)


async def acknowledge_answered(tx: TenantTransaction, conversation_id: int, answer_id: int) -> None:
    """A person has answered: what the customer wrote since the answer before has been read."""
    newest = await tx.value(SQL["inbound_before"], int, conversation_id=conversation_id, answer_id=answer_id)
    if newest is not None:
        await defer(tx, Acknowledge(tx.tenant_id, newest, typing=False), priority=LEAST_URGENT)
