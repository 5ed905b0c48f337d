"""Asking the provider for its templates (PRODUCT §7.7): the WhatsApp service does, by job; what it finds is listed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.contracts import LEAST_URGENT, SyncTemplates
from core.database import TenantTransaction
from core.jobs import defer
from core.resilience import optional
from orchestrator_service.templates import repository
from orchestrator_service.templates.models import Sync, Template

REFRESHED_EVERY: Final = timedelta(hours=12)


async def list_templates(tx: TenantTransaction, *, before_id: int, most: int) -> list[Template]:
    """At most `most` templates below `before_id`, newest first."""

    async def query() -> list[Template]:
        return await repository.list_templates(tx, before_id=before_id, most=most)

    return await optional(tx, query, missing=[])


async def list_syncs(tx: TenantTransaction) -> list[Sync]:
    """How every active number's templates were last asked for."""

    async def query() -> list[Sync]:
        return await repository.list_syncs(tx)

    return await optional(tx, query, missing=[])


async def sync_templates(tx: TenantTransaction, now: datetime) -> list[Sync]:
    """Ask for the templates of every active number, but for those that are being asked for."""
    for sync in await repository.list_syncs(tx):
        await _ask(tx, sync.channel_id, now)
    return await repository.list_syncs(tx)


async def refresh_stale(tx: TenantTransaction, now: datetime) -> None:
    """Ask where nobody has for half a day: a new number's templates come by themselves, a missed event heals."""
    for channel_id in await repository.stale_channels(tx, now - REFRESHED_EVERY):
        await _ask(tx, channel_id, now)


async def _ask(tx: TenantTransaction, channel_id: int, now: datetime) -> None:
    if await repository.ask_for_templates(tx, channel_id, now):
        await defer(tx, SyncTemplates(int(tx.tenant_id), channel_id), priority=LEAST_URGENT)
