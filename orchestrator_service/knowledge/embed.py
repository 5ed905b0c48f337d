"""Gives a document's passages their meaning, a few at a time. Run again, it goes on where it ended."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

import structlog

from core.contracts import EmbedDocument, embed_lock
from core.jobs import defer
from core.model_api import Route, WordsFailed, WordsLater
from orchestrator_service.knowledge.announce import announce_document
from orchestrator_service.knowledge.embedding import BATCH, BATCH_SECONDS, as_literal, embed, embedding_route
from orchestrator_service.knowledge.index import KnowledgeTools
from orchestrator_service.knowledge.models import Passage
from orchestrator_service.knowledge.repository import SQL

MOST_ATTEMPTS: Final = 6
LONGEST_WAIT_SECONDS: Final = 300

_log = structlog.get_logger(__name__)


async def embed_document(tools: KnowledgeTools, job: EmbedDocument) -> None:
    """Until each passage has one by the company's model of now; a model that is busy is asked again later."""
    while True:
        async with tools.database.tenant(job.tenant_id) as tx:
            route = await embedding_route(tx, tools.keyring)
            if route is None:
                return
            left = await tx.all(SQL["not_embedded"], Passage, document_id=job.document_id, model=route.name, most=BATCH)
        if not left:
            break
        if not await _embed_some(tools, job, route, left):
            return
    async with tools.database.tenant(job.tenant_id) as tx:
        await announce_document(tx, job.document_id, "embedded")


async def _embed_some(tools: KnowledgeTools, job: EmbedDocument, route: Route, left: list[Passage]) -> bool:
    texts = [f"{passage.heading}\n{passage.body}" for passage in left]
    vectors = await embed(tools.egress, route, texts, seconds=BATCH_SECONDS)
    if isinstance(vectors, WordsFailed | WordsLater):
        _log.warning("embedding_failed", tenant_id=job.tenant_id, document_id=job.document_id, reason=vectors.reason)
        if isinstance(vectors, WordsLater) and job.attempt + 1 < MOST_ATTEMPTS:
            await _try_later(tools, job, vectors)
        return False
    async with tools.database.tenant(job.tenant_id) as tx:
        await tx.run(
            SQL["store_vectors"],
            ids=[passage.id for passage in left],
            embeddings=[as_literal(vector) for vector in vectors],
            model=route.name,
            dimensions=len(vectors[0]),
        )
    return True


async def _try_later(tools: KnowledgeTools, job: EmbedDocument, later: WordsLater) -> None:
    wait = max(4.0**job.attempt, later.retry_after_seconds or 0)
    wait = min(wait, LONGEST_WAIT_SECONDS) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
    again = EmbedDocument(job.tenant_id, job.document_id, job.attempt + 1)
    async with tools.database.tenant(job.tenant_id) as tx:
        await defer(tx, again, at=tools.clock() + timedelta(seconds=wait), lock=embed_lock(job.tenant_id))
