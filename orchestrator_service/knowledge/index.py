"""Reading a document: its words, the screen's verdict, its passages (PRODUCT §9.1, §10).

Run again, it comes to the same. Nothing is read, fetched or screened within a transaction; what was replaced or deleted
meanwhile is dropped.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

import httpx2
import structlog

from core.clock import Clock
from core.contracts import EmbedDocument, IndexDocument, embed_lock
from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.egress import Caps, Egress, EgressFailed, EgressTooLarge, fetch
from core.egress_rules import EgressRefused
from core.jobs import defer
from core.media_store import FileMissing, MediaStore
from core.pdf import PdfFailed, PdfLimits, read_pages
from core.prompt_security import inspect
from core.system_events import record_event
from core.wire import clean_text
from orchestrator_service.knowledge import repository
from orchestrator_service.knowledge.announce import announce_document
from orchestrator_service.knowledge.asking import Language, language_of
from orchestrator_service.knowledge.chunking import LONGEST_HEADING, PATH, Chunk, chunks_of, chunks_of_pages
from orchestrator_service.knowledge.embedding import embedding_settings
from orchestrator_service.knowledge.models import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BYTES,
    MOST_PASSAGES,
    Document,
    State,
    Version,
)
from orchestrator_service.knowledge.sources import NotReadable, is_pdf, readable, words_of

PDF_LIMITS: Final = PdfLimits(most_bytes=MOST_BYTES, most_pages=200, longest=LONGEST_TEXT, seconds=40.0, cpu_seconds=30)
FETCH_SECONDS: Final = 20.0
_OK: Final = 200
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KnowledgeTools:
    """What reading takes, made once by the worker."""

    database: Database
    store: MediaStore
    keyring: Keyring
    clock: Clock
    egress: Egress = field(default_factory=Egress)


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a document in its pages; `body` where an address was fetched for them."""

    pages: tuple[str, ...]
    numbered: bool = False
    title: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: State
    reasons: tuple[str, ...] = ()
    chunks: tuple[tuple[str, Chunk], ...] = ()
    language: Language | None = None
    read: _Read | None = None


async def index_document(tools: KnowledgeTools, job: IndexDocument) -> None:
    """Read that version, if it is still the one at hand."""
    async with tools.database.tenant(job.tenant_id) as tx:
        document = await _at_hand(tx, job)
        version = await repository.find_version(tx, job.document_id, job.version)
        if document is None or version is None:
            return
        usual = document.language
        await repository.set_state(tx, document.id, "indexing", passages=document.passages)
        await announce_document(tx, document.id, "indexing")
    outcome = await _read_and_judge(tools, document, version, usual)
    async with tools.database.tenant(job.tenant_id) as tx:
        now = await _at_hand(tx, job)
        if now is not None:
            await _keep(tx, now, outcome)
    _log.info("document_read", tenant_id=job.tenant_id, document_id=job.document_id, state=outcome.state)


async def _at_hand(tx: TenantTransaction, job: IndexDocument) -> Document | None:
    document = await repository.find_document(tx, job.document_id)
    return document if document is not None and document.version == job.version else None


async def _read_and_judge(tools: KnowledgeTools, document: Document, version: Version, usual: Language) -> _Outcome:
    read = await _read(tools, version)
    if isinstance(read, str):
        return _Outcome("failed", (read,))
    # In a thread: what is long takes seconds, in which the worker's heart must go on beating.
    return await asyncio.to_thread(_judge, document, read, usual)


def _judge(document: Document, read: _Read, usual: Language) -> _Outcome:
    title = document.title if document.kind == "faq" else read.title or document.title
    cut = chunks_of_pages(read.pages) if read.numbered else chunks_of(read.pages[0])
    if not cut:
        return _Outcome("failed", ("nothing_to_read",), read=read)
    chunks = tuple((_heading(title, chunk), chunk) for chunk in cut)
    reasons = {
        reason
        for text in (title, *(f"{heading}\n{chunk.text}" for heading, chunk in chunks))
        if (verdict := inspect(text)).action == "block"
        for reason in verdict.reasons
    }
    if reasons:
        return _Outcome("withheld", tuple(sorted(reasons)), read=read)
    return _Outcome("ready", (), chunks, language_of([chunk.text for chunk in cut], usual), read)


def _heading(title: str, chunk: Chunk) -> str:
    """What stands above a passage: the document's title, then its headings where they say more."""
    parts = chunk.heading.split(PATH) if chunk.heading else []
    if parts and parts[0].casefold() == title.casefold():
        parts = parts[1:]
    return PATH.join([title, *parts])[:LONGEST_HEADING]


async def _keep(tx: TenantTransaction, document: Document, outcome: _Outcome) -> None:
    others = await repository.count_other_passages(tx, document.id)
    if others + len(outcome.chunks) > MOST_PASSAGES:
        outcome = _Outcome("failed", ("too_many_passages",), read=outcome.read)
    await repository.write_passages(tx, document.id, outcome.language or document.language, outcome.chunks)
    read = outcome.read
    if read is not None and read.body is not None:
        await repository.keep_fetched(tx, document, read.body, len(read.body.encode()))
    title = read.title if read is not None and document.kind == "page" else None
    count = len(outcome.chunks)
    await repository.set_state(tx, document.id, outcome.state, outcome.reasons, count, outcome.language, title)
    if outcome.state == "withheld":
        await record_event(tx, "knowledge.withheld", severity="warning", subject=f"knowledge_document:{document.id}")
    await announce_document(tx, document.id, outcome.state)
    if outcome.chunks and (await embedding_settings(tx)).model is not None:
        await defer(tx, EmbedDocument(tx.tenant_id, document.id), lock=embed_lock(tx.tenant_id))


async def _read(tools: KnowledgeTools, version: Version) -> _Read | str:
    """Its words, or why there are none."""
    if version.storage_key is not None:
        try:
            return await _pages(await tools.store.read(version.storage_key))
        except FileMissing:
            return "file_missing"
    if version.url is not None:
        return await _fetched(tools.egress, version.url)
    title, text = await asyncio.to_thread(readable, version.body or "")
    return _Read((text,), title=title)


async def _pages(content: bytes) -> _Read | str:
    found = await read_pages(content, PDF_LIMITS)
    return found.reason if isinstance(found, PdfFailed) else _Read(tuple(map(clean_text, found)), numbered=True)


async def _fetched(egress: Egress, url: str) -> _Read | str:
    try:
        async with egress.client(Caps(MOST_BYTES, FETCH_SECONDS)) as client:
            answer = await fetch(client, url, seconds=FETCH_SECONDS)
    except EgressRefused:
        return "address_refused"
    except EgressTooLarge:
        return "too_large"
    except (EgressFailed, httpx2.InvalidURL, ValueError):
        return "unreachable"
    if answer.status != _OK:
        return "unreachable"
    return await _page(answer.body)


async def _page(content: bytes) -> _Read | str:
    """What an address answered: a PDF, a page or a text."""
    if is_pdf(content):
        return await _pages(content)
    try:
        title, text = await asyncio.to_thread(lambda: readable(words_of(content)))
    except NotReadable:
        return "not_readable"
    text = text[:LONGEST_TEXT]
    return _Read((text,), title=title[:LONGEST_TITLE] if title else None, body=text)
