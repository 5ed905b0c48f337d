"""Typed access to kept answers."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.idempotency.keys import KeyPlace

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered. `headers` belong to the body; `subject` is that of its line in the audit."""

    fingerprint: bytes
    status: int
    headers: dict[str, str]
    body: bytes
    subject: str | None


async def claim(tx: TenantTransaction, place: KeyPlace) -> bool:
    """Whether nobody else is at work under that key; then this transaction is."""
    return await tx.value(SQL["claim_key"], bool, lock=place.lock) or False


async def find_answer(tx: TenantTransaction, place: KeyPlace) -> Answer | None:
    """What was answered under a key, within its day."""
    where = {"user_id": place.user_id, "route": place.route, "key_hash": place.key_hash}
    return await tx.one(SQL["find_answer"], Answer, **where)


async def keep_answer(tx: TenantTransaction, place: KeyPlace, answer: Answer) -> None:
    """Keep an answer with what the transaction changed."""
    await tx.run(
        SQL["keep_answer"],
        user_id=place.user_id,
        route=place.route,
        key_hash=place.key_hash,
        fingerprint=answer.fingerprint,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        subject=answer.subject,
    )


async def forget_answers(tx: TenantTransaction) -> int:
    """Forget every kept answer of the company, which may name people; how many there were."""
    return await tx.run(SQL["forget_answers"])
