"""Every template of a number, as its provider lists them (PRODUCT §7.7): kept, and marked where it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog

from core.channels import find_channel
from core.clock import Clock
from core.contracts import SyncTemplates
from core.database import Database, TenantTransaction
from core.errors import NotFound, Unavailable
from core.outbox import emit
from core.statements import sibling_statements
from core.whatsapp import Refused, Template, Unknown, WhatsAppProvider
from whatsapp_service.delivery.deliver import ProviderOf

SQL = sibling_statements(__file__)

_log = structlog.get_logger(__name__)


async def sync_templates(database: Database, provider_of: ProviderOf, clock: Clock, job: SyncTemplates) -> None:
    """Ask once; what fails is noted and asked again by whoever wants it. Running it again is harmless."""
    asked_at = clock()
    try:
        async with database.tenant(job.tenant_id) as tx:
            provider = await _begin(tx, provider_of, job.channel_id, asked_at)
    except NotFound:
        return  # the number is gone
    listed = await provider.list_templates(tenant_id=job.tenant_id) if provider else Refused("NO_KEY", "", None, False)
    async with database.tenant(job.tenant_id) as tx:
        error = None
        if isinstance(listed, Refused | Unknown):
            error = listed.code if isinstance(listed, Refused) else "UNKNOWN"
            _log.warning("templates_not_listed", tenant_id=job.tenant_id, channel_id=job.channel_id, error=error)
        else:
            await store_listed(tx, job.channel_id, listed, asked_at)
        ended = {"channel_id": job.channel_id, "asked_at": asked_at, "finished_at": clock(), "error": error}
        await tx.run(SQL["end_sync"], **ended)
        await announce_templates(tx)


async def store_listed(
    tx: TenantTransaction, channel_id: int, templates: Iterable[Template], asked_at: datetime
) -> None:
    """Keep what the provider lists at that moment, and mark what it lists no more."""
    listed = list(templates)
    for template in listed:
        await tx.run(
            SQL["store_listed"],
            channel_id=channel_id,
            name=template.name,
            language=template.language,
            category=template.category,
            status=template.status,
            reason=template.reason,
            components=list(template.components),
            told_at=asked_at,
        )
    names, languages = [one.name for one in listed], [one.language for one in listed]
    await tx.run(SQL["mark_removed"], channel_id=channel_id, names=names, languages=languages, told_at=asked_at)


async def announce_templates(tx: TenantTransaction) -> None:
    """TEMPLATES_UPDATED: whoever looks at templates asks anew."""
    await emit(tx, "TEMPLATES_UPDATED", {}, owner_user_id=None, audience="everyone")


async def _begin(
    tx: TenantTransaction, provider_of: ProviderOf, channel_id: int, asked_at: datetime
) -> WhatsAppProvider | None:
    channel = await find_channel(tx, channel_id)
    await tx.run(SQL["begin_sync"], channel_id=channel_id, asked_at=asked_at)
    try:
        return await provider_of(tx, channel)
    except Unavailable:
        return None
