"""The provider told of one template: approved, rejected, paused, of another category (`webhook_inbox` kind template).

Events come unordered and repeated, and a listing may have told the same already: the moment of which the provider
speaks decides, and older news changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.contracts import LEAST_URGENT, SyncTemplates, TemplateTold
from core.database import Database, TenantTransaction
from core.inbound_events import read_stored
from core.jobs import defer
from core.whatsapp import ProviderName, TemplateEvent
from whatsapp_service.templates.sync import SQL, announce_templates


@dataclass(frozen=True, slots=True)
class _Stored:
    provider: ProviderName
    body: bytes
    channel_id: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class _Language:
    language: str


async def apply_event(database: Database, job: TemplateTold) -> None:
    """Apply one event; again it changes nothing. What it leaves open (the text) is asked for."""
    async with database.tenant(job.tenant_id) as tx:
        stored = await tx.one(SQL["template_event"], _Stored, inbox_id=job.inbox_id)
        event = read_stored(stored.provider, stored.body, received_at=stored.received_at) if stored else None
        if stored and event and isinstance(event.payload, TemplateEvent):
            told_at = event.created_at or stored.received_at
            await _apply(tx, stored.channel_id, event.payload, told_at)
        await tx.run(SQL["mark_processed"], inbox_id=job.inbox_id)


async def _apply(tx: TenantTransaction, channel_id: int, news: TemplateEvent, told_at: datetime) -> None:
    known = await tx.all(SQL["languages_of"], _Language, channel_id=channel_id, name=news.name)
    languages = [news.language] if news.language else [one.language for one in known]
    for language in languages:
        await tx.run(
            SQL["apply_event"],
            channel_id=channel_id,
            name=news.name,
            language=language,
            category=news.category,
            status=news.status,
            reason=news.reason,
            components=list(news.components) or None,
            told_at=told_at,
        )
    is_new = not {one.language for one in known} & set(languages)
    if is_new and not news.components:
        await defer(tx, SyncTemplates(int(tx.tenant_id), channel_id), priority=LEAST_URGENT)
    await announce_templates(tx)
