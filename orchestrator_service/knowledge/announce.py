"""Whoever looks at the knowledge sees it change: ids and states travel, never a word of it."""

from __future__ import annotations

from core.database import TenantTransaction
from core.outbox import emit


async def announce_document(tx: TenantTransaction, document_id: int, state: str) -> None:
    """A document was added, read, replaced or deleted."""
    told = {"document_id": document_id, "state": state}
    await emit(tx, "KNOWLEDGE_UPDATED", told, owner_user_id=None, audience="everyone")


async def announce_question(tx: TenantTransaction, question_id: int | None, state: str) -> None:
    """A question was asked, answered or decided."""
    told = {"question_id": question_id, "state": state}
    await emit(tx, "KNOWLEDGE_UPDATED", told, owner_user_id=None, audience="everyone")
