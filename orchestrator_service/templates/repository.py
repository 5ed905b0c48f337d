"""Typed access to templates; the WhatsApp service writes them (`whatsapp_service/templates`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.templates.models import Sync, Template

SQL = sibling_statements(__file__)
# How long a sync may take before another one may be begun.
SYNC_PATIENCE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class _Channel:
    channel_id: int


async def list_templates(tx: TenantTransaction, *, before_id: int, most: int) -> list[Template]:
    """At most `most` templates below `before_id`, newest first."""
    return await tx.all(SQL["list_templates"], Template, before_id=before_id, most=most)


async def find_template(tx: TenantTransaction, template_id: int) -> Template | None:
    """One template, of any state."""
    return await tx.one(SQL["find_template"], Template, template_id=template_id)


async def approved_templates(tx: TenantTransaction, channel_id: int | None, *, most: int) -> list[Template]:
    """What a number may send, any that is switched on where None, by name."""
    return await tx.all(SQL["approved_templates"], Template, channel_id=channel_id, most=most)


async def list_syncs(tx: TenantTransaction) -> list[Sync]:
    """How every active number's templates were last asked for."""
    return await tx.all(SQL["list_syncs"], Sync)


async def ask_for_templates(tx: TenantTransaction, channel_id: int, now: datetime) -> bool:
    """Note that they are asked for; False where that is under way."""
    values = {"channel_id": channel_id, "now": now, "stale_before": now - SYNC_PATIENCE}
    return await tx.run(SQL["ask_for_templates"], **values) > 0


async def stale_channels(tx: TenantTransaction, since: datetime) -> list[int]:
    """Active numbers whose templates nobody has asked for since then."""
    return [row.channel_id for row in await tx.all(SQL["stale_channels"], _Channel, since=since)]
