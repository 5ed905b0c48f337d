"""Read ticks and "typing" on the customer's phone (PRODUCT §7.6): a courtesy, tried once and never missed.

It has a job of its own, so that no answer waits for it or fails with it. One that comes too late says less: "typing"
after the answer would be a lie.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.channels import find_channel
from core.contracts import Acknowledge
from core.database import Database
from core.errors import Unavailable
from core.statements import sibling_statements
from whatsapp_service.delivery.deliver import ProviderOf

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class _Inbound:
    wamid: str
    channel_id: int
    sending_paused: bool
    answered: bool


async def acknowledge(database: Database, provider_of: ProviderOf, job: Acknowledge) -> None:
    """Tell the provider; where that fails nothing changes. A company that has paused sending shows nothing either."""
    async with database.tenant(job.tenant_id) as tx:
        inbound = await tx.one(SQL["inbound_to_acknowledge"], _Inbound, message_id=job.message_id)
        if inbound is None or inbound.sending_paused:
            return
        channel = await find_channel(tx, inbound.channel_id)
        if not channel.active:
            return
        try:
            provider = await provider_of(tx, channel)
        except Unavailable:
            return
    if job.typing and not inbound.answered:
        await provider.typing(inbound.wamid, tenant_id=job.tenant_id)
    else:
        await provider.mark_read(inbound.wamid, tenant_id=job.tenant_id)
