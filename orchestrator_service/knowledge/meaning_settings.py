"""Which model says what passages mean (`embedding.py`); another one reads them all anew."""

from __future__ import annotations

from dataclasses import dataclass

from core.contracts import EmbedDocument, embed_lock
from core.credential_names import EMBEDDING_KEY
from core.database import TenantTransaction
from core.jobs import defer
from core.model_api import MODEL_URL, Route
from core.outbox import emit
from core.principal import Principal
from core.resilience import optional
from core.secret import Secret
from orchestrator_service.knowledge import repository
from orchestrator_service.knowledge.embedding import EmbeddingSettings, embedding_settings
from orchestrator_service.knowledge.repository import SQL
from orchestrator_service.vault.change import forget_moved


@dataclass(frozen=True, slots=True)
class _Count:
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """`available`: this server has pgvector. `embedded` of `passages` have a meaning by the model of now."""

    model: str | None
    base_url: str | None
    available: bool
    passages: int
    embedded: int


async def read_meaning(tx: TenantTransaction) -> Meaning:
    """How far it is."""
    settings = await embedding_settings(tx)
    available = await tx.value(SQL["has_vectors"], bool) or False
    name = Route(settings.base_url or MODEL_URL, settings.model or "", Secret("")).name
    count = await optional(tx, lambda: tx.one(SQL["count_embedded"], _Count, model=name), missing=None) or _Count(0, 0)
    return Meaning(settings.model, settings.base_url, available, count.passages, count.embedded)


async def change_meaning(tx: TenantTransaction, principal: Principal, wanted: EmbeddingSettings) -> Meaning:
    """Have every passage read by another model, or by none. A key stays with the address that it was set for."""
    before = await embedding_settings(tx)
    if before.model is not None and (wanted.model is None or before.base_url != wanted.base_url):
        await forget_moved(tx, principal, EMBEDDING_KEY)
    if await tx.run(SQL["set_embedding"], model=wanted.model, base_url=wanted.base_url):
        if wanted.model is not None:
            for document_id in await optional(tx, lambda: repository.ready_documents(tx), missing=list[int]()):
                await defer(tx, EmbedDocument(tx.tenant_id, document_id), lock=embed_lock(tx.tenant_id))
        await emit(tx, "KNOWLEDGE_UPDATED", {"state": "settings"}, owner_user_id=None, audience="everyone")
    return await read_meaning(tx)
